"""What the readings of a container's seals say, one after another along the way.

Pure. Each source (carrier, shipper, customs, veterinary) has its own seal on the door, so a number
is held against the earlier number of the same source only.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from casework import identifiers

STAGES = (
    "stuffing", "bill", "gate_in", "scan", "loading", "transshipment", "discharge", "opening",
)  # fmt: skip
# Every container passes these; a scanner and a transshipment only some.
ALWAYS = ("gate_in", "loading", "discharge")

Code = Literal["changed", "replaced", "broken", "look_alike", "backwards", "missing", "unseen"]


@dataclass(frozen=True)
class Sighting:
    """One reading. `key` is what seals are compared by (`identifiers.seal_key`)."""

    number: str
    key: str
    source: str
    stage: str = ""
    by: str = ""
    place: str = ""
    on: date | None = None
    is_intact: bool | None = None
    container: str = ""


@dataclass(frozen=True)
class Finding:
    """What is odd, with the readings that show it; `stages` are those where nobody read."""

    code: Code
    sightings: tuple[Sighting, ...]
    stages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Journey:
    points: tuple[Sighting, ...]  # along the way
    findings: tuple[Finding, ...]


def read(sightings: Iterable[Sighting]) -> Journey:
    """The readings of one container, in order, and what they contradict."""
    points = in_order(sightings)
    by_source: dict[str, list[Sighting]] = defaultdict(list)
    for point in points:
        by_source[point.source].append(point)
    findings: list[Finding] = []
    for own in by_source.values():
        findings += _changed(own)
    findings += _broken(points)
    findings += _unseen(points)
    findings += _backwards(points)
    missing = _missing(points)
    return Journey(points, (*findings, *([missing] if missing else [])))


def in_order(sightings: Iterable[Sighting]) -> tuple[Sighting, ...]:
    """By their place on the way; a reading without one stands where its day puts it."""
    every = list(sightings)
    found = sorted(
        (one for one in every if one.stage in STAGES),
        key=lambda one: (STAGES.index(one.stage), one.on or date.max),
    )
    for one in sorted(_loose(every), key=lambda one: one.on or date.max):
        found.insert(_place(one, found), one)
    return tuple(found)


def _loose(sightings: Iterable[Sighting]) -> list[Sighting]:
    return [one for one in sightings if one.stage not in STAGES]


def _place(one: Sighting, found: Sequence[Sighting]) -> int:
    """Behind all that happened by that day; at the end where no day is known."""
    if one.on is None:
        return len(found)
    later = (n for n, other in enumerate(found) if other.on and other.on > one.on)
    return next(later, len(found))


def _changed(own: Sequence[Sighting]) -> Iterator[Finding]:
    """What was put on after the door was opened is another story; so is what has no place on the
    way and no day."""
    placed = [one for one in own if one.stage in STAGES or one.on]
    for before, after in itertools.pairwise(placed):
        if before.stage == "opening" and after.stage != "opening":
            continue
        if before.key != after.key:
            code: Code = "replaced" if before.is_intact is False else "changed"
            yield Finding(code, (before, after))
        elif _squeezed(before.number) != _squeezed(after.number):
            yield Finding("look_alike", (before, after))


def _squeezed(number: str) -> str:
    return "".join(c for c in number.upper() if c.isalnum())


def _broken(points: Sequence[Sighting]) -> Iterator[Finding]:
    """A seal is cut when the door is opened; anywhere before that somebody was inside."""
    for point in points:
        if point.is_intact is False and point.stage != "opening":
            yield Finding("broken", (point,))


def _unseen(points: Sequence[Sighting]) -> Iterator[Finding]:
    """A seal that the bill names and nobody read on the door, where others were read."""
    seen = [one for one in points if one.stage != "bill"]
    for point in points:
        if point.stage == "bill" and seen and point.key not in {one.key for one in seen}:
            yield Finding("unseen", (point, seen[-1]))


def _backwards(points: Sequence[Sighting]) -> Iterator[Finding]:
    dated = [one for one in points if one.on and one.stage in STAGES and one.stage != "bill"]
    for before, after in itertools.pairwise(dated):
        if before.on and after.on and after.on < before.on and after.stage != before.stage:
            yield Finding("backwards", (before, after))


def _missing(points: Sequence[Sighting]) -> Finding | None:
    """Stages that every container passes, between the first and the last reading of the door."""
    passed = [STAGES.index(one.stage) for one in points if one.stage in STAGES]
    door = [n for n in passed if STAGES[n] != "bill"]
    if not door:
        return None
    between = STAGES[min(door) + 1 : max(door)]
    gone = tuple(stage for stage in between if stage in ALWAYS and STAGES.index(stage) not in door)
    return Finding("missing", (), gone) if gone else None


@dataclass(frozen=True)
class Twice:
    """One number on two doors. `code`: cut before it was read again; in two places on one day;
    or simply used twice, which a seal never is."""

    code: Literal["cut_before", "two_places", "two_doors"]
    first: Sighting
    second: Sighting


def twice(sightings: Iterable[Sighting]) -> tuple[Twice, ...]:
    """The same number on different containers: one finding for each pair of containers. What is
    written where there is no number is on many."""
    by_key: dict[str, list[Sighting]] = defaultdict(list)
    for one in sightings:
        is_number = identifiers.is_telling(one.number, shortest=2)
        if one.container and one.stage != "bill" and is_number:
            by_key[one.key].append(one)
    return tuple(found for same in by_key.values() for found in _pairs(same))


def _pairs(same: Sequence[Sighting]) -> Iterator[Twice]:
    boxes: dict[str, list[Sighting]] = defaultdict(list)
    for one in sorted(same, key=lambda one: one.on or date.max):
        boxes[one.container].append(one)
    named = list(boxes.values())
    for n, left in enumerate(named):
        for right in named[n + 1 :]:
            yield _worst(left, right)


def _worst(left: Sequence[Sighting], right: Sequence[Sighting]) -> Twice:
    for cut, later in ((left, right), (right, left)):
        for a in cut:
            for b in later:
                if _ended(a) and a.on and b.on and a.on < b.on:
                    return Twice("cut_before", a, b)
    for a in left:
        for b in right:
            if a.on and a.on == b.on and a.place and b.place and a.place != b.place:
                return Twice("two_places", a, b)
    return Twice("two_doors", left[0], right[0])


def _ended(one: Sighting) -> bool:
    return one.is_intact is False or one.stage == "opening"
