"""Conviction rates with their fractions: none under five, none from which one could be worked out.

Pure arithmetic over the members of a cohort (cohorts.py). Definitions: docs/metrics.md.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import sqrt

from casework.cohorts import Cohort, Facts, Member, Question, State, Unit, members, select

FEWEST = 5  # a group smaller than this has no rate
Z_95 = 1.959964  # two-sided 95 % of the normal distribution, for Wilson's interval


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
    """A group of the cohort: all of it, one tier or one year."""

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


def answer(facts: Facts, question: Question, tiers: Sequence[str] = ()) -> Figures:
    """All figures of one question; `tiers` gives the order and completeness of that table."""
    known = facts.known_at(question.known_at)
    everyone = members(known, question)
    chosen = select(everyone, question)
    by_tier = _by_tier(everyone, question, tiers)
    is_hidden = _is_given_away(everyone, question, by_tier)
    return Figures(
        question=question,
        total=line("all", chosen, is_hidden=is_hidden),
        of_everything_seized=_of_everything_seized(known, question),
        by_tier=by_tier,
        by_year=_by_year(everyone, question, is_hidden=is_hidden),
    )


def _by_tier(
    everyone: Sequence[Member], question: Question, tiers: Sequence[str]
) -> tuple[Line, ...]:
    """Every tier, whichever were asked for: a reader compares, and nothing is left to subtract."""
    in_years = [member for member in everyone if question.covers_year(member.day.year)]
    return group(in_years, lambda member: member.tier, keys=tiers)


def _by_year(
    everyone: Sequence[Member], question: Question, *, is_hidden: bool
) -> tuple[Line, ...]:
    others: dict[str, int] = defaultdict(int)  # of the same year in the tiers not asked for
    for member in everyone:
        others[str(member.day.year)] += not question.covers_tier(member.tier)
    small = {year for year, size in others.items() if 0 < size < FEWEST}
    chosen = select(everyone, question)
    years = {str(member.day.year) for member in chosen}
    return group(
        chosen, lambda member: str(member.day.year), also_hidden=years if is_hidden else small
    )


def _is_given_away(everyone: Sequence[Member], question: Question, by_tier: Sequence[Line]) -> bool:
    """Whether the total would give away a small group that it leaves out, or holds in part."""
    hidden = {line.key for line in by_tier if line.is_hidden}
    if question.tiers and 0 < len(hidden & question.tiers) < len(hidden):
        return True
    chosen = len(select(everyone, question))
    all_tiers = len(select(everyone, replace(question, tiers=frozenset())))
    all_years = len(select(everyone, replace(question, first_year=None, last_year=None)))
    return any(0 < size - chosen < FEWEST for size in (all_tiers, all_years))


def _of_everything_seized(known: Facts, question: Question) -> Rate:
    wider = replace(question, unit=Unit.SEIZURES, cohort=Cohort.SEIZED)
    everyone = members(known, wider)
    is_hidden = _is_given_away(everyone, wider, _by_tier(everyone, wider, ()))
    return line("seized", select(everyone, wider), is_hidden=is_hidden).after_appeals


def group(
    chosen: Iterable[Member],
    key: Callable[[Member], str],
    *,
    keys: Sequence[str] = (),
    also_hidden: Iterable[str] = (),
) -> tuple[Line, ...]:
    """One line per group, so many of them hidden that none of the small ones can be subtracted."""
    groups: dict[str, list[Member]] = {name: [] for name in keys}
    for member in chosen:
        groups.setdefault(key(member), []).append(member)
    hidden = to_hide({name: len(found) for name, found in groups.items()}, also_hidden)
    names = keys or sorted(groups)
    return tuple(line(name, groups[name], is_hidden=name in hidden) for name in names)


def to_hide(sizes: dict[str, int], also: Iterable[str] = ()) -> set[str]:
    """Groups without a rate: the small ones, and the next larger until together they reach five.

    Without that, the total less the others would give a single small group away.
    """
    filled = sorted((size, name) for name, size in sizes.items() if size)
    hidden = {name for size, name in filled if size < FEWEST} | (set(also) & set(sizes))
    for _size, name in filled:
        together = sum(sizes[one] for one in hidden)
        if not hidden or (len(hidden) > 1 and together >= FEWEST):
            break
        hidden.add(name)
    return hidden


def line(key: str, chosen: Sequence[Member], *, is_hidden: bool = False) -> Line:
    """The rates of one group, hidden where it is small or must not be subtracted from."""
    size = len(chosen)
    states: dict[State, int] = dict.fromkeys(State, 0)
    for member in chosen:
        states[member.now] += 1
    first = sum(member.first == State.CONVICTED for member in chosen)
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
