"""What a findable record says, before it is known whose it is: the same for index and page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

from django.db import models

from search.documents.words import Values
from search.engines import Part


class Need(StrEnum):
    """What a reader must hold to find a document; the letters are part of the index."""

    VIEW = "v"  # the case
    SENSITIVE = "s"  # `view_sensitive` on the case
    CASE_AND_REGISTER = "r"  # the case, and the register of parties
    REGISTER = "register"  # the register; no case


@dataclass(frozen=True)
class Content:
    """Text, identifiers and moment of one record; `case` is 0 for the shared register.

    `names` are those of people, firms and vessels, found as they sound; `values` are what the
    record itself says under the fields that a query may name.
    """

    case: int
    title: str
    parts: tuple[Part, ...]
    date: datetime
    identifiers: tuple[str, ...] = ()
    need: Need = Need.VIEW
    names: tuple[str, ...] = ()
    values: Values = field(default_factory=dict)


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
    also_of: str = ""  # another way to a case, for rows that have no case of their own
    plain: Callable[[Any], Iterable[Any]] = iter  # the rows for `read` alone, cheaper than models

    def keys_of_cases(self, cases: Iterable[int]) -> list[int]:
        wanted = list(cases)
        of_them = models.Q(**{f"{self.case_path}__in": wanted})
        if self.also_of:
            of_them |= models.Q(**{f"{self.also_of}__in": wanted})
        return self._keys(self.rows().filter(of_them))

    def shared_keys(self) -> list[int]:
        """Rows of no case: those of the register."""
        paths = [path for path in (self.case_path, self.also_of) if path]
        return self._keys(self.rows().filter(**{f"{path}__isnull": True for path in paths}))

    def _keys(self, rows: models.QuerySet[Any]) -> list[int]:
        return list(rows.order_by("pk").values_list("pk", flat=True))


def parts(*labelled: tuple[str, object]) -> tuple[Part, ...]:
    """The pieces that hold something; lists become one piece each."""
    made: list[Part] = []
    for label, value in labelled:
        values = value if isinstance(value, list | tuple) else [value]
        made += [Part(label, str(text).strip()) for text in values if text]
    return tuple(part for part in made if part.text)


def present(*values: str | None) -> tuple[str, ...]:
    """What is there, each once."""
    return tuple(dict.fromkeys(value for value in values if value))


def standing(model: Any) -> Any:
    """The rows of a model that no later row replaces or takes back."""
    return model.objects.standing()


def moment(day: date) -> datetime:
    """A bare date as the noon of that day, so that no zone moves it to another."""
    return datetime.combine(day, time(12), tzinfo=UTC)
