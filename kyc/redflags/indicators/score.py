"""How flags add up: each indicator weighs once, and so does each fact; what is dismissed is zero.

The sum says where to look first. It is no probability and no proof, and is never shown alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kyc.redflags.indicators.evidence import Point

STRONG = 4


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """A flag with what it weighs. `facts` are those it rests on, where it rests on nothing else."""

    code: str
    label: str
    weight: int
    is_dismissed: bool = False
    facts: frozenset[Point] = field(default_factory=frozenset)


@dataclass(frozen=True, kw_only=True)
class Line:
    """An indicator in the sum. `under` names the one under which its facts weigh already."""

    code: str
    label: str
    points: int
    under: str = ""


@dataclass(frozen=True)
class Score:
    lines: tuple[Line, ...] = ()
    dismissed: tuple[str, ...] = ()  # codes of indicators that no flag of upholds

    @property
    def total(self) -> int:
        return sum(line.points for line in self.lines)

    @property
    def standing(self) -> int:
        return len(self.lines)

    @property
    def strong(self) -> int:
        return sum(line.points >= STRONG for line in self.lines)

    def heaviest(self, number: int = 3) -> tuple[Line, ...]:
        return tuple(line for line in self.lines[:number] if line.points)


def add_up(flags: Iterable[Weighed]) -> Score:
    """The heaviest first; equal ones by code, so that the same flags always read the same."""
    given = sorted(flags, key=lambda one: (-one.weight, one.code, sorted(one.facts)))
    lines: dict[str, Line] = {}
    used: dict[Point, str] = {}
    for one in given:
        if one.is_dismissed or (one.code in lines and lines[one.code].points):
            continue
        new = not one.facts or any(used.get(fact, one.code) == one.code for fact in one.facts)
        under = "" if new else min(used[fact] for fact in one.facts)
        lines[one.code] = Line(
            code=one.code, label=one.label, points=one.weight if new else 0, under=under
        )
        used.update({fact: one.code for fact in one.facts if fact not in used})
    ordered = sorted(lines.values(), key=lambda line: (-line.points, line.code))
    gone = {one.code for one in given if one.is_dismissed} - lines.keys()
    return Score(tuple(ordered), tuple(sorted(gone)))


def facts_alone(points: Iterable[Point]) -> frozenset[Point]:
    """The facts that evidence rests on, where there is nothing but facts and parties in it."""
    given = frozenset(points)
    facts = frozenset(point for point in given if point.kind == "fact")
    return facts if all(point.kind in ("fact", "party") for point in given) else frozenset()
