"""Conviction rates with their fractions: none under five, none from which one could be worked out.

Pure arithmetic over the cells of a cohort: how many members there are of each tier, year and fate.
Definitions: docs/metrics.md.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import sqrt
from typing import NamedTuple

from casework.cohorts import Cohort, Dimension, Facts, Member, Question, State, Unit, members

FEWEST = 5  # a group smaller than this has no rate
Z_95 = 1.959964  # two-sided 95 % of the normal distribution, for Wilson's interval


class Cell(NamedTuple):
    """Members that nothing tells apart; `out` names the filters on places that they do not pass."""

    tier: str
    year: int
    first: State
    now: State
    n: int
    key: str = ""  # of the group asked for
    out: frozenset[Dimension] = frozenset()

    def fails(self, question: Question) -> frozenset[Dimension]:
        """The parts of a question that leave these members out."""
        tier = () if question.covers_tier(self.tier) else (Dimension.TIER,)
        year = () if question.covers_year(self.year) else (Dimension.YEAR,)
        return self.out.union(tier, year) if tier or year else self.out


@dataclass(frozen=True)
class Rate:
    """Numerator and denominator; both None where even the sample size would say too much."""

    numerator: int | None
    denominator: int | None

    @property
    def is_shown(self) -> bool:
        return self.numerator is not None and bool(self.denominator)

    @property
    def share(self) -> float | None:
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator / self.denominator

    @property
    def percent(self) -> int | None:
        share = self.share
        return None if share is None else int(share * 100 + 0.5)

    @property
    def interval(self) -> tuple[int, int] | None:
        """Wilson's 95 % interval in percent."""
        share, n = self.share, self.denominator
        if share is None or not n:
            return None
        squared = Z_95 * Z_95
        middle = (share + squared / (2 * n)) / (1 + squared / n)
        half = Z_95 * sqrt(share * (1 - share) / n + squared / (4 * n * n)) / (1 + squared / n)
        return max(0, round((middle - half) * 100)), min(100, round((middle + half) * 100))


@dataclass(frozen=True)
class Line:
    """A group of the cohort: all of it, one tier, one year, one place."""

    key: str
    size: int
    after_appeals: Rate
    first_instance: Rate
    without_withdrawn: Rate
    withdrawn: int | None
    states: dict[State, int] = field(default_factory=dict)  # empty where it would say too much

    @property
    def is_hidden(self) -> bool:
        return self.size > 0 and not self.after_appeals.is_shown

    @property
    def is_too_few(self) -> bool:
        return 0 < self.size < FEWEST


@dataclass(frozen=True)
class Figures:
    """The answer to a question."""

    question: Question
    total: Line
    of_everything_seized: Rate
    by_tier: tuple[Line, ...]
    by_year: tuple[Line, ...]


def cells_of(everyone: Iterable[Member]) -> list[Cell]:
    """Members of one tier, year and fate together."""
    found = Counter((one.tier, one.day.year, one.first, one.now) for one in everyone)
    return [Cell(*kind, n) for kind, n in found.items()]


def wider(question: Question) -> Question:
    """The same tiers, years and places of everything seized."""
    return replace(question, unit=Unit.SEIZURES, cohort=Cohort.SEIZED)


def answer(facts: Facts, question: Question, tiers: Sequence[str] = ()) -> Figures:
    """All figures of one question from single facts; `tiers` orders and completes that table."""
    known = facts.known_at(question.known_at)
    everyone = cells_of(members(known, question))
    return figures(everyone, cells_of(members(known, wider(question))), question, tiers)


def figures(
    everyone: Sequence[Cell], seized: Sequence[Cell], question: Question, tiers: Sequence[str] = ()
) -> Figures:
    """All figures of one question; the cells are those of all tiers, years and places."""
    return Figures(
        question=question,
        total=total(everyone, question),
        of_everything_seized=total(seized, wider(question)).after_appeals,
        by_tier=_by_tier(everyone, question, tiers),
        by_year=breakdown(everyone, question, Dimension.YEAR, lambda cell: str(cell.year)),
    )


def total(everyone: Sequence[Cell], question: Question) -> Line:
    """All that the question covers, hidden where what it leaves out would be given away."""
    chosen = keep(everyone, question)
    return line("all", chosen, is_hidden=_is_given_away(everyone, question))


