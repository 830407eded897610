"""How long an accused has to serve in all: terms that run together or one after another. Pure.

Days only: remission is for the prison service. Terms are half-open spans of days, so that a term
after another begins where that one ends.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

CONSECUTIVE = "consecutive"
Span = tuple[int, int]  # days as ordinals: a long row of terms passes the end of the calendar


@dataclass(frozen=True)
class Term:
    """Imprisonment on one charge; `after` is the key of another charge, `starts_on` its own day."""

    key: int
    days: int
    starts_on: date
    runs: str = ""  # concurrent, consecutive; empty: the court did not say
    after: int | None = None
    credited: int = 0  # days in remand that count
    is_life: bool = False


@dataclass(frozen=True)
class Total:
    """What the terms come to. `longest` is more than `days` where the court did not say how
    several terms run: then they are between the two."""

    is_life: bool
    days: int  # imposed, from the first day to the last, without the days between
    to_serve: int  # the same, with the days in remand taken off
    longest: int
    starts_on: date
    ends_on: date | None  # the first day after; none for life

    @property
    def credited(self) -> int:
        return self.days - self.to_serve

    @property
    def is_unsaid(self) -> bool:
        return self.longest > self.days


class Circle(ValueError):
    """A term that would begin after itself."""


def spans(terms: Sequence[Term], *, is_credited: bool) -> dict[int, Span]:
    """The first day of each term, and the first day after it. Raises Circle."""
    known = {term.key: term for term in terms}
    found: dict[int, Span] = {}
    for term in terms:
        _place(term, known, found, is_credited, frozenset())
    return found


def _place(
    term: Term,
    known: Mapping[int, Term],
    found: dict[int, Span],
    is_credited: bool,
    above: frozenset[int],
) -> Span:
    if term.key in found:
        return found[term.key]
    if term.key in above:
        raise Circle(f"term {term.key} begins after itself")
    start = term.starts_on.toordinal()
    before = known.get(term.after) if term.runs == CONSECUTIVE and term.after else None
    if before is not None:
        ended = _place(before, known, found, is_credited, above | {term.key})[1]
        start = max(start, ended)
    length = max(0, term.days - term.credited) if is_credited else term.days
    found[term.key] = start, start + length
    return found[term.key]


def covered(found: Sequence[Span]) -> int:
    """Days in at least one of the spans."""
    days, reached = 0, 0
    for start, end in sorted(found):
        if end > reached:
            days += end - max(start, reached)
            reached = end
    return days


def total(terms: Sequence[Term]) -> Total | None:
    """The effective term; None where nobody is to be imprisoned. Raises Circle."""
    counted = [term for term in terms if term.days or term.is_life]
    if not counted:
        return None
    served = list(spans(counted, is_credited=True).values())
    imposed = list(spans(counted, is_credited=False).values())
    days, is_life = covered(imposed), any(term.is_life for term in counted)
    return Total(
        is_life=is_life,
        days=days,
        to_serve=covered(served),
        longest=_longest(counted, days),
        starts_on=date.fromordinal(min(start for start, _end in served)),
        ends_on=None if is_life else _day(max(end for _start, end in served)),
    )


def _day(ordinal: int) -> date:
    return date.fromordinal(min(ordinal, date.max.toordinal()))


def _longest(terms: Sequence[Term], days: int) -> int:
    """As if all terms of which the court said nothing ran one after another; the first is where
    the others begin."""
    unsaid = [term for term in terms if not term.runs][1:]
    if not unsaid:
        return days
    said = [term for term in terms if term not in unsaid]
    rest = covered(list(spans(said, is_credited=False).values()))
    return max(days, rest + sum(term.days for term in unsaid))
