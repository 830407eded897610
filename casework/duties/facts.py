"""The dated facts of cases that start and end the periods of the law, read in a fixed number of
queries however many cases there are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min, QuerySet
from django.utils import timezone

from casework.duties.periods import Limit
from casework.duties.rules import APPEAL, LIMITATION, PROSECUTION_APPEAL, Fact, Law
from casework.models import (
    Accused,
    AccusedEvent,
    Appearance,
    BailDecision,
    Case,
    ChargeSheet,
    Code,
    Count,
    Outcome,
    Plea,
    Proceeding,
    Seizure,
    TimeLimit,
    TrialStep,
)

Found = Iterator[tuple[int, Fact]]
SHEET = "charge__count__charge_sheet__proceeding"
GREATEST_TERM = "limitation_term"  # the code list: the code is the number of months
LOST = (
    Outcome.Decision.ACQUITTED,
    Outcome.Decision.NO_CASE,
    Outcome.Decision.WITHDRAWN_BARRED,
    Outcome.Decision.DISMISSED,
)
EVENTS = {
    AccusedEvent.Kind.ARRESTED: "arrest",
    AccusedEvent.Kind.REMANDED: "remand",
    AccusedEvent.Kind.BAILED: "bailed",
}  # the others go by their own name


@dataclass(frozen=True)
class Facts:
    by_case: dict[int, list[Fact]]
    laws: dict[str, list[Law]]  # by country


def read(cases: QuerySet[Case], *, since: date | None = None) -> Facts:
    """Of these cases; `since` leaves out what began before, for lists over many cases."""
    found: dict[int, list[Fact]] = defaultdict(list)
    laws = _laws()
    starts = {row.starts for rows in laws.values() for row in rows}
    for source in (_arrests, _events, _pleas, _bail, _filings, _disclosures, _decisions, _appeals,
                   _appearances, _drafts):  # fmt: skip
        for case, fact in source(cases, since or date.min):
            found[case].append(fact)
    if "seizure" in starts:
        for case, fact in _seizures(cases):
            found[case].append(fact)
    return Facts(dict(found), laws)


def _laws() -> dict[str, list[Law]]:
    found: dict[str, list[Law]] = defaultdict(list)
    for row in TimeLimit.objects.all():
        limit = Limit(row.amount, row.unit, row.warn_days)
        found[row.country].append(
            Law(row.code, row.label, row.starts, limit, row.valid_from, row.valid_to)
        )
    return dict(found)


def _once(facts: Iterable[tuple[int, Fact]]) -> Found:
    yield from dict.fromkeys(facts)


def _arrests(cases: QuerySet[Case], since: date) -> Found:
    rows = Accused.objects.filter(case__in=cases, arrested_on__gte=since).order_by()
    for case, accused, day in rows.values_list("case", "pk", "arrested_on"):
        if day is not None:
            yield case, Fact("arrest", day, accused)


def _events(cases: QuerySet[Case], since: date) -> Found:
    every: Any = AccusedEvent.objects
    rows = every.standing().filter(accused__case__in=cases, happened_on__gte=since).order_by()
    columns = ("accused__case", "accused", "kind", "happened_on", "until", "accused__arrested_on")
    for case, accused, kind, day, until, arrested_on in rows.values_list(*columns):
        if kind != AccusedEvent.Kind.ARRESTED or day != arrested_on:
            yield case, Fact(EVENTS.get(kind, kind), day, accused, until=until)


def _pleas(cases: QuerySet[Case], since: date) -> Found:
    rows = Plea.objects.filter(**{f"{SHEET}__case__in": cases}, entered_on__gte=since).order_by()
    columns = (f"{SHEET}__case", "charge__accused", SHEET, "entered_on")
    first: dict[tuple[int, int], date] = {}
    for case, accused, proceeding, day in rows.values_list(*columns).distinct():
        yield case, Fact("pleaded", day, accused)
        first[case, proceeding] = min(day, first.get((case, proceeding), day))
    for (case, proceeding), day in first.items():  # of the trial: the first plea in it
        yield case, Fact("plea", day, None, proceeding)


def _bail(cases: QuerySet[Case], since: date) -> Found:
    rows = BailDecision.objects.filter(accused__case__in=cases, decided_on__gte=since).order_by()
    for case, accused, day in rows.values_list("accused__case", "accused", "decided_on"):
        yield case, Fact("arraigned", day, accused)


def _filings(cases: QuerySet[Case], since: date) -> Found:
    rows = ChargeSheet.objects.filter(proceeding__case__in=cases, filed_on__gte=since)
    first = rows.order_by().values_list("proceeding__case", "proceeding")
    for case, proceeding, day in first.annotate(first=Min("filed_on")):
        yield case, Fact("filing", day, None, proceeding)
        yield case, Fact("filed", day, None, proceeding)


def _disclosures(cases: QuerySet[Case], since: date) -> Found:
    every: Any = TrialStep.objects
    rows = every.standing().filter(
        proceeding__case__in=cases, kind=TrialStep.Kind.DISCLOSED, happened_on__gte=since
    )
    columns = ("proceeding__case", "proceeding", "happened_on")
    for case, proceeding, day in rows.order_by().values_list(*columns):
        yield case, Fact("disclosed", day, None, proceeding)


def _decisions(cases: QuerySet[Case], since: date) -> Found:
    """What stands: a conviction opens the defence's time, what was lost the prosecution's."""
    rows = (
        Outcome.objects.current()
        .filter(proceeding__case__in=cases, decided_on__gte=since)
        .exclude(decision__in=Outcome.NOT_COUNTED)
        .order_by()
    )
    columns = ("proceeding__case", "charge__accused", "proceeding", "decided_on", "decision")
    found = []
    for case, accused, proceeding, day, decision in rows.values_list(*columns):
        found.append((case, Fact("decided", day, accused, proceeding)))
        code = PROSECUTION_APPEAL if decision in LOST else APPEAL
        if decision in (*LOST, *Outcome.CONVICTIONS):
            codes = frozenset({code})
            found.append((case, Fact("judgment", day, accused, proceeding, codes=codes)))
    yield from _once(found)


def _appeals(cases: QuerySet[Case], since: date) -> Found:
    rows = Proceeding.objects.filter(
        case__in=cases, kind=Proceeding.Kind.APPEAL, parent__isnull=False, opened_on__gte=since
    ).order_by()
    columns = ("case", "parent", "appellant_side", "opened_on", "appealed__accused")
    found = []
    for case, parent, side, day, accused in rows.values_list(*columns):
        found.append((case, Fact(f"appealed_{side}", day, accused, parent)))
    yield from _once(found)


def _appearances(cases: QuerySet[Case], since: date) -> Found:
    rows = Appearance.objects.filter(
        accused__case__in=cases, has_appeared=True, hearing__starts_at__date__gte=since
    ).order_by()
    columns = ("accused__case", "accused", "hearing__starts_at")
    for case, accused, moment in rows.values_list(*columns):
        yield case, Fact("appeared", timezone.localdate(moment), accused)


def _drafts(cases: QuerySet[Case], since: date) -> Found:
    """Offences of which the law says that they must be charged within a time, in any sheet."""
    term = Code.objects.kind(GREATEST_TERM).on(timezone.localdate()).first()
    if term is None or not term.code.isdecimal():
        return
    rows = Count.objects.filter(
        charge_sheet__proceeding__case__in=cases, offence_on__gte=since,
        provision__max_term_months__lte=int(term.code), provision__has_life_term=False,
    )  # fmt: skip
    columns = ("charge_sheet__proceeding__case", "charge_sheet__proceeding", "offence_on")
    codes = frozenset({LIMITATION})
    for case, proceeding, day in rows.order_by().values_list(*columns).distinct():
        yield case, Fact("offence", day, None, proceeding, codes=codes)


def _seizures(cases: QuerySet[Case]) -> Found:
    rows = Seizure.objects.filter(case__in=cases).order_by().values_list("case")
    for case, moment in rows.annotate(first=Min("seized_at")):
        yield case, Fact("seizure", timezone.localdate(moment), codes=frozenset({LIMITATION}))