def keep(everyone: Iterable[Cell], question: Question, but: Dimension | None = None) -> list[Cell]:
    """The cells that the question covers, as if it did not ask about `but`."""
    allowed = frozenset([but] if but else [])
    return [cell for cell in everyone if cell.fails(question) <= allowed]


def _size(cells: Iterable[Cell]) -> int:
    return sum(cell.n for cell in cells)


def _by_tier(
    everyone: Sequence[Cell], question: Question, tiers: Sequence[str]
) -> tuple[Line, ...]:
    """Every tier, whichever were asked for: a reader compares, and nothing is left to subtract."""
    others = keep(everyone, question, Dimension.TIER)
    return group(others, lambda cell: cell.tier, keys=tiers)


def breakdown(
    everyone: Sequence[Cell],
    question: Question,
    by: Dimension,
    key: Callable[[Cell], str],
) -> tuple[Line, ...]:
    """A line for each group; a group whose rest outside the question is small is hidden, too."""
    chosen = keep(everyone, question, None if by == Dimension.YEAR else by)
    rest: dict[str, int] = defaultdict(int)  # of the same group, outside the tiers or places
    for cell in everyone:
        outside = cell.fails(question) - {by, Dimension.YEAR}
        inside = by == Dimension.YEAR or question.covers_year(cell.year)
        rest[key(cell)] += cell.n if outside and inside else 0
    small = {name for name, size in rest.items() if 0 < size < FEWEST}
    if by == Dimension.YEAR and _is_given_away(everyone, question):
        small = {key(cell) for cell in chosen}
    return group(chosen, key, also_hidden=small)


def _is_given_away(everyone: Sequence[Cell], question: Question) -> bool:
    """Whether the total would give away a small group that it leaves out, or holds in part."""
    hidden = {line.key for line in _by_tier(everyone, question, ()) if line.is_hidden}
    if question.tiers and 0 < len(hidden & question.tiers) < len(hidden):
        return True
    left_out: dict[Dimension, int] = defaultdict(int)  # by one part of the question alone
    for cell in everyone:
        fails = cell.fails(question)
        if len(fails) == 1:
            left_out[next(iter(fails))] += cell.n
    return any(0 < size < FEWEST for size in left_out.values())


def group(
    chosen: Iterable[Cell],
    key: Callable[[Cell], str],
    *,
    keys: Sequence[str] = (),
    also_hidden: Iterable[str] = (),
) -> tuple[Line, ...]:
    """One line per group, so many of them hidden that none of the small ones can be subtracted."""
    groups: dict[str, list[Cell]] = {name: [] for name in keys}
    for cell in chosen:
        groups.setdefault(key(cell), []).append(cell)
    hidden = to_hide({name: _size(found) for name, found in groups.items()}, also_hidden)
    names = keys or sorted(groups)
    return tuple(line(name, groups[name], is_hidden=name in hidden) for name in names)


def to_hide(sizes: dict[str, int], also: Iterable[str] = ()) -> set[str]:
    """Groups without a rate: the small ones, and the next larger until together they reach five.

    Without that, the total less the others would give a single small group away.
    """
    filled = sorted((size, name) for name, size in sizes.items() if size)
    hidden = {name for size, name in filled if size < FEWEST} | (set(also) & set(sizes))
    for _n, name in filled:
        together = sum(sizes[one] for one in hidden)
        if not hidden or (len(hidden) > 1 and together >= FEWEST):
            break
        hidden.add(name)
    return hidden


def line(key: str, chosen: Sequence[Cell], *, is_hidden: bool = False) -> Line:
    """The rates of one group, hidden where it is small or must not be subtracted from."""
    size = _size(chosen)
    states: dict[State, int] = dict.fromkeys(State, 0)
    for cell in chosen:
        states[cell.now] += cell.n
    first = _size(cell for cell in chosen if cell.first == State.CONVICTED)
    convicted, withdrawn = states[State.CONVICTED], states[State.WITHDRAWN]
    if size and (is_hidden or size < FEWEST):
        nothing = Rate(None, size)
        return Line(key, size, nothing, nothing, Rate(None, None), None)
    is_rest_small = bool(withdrawn) and 0 < size - withdrawn < FEWEST
    rest = Rate(None, None) if is_rest_small else Rate(convicted, size - withdrawn)
    return Line(
        key,
        size,
        after_appeals=Rate(convicted, size),
        first_instance=Rate(first, size),
        without_withdrawn=rest,
        withdrawn=None if is_rest_small else withdrawn,
        states={} if is_rest_small else states,
    )
