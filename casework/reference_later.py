"""Columns of a later version, in rows that people edited before there were such columns.

Their history says nothing of these columns, so that filling them overwrites nobody's words.
"""

from typing import Any

from django.db import models
from django.db.models import Q

from casework import audit
from casework.reference_files import LATER, MODELS, Row


def untouched(model: type[models.Model], edited: set[Any]) -> set[Any]:
    """Of the edited rows, those whose history never spoke of a later column.

    Rows that people added, or that were edited on the pages of the law, have a first entry there.
    """
    names = _of(model)
    if not names or not edited:
        return set()
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    born = Q(**{field.name: field.get_default() for field in fields})
    history: Any = model.history  # type: ignore[attr-defined]  # simple-history
    spoken = history.filter(~born | Q(history_type="+"))
    return edited - set(spoken.values_list(fields[0].model._meta.pk.attname, flat=True))


def part(model: type[models.Model], values: Row) -> Row:
    """What a file says in the later columns."""
    return {name: values[name] for name in _of(model) if name in values}


def complete(row: models.Model, values: Row) -> None:
    """Fill the later columns of an edited row, once: its history then speaks of them."""
    for name, value in part(type(row), values).items():
        setattr(row, name, value)
    audit.sign(row, None, "Later columns, from a file")
    row.save()


def _of(model: type[models.Model]) -> set[str]:
    return next((LATER.get(kind, set()) for kind, one in MODELS.items() if one is model), set())
