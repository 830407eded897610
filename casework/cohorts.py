"""Who is counted, and what became of them: pure arithmetic over dated facts.

`as_at` and `known_at` are the only clocks: the same question over the same record has one answer.
Definitions: docs/metrics.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

CONVICTIONS = frozenset({"convicted_plea", "convicted_trial"})
NOT_CONVICTED = frozenset({"acquitted", "no_case", "dismissed"})
OPEN = frozenset({None, "retrial"})


class Unit(StrEnum):
    SEIZURES = "seizures"
    CASES = "cases"
    ACCUSED = "accused"
    COUNTS = "counts"  # one count against one accused


class Cohort(StrEnum):
    SEIZED = "seized"  # by the day of the seizure: everything seized, charged or not
    FILED = "filed"  # by the day the first charge was filed
    CONCLUDED = "concluded"  # by the day the last charge was first decided


class State(StrEnum):
    """What became of one member of a cohort."""

    CONVICTED = "convicted"
    NOT_CONVICTED = "not_convicted"
    WITHDRAWN = "withdrawn"
    ABATED = "abated"
    PENDING = "pending"
    ABSCONDED = "absconded"  # still open, and whoever is still to be tried has absconded
    NOT_CHARGED = "not_charged"


class Dimension(StrEnum):
    """What a cohort can be split by, and a question narrowed to."""

    TIER = "tier"
    YEAR = "year"
    AGENCY = "agency"  # whose case it is
    COURT = "court"  # where the first charge was filed
    SPECIES = "species"  # of the first thing seized that names one
    PORT = "port"  # of the first seizure; a seizure's own


class CaseFact(NamedTuple):
    pk: int
    tier: str
    day: date | None  # on which a case without any seizure was opened
    recorded_at: datetime


class SeizureFact(NamedTuple):
    pk: int
    case: int
    day: date
    recorded_at: datetime


class ChargeFact(NamedTuple):
    pk: int
    case: int
    accused: int
    filed_on: date
    recorded_at: datetime


class OutcomeFact(NamedTuple):
    charge: int
    decision: str
    decided_on: date
    is_correction: bool
    recorded_at: datetime


@dataclass(frozen=True)
class Facts:
    """What the record holds; outcomes of one charge in the order in which they supersede."""

    cases: Sequence[CaseFact] = ()
    seizures: Sequence[SeizureFact] = ()
    charges: Sequence[ChargeFact] = ()
    outcomes: Sequence[OutcomeFact] = ()

    def known_at(self, moment: datetime) -> "Facts":
        """Only what had been recorded by then."""
        return Facts(
            [fact for fact in self.cases if fact.recorded_at <= moment],
            [fact for fact in self.seizures if fact.recorded_at <= moment],
            [fact for fact in self.charges if fact.recorded_at <= moment],
            [fact for fact in self.outcomes if fact.recorded_at <= moment],
        )


@dataclass(frozen=True)
class Question:
    """What is asked. `as_at`: what had happened by then; `known_at`: what was recorded by then."""

    as_at: date
    known_at: datetime
    unit: Unit = Unit.ACCUSED
    cohort: Cohort = Cohort.CONCLUDED
    tiers: frozenset[str] = frozenset()  # none: all
    first_year: int | None = None
    last_year: int | None = None
    agencies: frozenset[int] = frozenset()  # keys; none: all
    courts: frozenset[int] = frozenset()
    species: frozenset[int] = frozenset()  # keys of taxa
    ports: frozenset[int] = frozenset()

    def covers_tier(self, tier: str) -> bool:
        return not self.tiers or tier in self.tiers

    def covers_year(self, year: int) -> bool:
        return (self.first_year or year) <= year <= (self.last_year or year)


@dataclass(frozen=True)
class Member:
    """One of what is counted: its case, the day that puts it in the cohort, what became of it."""

    case: int
    tier: str
    day: date
    first: State  # at first instance
    now: State  # after appeals


def select(everyone: Iterable[Member], question: Question) -> list[Member]:
    """The members of the tiers and years asked for."""
    return [
        member
        for member in everyone
        if question.covers_tier(member.tier) and question.covers_year(member.day.year)
    ]


def members(known: Facts, question: Question) -> list[Member]:
    """Everyone in the cohort, of all tiers and years, as things stood on the day asked about."""
    tiers = {case.pk: case.tier for case in known.cases}
    charges = [
        charge
        for charge in known.charges
        if charge.filed_on <= question.as_at and charge.case in tiers
    ]
    decided = _decided(known.outcomes, question.as_at)
    found = []
    for case, seized_on, own in _units(known, question, tiers, charges):
        day = _cohort_day(question.cohort, seized_on, own, decided)
        if day is not None:
            links = [decided.get(charge.pk, ()) for charge in own]
            first = combine([chain[0].decision if chain else None for chain in links])
            now = combine([chain[-1].decision if chain else None for chain in links])
            found.append(Member(case, tiers[case], day, first, now))
    return found


Own = Sequence[ChargeFact]


def _units(
    known: Facts, question: Question, tiers: dict[int, str], charges: Own
) -> Iterable[tuple[int, date | None, Own]]:
    """Case, day of seizure and charges of everything that could be counted."""
    seizures = [s for s in known.seizures if s.day <= question.as_at and s.case in tiers]
    seized_on = {case.pk: case.day for case in known.cases if case.day}
    for seizure in sorted(seizures, key=lambda one: one.day, reverse=True):
        seized_on[seizure.case] = seizure.day
    of_case: dict[int, list[ChargeFact]] = defaultdict(list)
    for charge in charges:
        of_case[charge.case].append(charge)
    if question.unit == Unit.SEIZURES:
        return [(s.case, s.day, of_case[s.case]) for s in seizures]
    if question.unit == Unit.CASES:
        begun = [pk for pk, day in seized_on.items() if day <= question.as_at or of_case[pk]]
        begun += [pk for pk in of_case if pk not in seized_on]
        return [(case, seized_on.get(case), of_case[case]) for case in begun]
    if question.unit == Unit.COUNTS:
        return [(charge.case, seized_on.get(charge.case), [charge]) for charge in charges]
    of_accused: dict[int, list[ChargeFact]] = defaultdict(list)
    for charge in charges:
        of_accused[charge.accused].append(charge)
    return [(own[0].case, seized_on.get(own[0].case), own) for own in of_accused.values()]


def _decided(outcomes: Iterable[OutcomeFact], as_at: date) -> dict[int, list[OutcomeFact]]:
    """The decisions on each charge by that day, each as it was last corrected."""
    chains: dict[int, list[OutcomeFact]] = defaultdict(list)
    for outcome in outcomes:
        chain = chains[outcome.charge]
        if outcome.is_correction and chain:
            chain[-1] = outcome
        else:
            chain.append(outcome)
    return {
        charge: [outcome for outcome in chain if outcome.decided_on <= as_at]
        for charge, chain in chains.items()
    }


def _cohort_day(
    cohort: Cohort, seized_on: date | None, own: Own, decided: dict[int, list[OutcomeFact]]
) -> date | None:
    """The day that puts a unit into the cohort; None where it does not belong to it."""
    if cohort == Cohort.SEIZED:
        return seized_on
    if not own:
        return None
    if cohort == Cohort.FILED:
        return min(charge.filed_on for charge in own)
    chains = [decided.get(charge.pk) for charge in own]
    if not all(chains):
        return None
    return max(chain[0].decided_on for chain in chains if chain)


def combine(decisions: Sequence[str | None]) -> State:
    """What became of somebody, from the decisions on all charges; None is undecided."""
    found = frozenset(decisions)
    if not found:
        return State.NOT_CHARGED
    if found & CONVICTIONS:
        return State.CONVICTED
    if found & OPEN:
        return State.PENDING
    if found & NOT_CONVICTED:
        return State.NOT_CONVICTED
    return State.WITHDRAWN if "withdrawn" in found else State.ABATED
