"""Values that people type behind a field: codes, and the words for them in every language."""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import translation
from django_stubs_ext import StrOrPromise

Values = Mapping[str, tuple[str, ...]]


def spoken(label: StrOrPromise) -> tuple[str, ...]:
    """A word of the product in all its languages: what is indexed depends on nobody's own."""
    return _spoken(_message(label))


def choice(row: models.Model, name: str) -> tuple[str, ...]:
    """The words for the value that a field of choices holds."""
    return chosen(type(row), name, getattr(row, name))


@lru_cache(maxsize=1 << 10)
def chosen(model: type[models.Model], name: str, value: str) -> tuple[str, ...]:
    """The words for one value of a field of choices."""
    field: Any = model._meta.get_field(name)
    return spoken(dict(field.flatchoices).get(value, "")) if value else ()


@cache
def _spoken(message: str) -> tuple[str, ...]:
    said = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said.append(translation.gettext(message))
    return tuple(dict.fromkeys(said))


def _message(label: StrOrPromise) -> str:
    with translation.override(None):
        return str(label)


def values(**named: str | Iterable[str | None] | None) -> Values:
    """Named fields that hold something, each value once."""
    made: dict[str, tuple[str, ...]] = {}
    for name, said in named.items():
        given = [said] if isinstance(said, str) or said is None else said
        if kept := tuple(dict.fromkeys(text.strip() for text in given if text and text.strip())):
            made[name] = kept
    return made


def joined(*sets: Values) -> Values:
    """Several sets of named values as one."""
    made: dict[str, tuple[str, ...]] = {}
    for one in sets:
        for name, said in one.items():
            made[name] = tuple(dict.fromkeys(made[name] + said)) if name in made else said
    return dict(sorted(made.items()))
