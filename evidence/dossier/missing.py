"""What no face here can draw, told before a dossier is built. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass

from evidence.dossier.snapshot import Snapshot
from evidence.dossier.text import undrawable


@dataclass(frozen=True)
class Missing:
    """A text that was typed, and the code points of it that will be printed by name."""

    text: str
    points: tuple[str, ...]  # such as U+738B, each once


def missing(texts: Iterable[str]) -> list[Missing]:
    """The faces must have been registered (fonts.register)."""
    found = {text: undrawable(text) for text in texts if not text.isascii()}
    return [Missing(text, points) for text, points in found.items() if points]


def missing_in(snapshot: Snapshot) -> list[Missing]:
    """The texts of a snapshot that cannot be drawn whole, each once, in the order of its fields."""
    return missing(_texts(snapshot))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _texts(one)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _texts(getattr(value, part.name))
