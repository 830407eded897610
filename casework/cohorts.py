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
WITHDRAWN = frozenset({"withdrawn", "withdrawn_barred"})
SUBSTITUTED, NO_FINDING = "substituted", "no_finding"  # another charge stands for these


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
    agency: int = 0


class SeizureFact(NamedTuple):
    pk: int
    case: int
    day: date
    recorded_at: datetime
    port: int = 0
    species: int = 0


class ChargeFact(NamedTuple):
    pk: int
    case: int
    accused: int
    filed_on: date
    recorded_at: datetime
    root: int | None = None  # the first charge of the line in whose place this one stands
    court: int = 0


class OutcomeFact(NamedTuple):
    charge: int
    decision: str
    decided_on: date
    is_correction: bool
    recorded_at: datetime


class WhereaboutsFact(NamedTuple):
    """Where an accused was from a day on: absconded, remanded, bailed, ..."""

    pk: int
    accused: int
    kind: str
    day: date
    recorded_at: datetime
    supersedes: int | None = None
    is_withdrawn: bool = False


@dataclass(frozen=True)
class Facts:
    """What the record holds; outcomes of one charge in the order in which they supersede."""

    cases: Sequence[CaseFact] = ()
    seizures: Sequence[SeizureFact] = ()
    charges: Sequence[ChargeFact] = ()
    outcomes: Sequence[OutcomeFact] = ()
    whereabouts: Sequence[WhereaboutsFact] = ()

    def known_at(self, moment: datetime) -> "Facts":
        """Only what had been recorded by then."""
        return Facts(
            [fact for fact in self.cases if fact.recorded_at <= moment],
            [fact for fact in self.seizures if fact.recorded_at <= moment],
            [fact for fact in self.charges if fact.recorded_at <= moment],
            [fact for fact in self.outcomes if fact.recorded_at <= moment],
            [fact for fact in self.whereabouts if fact.recorded_at <= moment],
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
    filed: date | None = None
    concluded: date | None = None
    agency: int = 0
    court: int = 0
    species: int = 0
    port: int = 0


@dataclass(frozen=True)
class ChargeLine:
    """Charges that stood in one another's place, and what was decided on them in its order.

    The line was filed when its first charge was; what an amended count replaced is no decision.
    """

    first: ChargeFact
    filed: date
    chain: tuple[OutcomeFact, ...]
    is_gone: bool  # the accused has absconded

    @property
    def first_decision(self) -> str | None:
        return self.chain[0].decision if self.chain else None

    @property
    def decision(self) -> str | None:
        return self.chain[-1].decision if self.chain else None

    @property
    def decided(self) -> date | None:
        """The day of the first decision; a correction may have moved it."""
        return min((outcome.decided_on for outcome in self.chain), default=None)


Own = Sequence[ChargeLine]


def select(everyone: Iterable[Member], question: Question) -> list[Member]:
    """The members of the tiers, years and places asked for."""
    return [
        member
        for member in everyone
        if question.covers_tier(member.tier)
        and question.covers_year(member.day.year)
        and all(
            not keys or key in keys
            for keys, key in (
                (question.agencies, member.agency),
                (question.courts, member.court),
                (question.species, member.species),
                (question.ports, member.port),
            )
        )
    ]


def members(known: Facts, question: Question) -> list[Member]:
    """Everyone in the cohort, of all tiers and years, as things stood on the day asked about."""
    cases = {case.pk: case for case in known.cases}
    lines = _lines(known, question, frozenset(cases))
    found = []
    for case, seizure, seized_on, own in _units(known, question, lines):
        day = _cohort_day(question.cohort, seized_on, own)
        is_nothing = question.unit == Unit.COUNTS and own[0].decision == NO_FINDING
        if day is None or is_nothing:
            continue
        now = combine([line.decision for line in own])
        still = [line for line in own if line.decision in OPEN]
        if now == State.PENDING and all(line.is_gone for line in still):
            now = State.ABSCONDED
        first_charge = min((line.first for line in own), default=None)
        found.append(
            Member(
                case,
                cases[case].tier,
                day,
                combine([line.first_decision for line in own]),
                now,
                filed=min((line.filed for line in own), default=None),
                concluded=_concluded(own),
                agency=cases[case].agency,
                court=first_charge.court if first_charge else 0,
                species=seizure.species if seizure else 0,
                port=seizure.port if seizure else 0,
            )
        )
    return found


def _lines(known: Facts, question: Question, cases: frozenset[int]) -> list[ChargeLine]:
    decided = _decided(known.outcomes, question.as_at)
    gone = _gone(known.whereabouts, question.as_at)
    by_root: dict[int, list[ChargeFact]] = defaultdict(list)
    for charge in known.charges:
        if charge.filed_on <= question.as_at and charge.case in cases:
            by_root[charge.root or charge.pk].append(charge)
    return [
        ChargeLine(
            min(own),
            min(charge.filed_on for charge in own),
            tuple(outcome for charge in sorted(own) for outcome in decided.get(charge.pk, ())),
            own[0].accused in gone,
        )
        for own in by_root.values()
    ]


def _gone(whereabouts: Iterable[WhereaboutsFact], as_at: date) -> set[int]:
    """The accused of whom it is last known that they absconded."""
    facts = list(whereabouts)
    replaced = {fact.supersedes for fact in facts}
    standing = [fact for fact in facts if fact.pk not in replaced and not fact.is_withdrawn]
    last: dict[int, WhereaboutsFact] = {}
    for fact in sorted(standing, key=lambda one: (one.day, one.pk)):
        if fact.day <= as_at:
            last[fact.accused] = fact
    return {accused for accused, fact in last.items() if fact.kind == "absconded"}


def _units(
    known: Facts, question: Question, lines: Iterable[ChargeLine]
) -> Iterable[tuple[int, SeizureFact | None, date | None, Own]]:
    """Case, seizure, day of seizure and charges of everything that could be counted."""
    cases = {case.pk: case for case in known.cases}
    recorded = [s for s in known.seizures if s.case in cases]
    seizures = sorted(s for s in recorded if s.day <= question.as_at)
    of_case: dict[int, list[ChargeLine]] = defaultdict(list)
    for line in lines:
        of_case[line.first.case].append(line)
    if question.unit == Unit.SEIZURES:
        return [(s.case, s, s.day, of_case[s.case]) for s in seizures]
    first: dict[int, SeizureFact] = {}
    for seizure in reversed(seizures):
        first[seizure.case] = seizure
    without = cases.keys() - {seizure.case for seizure in recorded}
    opened = {pk: day for pk in without if (day := cases[pk].day) and day <= question.as_at}
    seized_on = {**opened, **_first_days(seizures)}
    if question.unit == Unit.CASES:
        begun = [pk for pk in cases if pk in seized_on or of_case[pk]]
        return [(pk, first.get(pk), seized_on.get(pk), of_case[pk]) for pk in begun]
    groups: dict[int, list[ChargeLine]] = defaultdict(list)
    for line in lines:
        groups[line.first.pk if question.unit == Unit.COUNTS else line.first.accused].append(line)
    return [
        (case := own[0].first.case, first.get(case), seized_on.get(case), own)
        for own in groups.values()
    ]


def _first_days(seizures: Iterable[SeizureFact]) -> dict[int, date]:
    found: dict[int, date] = {}
    for seizure in seizures:
        found[seizure.case] = min(seizure.day, found.get(seizure.case, seizure.day))
    return found


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
        charge: [
            outcome
            for outcome in chain
            if outcome.decided_on <= as_at and outcome.decision != SUBSTITUTED
        ]
        for charge, chain in chains.items()
    }


def _cohort_day(cohort: Cohort, seized_on: date | None, own: Own) -> date | None:
    """The day that puts a unit into the cohort; None where it does not belong to it."""
    if cohort == Cohort.SEIZED:
        return seized_on
    if cohort == Cohort.FILED:
        return min((line.filed for line in own), default=None)
    return _concluded(own)


def _concluded(own: Own) -> date | None:
    """The day of the first decision on the last charge; None while one is undecided."""
    days = [line.decided for line in own]
    return max((day for day in days if day), default=None) if all(days) else None


def combine(decisions: Sequence[str | None]) -> State:
    """What became of somebody, from the decisions on all charges; None is undecided.

    A charge without a finding says nothing beside others; alone it is no conviction.
    """
    found = frozenset(decisions)
    if not found:
        return State.NOT_CHARGED
    if found & CONVICTIONS:
        return State.CONVICTED
    if found & OPEN:
        return State.PENDING
    if found & NOT_CONVICTED:
        return State.NOT_CONVICTED
    if found & WITHDRAWN:
        return State.WITHDRAWN
    return State.ABATED if "abated" in found else State.NOT_CONVICTED
