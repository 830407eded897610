"""What a rule answers: the evidence for a flag, or what it lacked to judge.

A piece of evidence is a sentence with its values and what it points at; its digest changes with
any of them, which is how a dismissal knows that it was about something else.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from kyc.redflags.indicators.sentences import LACKS, SENTENCES


@dataclass(frozen=True)
class Weight:
    mg: int


@dataclass(frozen=True)
class Country:
    code: str


@dataclass(frozen=True)
class Mark:
    """What two people compare character by character: a container, a seal, a number."""

    text: str


@dataclass(frozen=True)
class Term:
    """A word of ours, by its key in `sentences.TERMS`."""

    key: str


@dataclass(frozen=True)
class Days:
    number: int


Value = str | int | Decimal | date | datetime | Weight | Country | Mark | Term | Days


@dataclass(frozen=True, order=True)
class Point:
    """What a sentence rests on: a bill, entry, seal, container, load, fact, party, hit, dealing
    (by key) or another case (by reference)."""

    kind: str
    key: int | str


@dataclass(frozen=True)
class Evidence:
    sentence: str
    values: tuple[tuple[str, Value], ...] = ()
    points: tuple[Point, ...] = ()

    @property
    def template(self) -> str:
        return SENTENCES[self.sentence]

    @property
    def digest(self) -> str:
        told = [[name, type(value).__name__, str(value)] for name, value in self.values]
        points = [[point.kind, point.key] for point in self.points]
        return _digest([self.sentence, told, points])


@dataclass(frozen=True)
class Verdict:
    """Raised with evidence; without any, what was missing to judge; else nothing was found."""

    evidence: tuple[Evidence, ...] = ()
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Flag:
    """An indicator that stands against a load or a party, with all its evidence."""

    code: str
    evidence: tuple[Evidence, ...]

    @property
    def digests(self) -> list[str]:
        return sorted({one.digest for one in self.evidence})

    @property
    def digest(self) -> str:
        return _digest(self.digests)


@dataclass(frozen=True)
class Unjudged:
    """An indicator that could not be judged, and what it lacks: silence is not innocence."""

    code: str
    lacks: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        return [LACKS[one] for one in self.lacks]


def said(sentence: str, *points: Point, **values: Value) -> Evidence:
    """A piece of evidence; its values in the order of their names, its points as given."""
    return Evidence(sentence, tuple(sorted(values.items())), tuple(dict.fromkeys(points)))


def verdict(evidence: Iterable[Evidence], *lacks: str) -> Verdict:
    """`lacks` counts only where nothing was found; the same evidence counts once."""
    found = tuple(dict.fromkeys(evidence))
    return Verdict(found, () if found else lacks)


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()
