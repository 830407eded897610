"""What a findable record says, before it is known whose it is: the same for index and page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

from django.db import models

from search.engines import Part


class Need(StrEnum):
    """What a reader must hold to find a document; the letters are part of the index."""

    VIEW = "v"  # the case
    SENSITIVE = "s"  # `view_sensitive` on the case
    CASE_AND_REGISTER = "r"  # the case, and the register of parties
    REGISTER = "register"  # the register; no case


@dataclass(frozen=True)
class Content:
    """Text, identifiers and moment of one record; `case` is 0 for the shared register."""

    case: int
    title: str
    parts: tuple[Part, ...]
    date: datetime
    identifiers: tuple[str, ...] = ()
    need: Need = Need.VIEW


@dataclass(frozen=True)
class Source:
    """How one kind of document comes out of the database.

    `rows` is a queryset with `.visible_to` and everything `read` touches already joined, so that
    reading a page of rows asks nothing more.
    """

    kind: str
    rows: Callable[[], Any]
    case_path: str
    read: Callable[[Any], Content]

    def keys_of_cases(self, cases: Iterable[int]) -> list[int]:
        rows: models.QuerySet[Any] = self.rows().filter(**{f"{self.case_path}__in": list(cases)})
        return list(rows.order_by().values_list("pk", flat=True))


def parts(*labelled: tuple[str, object]) -> tuple[Part, ...]:
    """The pieces that hold something; lists become one piece each."""
    made: list[Part] = []
    for label, value in labelled:
        values = value if isinstance(value, list | tuple) else [value]
        made += [Part(label, str(text).strip()) for text in values if text]
    return tuple(part for part in made if part.text)


def present(*values: str | None) -> tuple[str, ...]:
    return tuple(value for value in values if value)


def moment(day: date) -> datetime:
    """A bare date as the noon of that day, so that no zone moves it to another."""
    return datetime.combine(day, time(12), tzinfo=UTC)
