"""Reads the facts that metrics count, as one person may count them, and the cases behind a number.

A holder of `view_statistics` counts every case of the own agency; others only what they may read.
The cases behind a number are always listed through `visible_to`.
"""

from datetime import date, datetime
from typing import Any

from django.db.models import Case as Choose
from django.db.models import F, Min, Model, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from casework import access, clock, cohorts, metrics, roles
from casework.cohorts import (
    CaseFact,
    ChargeFact,
    Facts,
    OutcomeFact,
    Question,
    SeizureFact,
    State,
)
from casework.metrics import Figures
from casework.models import Case, Charge, Outcome, Seizure, User

TIERS = [str(tier) for tier in Case.Tier.values]


def scope(user: User | None) -> "QuerySet[Case]":
    """The cases a person's figures count; None is the administrator's command line: all."""
    cases: QuerySet[Case] = Case.objects.all()
    if user is None:
        return cases
    visible = Q(pk__in=Case.objects.visible_to(user).values("pk"))
    if user.agency_id and access.holds(user, roles.VIEW_STATISTICS):
        visible |= Q(agency=user.agency_id)
    return cases.filter(visible)


def ask(question: Question, *, user: User | None) -> Figures:
    """The figures as this person may count them."""
    return metrics.answer(facts(question, user), question, TIERS)


def facts(question: Question, user: User | None) -> Facts:
    """All dated facts in four queries, whatever the number of cases.

    The database keeps to what was known by then, so that no row's own moment need be read.
    """
    cases, known = scope(user).order_by(), question.known_at
    own = cases.values("pk")
    return Facts(
        _cases(cases, known), _seizures(own, known), _charges(own, known), _outcomes(own, known)
    )


def _cases(cases: "QuerySet[Case]", known: datetime) -> list[CaseFact]:
    """A case is opened by its seizure and may be dated back: known when that was recorded."""
    first = Min("seizures__recorded_at")
    opened = cases.annotate(
        recorded=Coalesce(first, F("created_at")),
        opened_at=Choose(When(Q(seizures__isnull=True), then=F("created_at"))),
        tier_then=_known("tier", known),
    ).filter(recorded__lte=known)
    rows = opened.values_list("pk", "tier_then", "opened_at")
    return [CaseFact(pk, tier, _day(at) if at else None, known) for pk, tier, at in rows]


def _seizures(own: Any, known: datetime) -> list[SeizureFact]:
    rows = Seizure.objects.filter(case__in=own, recorded_at__lte=known).order_by()
    values = rows.values_list("pk", "case", _known("seized_at", known, Seizure))
    return [SeizureFact(pk, case, _day(at), known) for pk, case, at in values]


def _charges(own: Any, known: datetime) -> list[ChargeFact]:
    sheet, in_case = "count__charge_sheet", "count__charge_sheet__proceeding__case"
    recorded = Coalesce(f"{sheet}__filing_recorded_at", f"{sheet}__proceeding__created_at")
    rows = (
        Charge.objects.annotate(recorded=recorded)
        .filter(**{f"{in_case}__in": own, f"{sheet}__filed_on__isnull": False}, recorded__lte=known)
        .order_by()
        .values_list("pk", in_case, "accused", f"{sheet}__filed_on")
    )
    return [ChargeFact(pk, case, accused, filed, known) for pk, case, accused, filed in rows]


def _outcomes(own: Any, known: datetime) -> list[OutcomeFact]:
    in_case = "charge__count__charge_sheet__proceeding__case"
    rows = Outcome.objects.filter(**{f"{in_case}__in": own}, recorded_at__lte=known)
    values = rows.order_by("pk").values_list("charge", "decision", "decided_on", "is_correction")
    return [OutcomeFact(charge, what, day, is_new, known) for charge, what, day, is_new in values]


def _known(name: str, moment: datetime, model: type[Model] = Case) -> Any:
    """A value that people may edit, as it was recorded at a past moment."""
    if moment >= clock.now():
        return F(name)
    rows: Any = model.history.model.objects  # type: ignore[attr-defined]
    past = rows.filter(id=OuterRef("pk"), history_date__lte=moment).order_by("-history_date")
    return Coalesce(Subquery(past.values(name)[:1]), F(name))


def _day(moment: datetime) -> date:
    """The day in the zone of the installation: figures do not move with the reader."""
    return moment.astimezone(timezone.get_default_timezone()).date()


def cases_behind(
    question: Question, figure: str, *, user: User, tier: str = "", year: str = ""
) -> list[int]:
    """Keys of the cases behind a number that this person may read, newest first.

    `figure` is `all`, `kept` (not withdrawn), `first` (convicted at first instance) or a State.
    """
    known = facts(question, user).known_at(question.known_at)
    chosen = cohorts.members(known, question)
    if tier:
        chosen = [one for one in chosen if one.tier == tier]
        chosen = [one for one in chosen if question.covers_year(one.day.year)]
    else:
        chosen = cohorts.select(chosen, question)
    behind = {
        one.case
        for one in chosen
        if (not year or str(one.day.year) == year) and _is_in(one, figure)
    }
    visible = Case.objects.visible_to(user).values_list("pk", flat=True)
    return [pk for pk in visible if pk in behind]


def _is_in(member: cohorts.Member, figure: str) -> bool:
    if figure == "all":
        return True
    if figure == "kept":
        return member.now != State.WITHDRAWN
    if figure == "first":
        return member.first == State.CONVICTED
    return member.now == figure
