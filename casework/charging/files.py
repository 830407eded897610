"""Files on their way to court, as a manager asks: how many in each stage, how long, and which.

Numbers are of all cases of the agency for whoever holds its figures; the list and all links hold
only cases that the reader may open.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import (
    Case as Choose,
)
from django.db.models import (
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import access, clock, figures, roles
from casework.charging.stage import MARKS, Stage
from casework.models import Agency, Case, Submission, SubmissionQuery, User

ON_THE_WAY = (
    Case.Status.RECORDED, Case.Status.INQUIRY, Case.Status.SUBMITTED, Case.Status.RETURNED,
    Case.Status.NOT_CHARGED,
)  # fmt: skip
TIMES_OF = timedelta(days=365)  # how far back the times look
FEWEST = 5  # of fewer no time in the middle is shown
Decision = Submission.Decision
BACK = "back"
STEPS: dict[str, StrOrPromise] = {
    str(Decision.ACCEPTED): _("Until accepted"),
    str(Decision.RETURNED): _("Until returned with queries"),
    str(Decision.REFUSED): _("Until refused"),
    BACK: _("With the investigator, until sent again"),
}


def counts_agency(user: User) -> bool:
    """Whether the numbers are of the whole agency and not only of what this person may read."""
    return bool(user.agency_id) and access.holds(user, roles.VIEW_STATISTICS)


def listed(
    user: User, *, stage: str = "", agency: Agency | None = None, prosecutor: User | None = None
) -> "QuerySet[Any]":
    """The files this person may open, those that wait longest first."""
    rows = _narrowed(Case.objects.visible_to(user), agency, prosecutor)
    if stage:
        rows = rows.filter(stage=stage)
    found: QuerySet[Any] = rows.select_related("agency", "lead_officer").order_by("since", "pk")
    return found


def _narrowed(cases: "QuerySet[Case]", agency: Agency | None, prosecutor: User | None) -> Any:
    rows = _staged(cases.filter(status__in=ON_THE_WAY))
    if agency is not None:
        rows = rows.filter(agency=agency)
    if prosecutor is not None:
        rows = rows.filter(sent_to=prosecutor.pk)
    return rows


def _staged(cases: "QuerySet[Case]") -> Any:
    """Each case with `stage`, `since` and `sent_to`, all from the last time its file was sent."""
    last = Submission.objects.filter(case=OuterRef("pk")).order_by("-submitted_at", "-pk")
    queries = SubmissionQuery.objects.filter(submission=OuterRef("last")).order_by()
    unanswered = queries.filter(answered_at__isnull=True)
    answered = queries.values("submission").annotate(at=Max("answered_at")).values("at")
    rows: Any = cases.annotate(
        last=Subquery(last.values("pk")[:1]),
        decision=Subquery(last.values("decision")[:1]),
        sent_to=Subquery(last.values("prosecutor")[:1]),
        sent_at=Subquery(last.values("submitted_at")[:1]),
        decided_at=Subquery(last.values("decided_at")[:1]),
        answered_at=Subquery(answered[:1], output_field=DateTimeField()),
        has_open=Exists(unanswered),
    )
    stage = Choose(
        When(decision=Decision.WAITING, then=Value(Stage.WAITING)),
        When(decision=Decision.RETURNED, has_open=False, answered_at__isnull=False,
             then=Value(Stage.ANSWERED)),
        When(decision=Decision.RETURNED, then=Value(Stage.RETURNED)),
        When(decision=Decision.ACCEPTED, then=Value(Stage.ACCEPTED)),
        When(decision=Decision.REFUSED, then=Value(Stage.REFUSED)),
        default=Value(Stage.INVESTIGATED),
        output_field=CharField(),
    )  # fmt: skip
    since = Choose(
        When(decision=Decision.WAITING, then=F("sent_at")),
        When(decision=Decision.RETURNED, has_open=False, then=F("answered_at")),
        default=Coalesce("decided_at", "sent_at", "created_at"),
        output_field=DateTimeField(),
    )
    return rows.annotate(stage=stage, since=Coalesce(since, "decided_at", "created_at"))


@dataclass(frozen=True)
class File:
    """A line of the list."""

    case: Any  # with what _staged annotates
    prosecutor: User | None
    stage: Stage
    waiting: timedelta

    @property
    def mark(self) -> str:
        return MARKS[self.stage]


def told(rows: Iterable[Any]) -> list[File]:
    """The lines of a page; one query for the names of the prosecutors."""
    rows = list(rows)
    people = User.objects.in_bulk({row.sent_to for row in rows if row.sent_to})
    now = clock.now()
    return [File(row, people.get(row.sent_to), Stage(row.stage), now - row.since) for row in rows]


@dataclass(frozen=True)
class StageLine:
    """How many files are in a stage, and how long the oldest has been."""

    stage: Stage
    number: int
    oldest: timedelta | None

    @property
    def mark(self) -> str:
        return MARKS[self.stage] if self.number else "later"


def by_stage(
    user: User, *, agency: Agency | None = None, prosecutor: User | None = None
) -> list[StageLine]:
    """All stages in their order with what is in them, as far as this person may count."""
    rows = _narrowed(figures.scope(user).order_by(), agency, prosecutor)
    found: dict[str, tuple[int, datetime]] = {
        name: (number, first)
        for name, number, first in rows.values("stage")
        .annotate(number=Count("pk"), first=Min("since"))
        .values_list("stage", "number", "first")
    }
    now = clock.now()
    return [
        StageLine(one, found[one][0], now - found[one][1]) if one in found
        else StageLine(one, 0, None)
        for one in Stage
    ]  # fmt: skip


@dataclass(frozen=True)
class Time:
    """How long a step took lately: how many, the one in the middle, the longest."""

    label: str
    number: int
    middle: timedelta | None
    longest: timedelta | None


def times(
    user: User, *, agency: Agency | None = None, prosecutor: User | None = None
) -> list[Time]:
    """What each decision took in the last year, and how long a returned file stayed away."""
    cases = figures.scope(user)
    if agency is not None:
        cases = cases.filter(agency=agency)
    rows = Submission.objects.filter(case__in=cases.values("pk"))
    if prosecutor is not None:
        rows = rows.filter(prosecutor=prosecutor)
    again = (
        Submission.objects.filter(case=OuterRef("case"), submitted_at__gt=OuterRef("submitted_at"))
        .order_by("submitted_at")
        .values("submitted_at")[:1]
    )
    recent = rows.filter(decided_at__gte=clock.now() - TIMES_OF).order_by()
    values = recent.annotate(again=Subquery(again)).values_list(
        "decision", "submitted_at", "decided_at", "again"
    )
    taken: dict[str, list[timedelta]] = {str(one): [] for one in STEPS}
    for decision, sent, decided, back in values:
        assert decided is not None  # noqa: S101  # the query asks for decided ones
        taken[decision].append(decided - sent)
        if decision == Decision.RETURNED and back:
            taken[BACK].append(back - decided)
    return [_time(step, taken[step]) for step in STEPS]


def _time(step: str, taken: list[timedelta]) -> Time:
    if not taken:
        return Time(str(STEPS[step]), 0, None, None)
    seconds = median(one.total_seconds() for one in taken)
    middle = timedelta(seconds=seconds) if len(taken) >= FEWEST else None
    return Time(str(STEPS[step]), len(taken), middle, max(taken))
