"""Proceedings that stand still, and signs that somebody wants them to: plain sentences.

The thresholds are constants with their reasons; docs/hearings.md repeats them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework import access, clock, display
from casework.models import (
    Appearance,
    Case,
    Charge,
    Code,
    Hearing,
    Outcome,
    PresidingChange,
    Proceeding,
)

QUIET_DAYS = 90  # a mention every month or two is usual; three months without one is not
SAME_CAUSE = 3  # once is chance, twice is a warning, three times in a row is a pattern
ABSENCES = 3  # the same, for hearings lost in a row because witnesses did not come
CHANGES = 2  # one transfer is ordinary; with the second the trial has had three magistrates
LONG_AGO = datetime(1900, 1, 1, tzinfo=timezone.get_default_timezone())
IN_COURT = (Case.Status.CHARGED, Case.Status.TRIAL, Case.Status.APPEAL)
State = Hearing.State


@dataclass(frozen=True)
class Sign:
    """One reason to look: its mark, the sentence, and whether it may be no accident."""

    mark: str
    text: str
    is_suspicious: bool = False


@dataclass(frozen=True)
class Stalled:
    proceeding: Proceeding
    signs: tuple[Sign, ...]


def pending(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The proceedings in which something is still to be decided."""
    decided = Outcome.objects.filter(charge=OuterRef("pk"), superseded_by__isnull=True)
    retrials = Proceeding.objects.filter(
        parent=OuterRef("proceeding"), kind=Proceeding.Kind.RETRIAL
    )
    decided = decided.filter(~Q(decision=Outcome.Decision.RETRIAL) | Q(Exists(retrials)))
    charges = Charge.objects.filter(
        Q(tried_in=OuterRef("pk"))
        | Q(tried_in__isnull=True, count__charge_sheet__proceeding=OuterRef("pk")),
        count__charge_sheet__filed_on__isnull=False,
    )
    sent_back = Outcome.objects.filter(
        proceeding=OuterRef("parent"), decision=Outcome.Decision.RETRIAL,
        superseded_by__isnull=True,
    )  # fmt: skip
    is_open = (
        Q(~Exists(Outcome.objects.filter(proceeding=OuterRef("pk"))), kind=Proceeding.Kind.APPEAL)
        | Q(Exists(charges.filter(~Exists(decided))), kind=Proceeding.Kind.TRIAL)
        | Q(Exists(sent_back), kind=Proceeding.Kind.RETRIAL)
    )
    found: QuerySet[Any] = rows.filter(is_open, case__status__in=IN_COURT)
    return found


def annotate(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The same proceedings with what `signs` reads: subqueries, so that a page is one query."""
    own = Hearing.objects.filter(proceeding=OuterRef("pk")).order_by()
    ahead = own.filter(state=State.LISTED, starts_at__gte=clock.now())
    past = own.filter(state__in=(State.HELD, State.ADJOURNED))
    last = past.order_by("-starts_at", "-pk")
    absent = past.filter(state=State.ADJOURNED, side="witness")
    other_cause = past.exclude(state=State.ADJOURNED, adjournment_reason=OuterRef("last_cause"))
    changes = PresidingChange.objects.filter(proceeding=OuterRef("pk")).order_by()
    found: QuerySet[Any] = rows.annotate(
        next_at=Subquery(ahead.order_by("starts_at").values("starts_at")[:1]),
        last_at=Subquery(last.values("starts_at")[:1]),
        last_cause=Subquery(last.values("adjournment_reason")[:1]),
    ).annotate(
        cause_broke_at=Coalesce(_newest(other_cause), Value(LONG_AGO)),
        absence_broke_at=Coalesce(
            _newest(past.exclude(state=State.ADJOURNED, side="witness")), Value(LONG_AGO)
        ),
    ).annotate(
        same_cause=_number(past.filter(
            adjournment_reason=OuterRef("last_cause"), starts_at__gt=OuterRef("cause_broke_at")
        )),
        absences=_number(absent.filter(starts_at__gt=OuterRef("absence_broke_at"))),
        changes=_number(changes),
    )  # fmt: skip
    return found


def _newest(rows: QuerySet[Any]) -> Subquery:
    return Subquery(rows.order_by("-starts_at").values("starts_at")[:1])


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.values("proceeding").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def of(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of these proceedings that have at least one sign, the longest silent first."""
    silent_since = clock.now() - timedelta(days=QUIET_DAYS)
    found = annotate(pending(rows)).filter(
        Q(next_at__isnull=True)
        | Q(last_at__lt=silent_since)
        | Q(last_at__isnull=True, opened_on__lt=silent_since.date())
        | Q(same_cause__gte=SAME_CAUSE)
        | Q(absences__gte=ABSENCES)
        | Q(changes__gte=CHANGES)
    )
    return found.select_related("court", "case", "prosecutor").order_by(
        F("last_at").asc(nulls_first=True), "pk"
    )


def visible_to(user: access.Reader) -> QuerySet[Any]:
    return of(Proceeding.objects.visible_to(user))


def told(rows: Iterable[Any]) -> list[Stalled]:
    """Each of a page of annotated proceedings with its sentences."""
    found = list(rows)
    causes = Code.objects.in_bulk({row.last_cause for row in found if row.last_cause})
    return [Stalled(row, tuple(signs(row, causes))) for row in found]


def signs(row: Any, causes: dict[int, Code]) -> Iterator[Sign]:
    """The sentences of one annotated proceeding, the gravest first."""
    if row.same_cause >= SAME_CAUSE:
        text = _("Adjourned %(n)d times in a row for the same cause: %(cause)s.")
        yield Sign("cross", text % {"n": row.same_cause, "cause": causes[row.last_cause]}, True)
    if row.absences >= ABSENCES:
        text = _("Witnesses did not come to %(n)d hearings in a row.") % {"n": row.absences}
        yield Sign("cross", text, True)
    if row.changes >= CHANGES:
        text = _("The magistrate changed %(n)d times.") % {"n": row.changes}
        yield Sign("half", text, True)
    if row.next_at is None:
        yield Sign("open", _("No hearing is listed."))
    if (days := _silent(row)) >= QUIET_DAYS:
        yield Sign("open", _no_step(row, days))


def _silent(row: Any) -> int:
    """Days since the last thing that happened in court, or since the file was opened."""
    last: date = timezone.localtime(row.last_at).date() if row.last_at else row.opened_on
    return (clock.today() - last).days


def _no_step(row: Any, days: int) -> str:
    said = ngettext("No step for %(n)s day", "No step for %(n)s days", days) % {"n": f"{days:,}"}
    if row.last_at is None:
        return _("%(said)s: nothing happened since the file was opened.") % {"said": said}
    day = display.day(row.last_at)
    return _("%(said)s: the last one was on %(day)s.") % {"said": said, "day": day}


def absent_in_a_row(proceeding: Proceeding, case: Case) -> Iterator[Sign]:
    """Witnesses of this file, by name, who did not come the last three times they were to."""
    rows = Appearance.objects.of_case(case).filter(
        hearing__proceeding=proceeding, role=Appearance.Role.WITNESS, witness__isnull=False
    )
    runs: dict[Any, int] = {}
    for row in rows.select_related("witness").order_by("hearing__starts_at", "pk"):
        runs[row.witness] = 0 if row.has_appeared else runs.get(row.witness, 0) + 1
    for witness, number in runs.items():
        if number >= ABSENCES:
            text = _("%(who)s did not come %(n)d times in a row.")
            yield Sign("cross", text % {"who": witness, "n": number}, True)
