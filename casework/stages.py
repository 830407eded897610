"""The stage a case is in: it follows from its court record and is never typed.

Every operation on the court record takes the case's row lock first and lets the stage follow last.
"""

from collections.abc import Sequence
from datetime import date

from django.db.models import Min, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import audit, clock, display, signals
from casework.errors import RuleBroken
from casework.models import Case, Charge, Outcome, Plea, Proceeding, User

EARLIEST_YEAR = 1900


def stage(
    decisions: Sequence[str | None], *, has_begun: bool, has_open_appeal: bool
) -> Case.Status | None:
    """The stage that the decisions in force on the filed charges mean; None before a charge."""
    if not decisions:
        return None
    if has_open_appeal:
        return Case.Status.APPEAL
    if all(decision and decision != Outcome.Decision.RETRIAL for decision in decisions):
        return Case.Status.CONCLUDED
    return Case.Status.TRIAL if has_begun or any(decisions) else Case.Status.CHARGED


def lock(case: Case) -> None:
    """Hold the case's row until the transaction ends, and read it as it stands now."""
    Case.objects.select_for_update().get(pk=case.pk)
    case.refresh_from_db()


def follow(case: Case, *, actor: User) -> None:
    """Bring the status of the case to what its court record says."""
    status = stage(
        _decisions(case),
        has_begun=Plea.objects.filter(charge__in=_filed(case)).exists(),
        has_open_appeal=_open_appeals(case).exists(),
    )
    is_closed = case.status == Case.Status.CLOSED and status == Case.Status.CONCLUDED
    if status is not None and not is_closed:
        set_status(case, status, actor=actor)


def _filed(case: Case) -> "QuerySet[Charge]":
    filed: QuerySet[Charge] = Charge.objects.filter(
        count__charge_sheet__proceeding__case=case, count__charge_sheet__filed_on__isnull=False
    )
    return filed


def _decisions(case: Case) -> list[str | None]:
    current = Outcome.objects.current().filter(charge=OuterRef("pk")).values("decision")[:1]
    rows = _filed(case).annotate(decision=Subquery(current))
    return list(rows.values_list("decision", flat=True))


def _open_appeals(case: Case) -> "QuerySet[Proceeding]":
    appeals: QuerySet[Proceeding] = Proceeding.objects.filter(
        case=case, kind=Proceeding.Kind.APPEAL, outcomes__isnull=True
    )
    return appeals


def set_status(case: Case, status: str, *, actor: User, reason: str = "") -> None:
    """Write another status, with its audit entry; the same status is no change."""
    if case.status == status:
        return
    before, case.status = case.status, status
    audit.sign(case, actor, reason)
    case.save()
    audit.record("case.status", actor=actor, case=case, subject=case, before=before, after=status)
    signals.changed.send(sender=Case, instance=case)


def seizure_day(case: Case) -> date | None:
    """The day of the first seizure, in the reader's zone."""
    first = case.seizures.aggregate(first=Min("seized_at"))["first"]
    return timezone.localtime(first).date() if first else None


def check_day(
    day: date,
    *,
    field: str,
    after: date | None = None,
    after_what: StrOrPromise = "",
    may_be_ahead: bool = False,
) -> None:
    """Refuse a day that has not come, that is no year, or that lies before what it rests on."""
    if day.year < EARLIEST_YEAR:
        raise RuleBroken(_("Write the year with four digits."), field=field)
    today = clock.today()
    if day > today and not may_be_ahead:
        raise RuleBroken(
            _("This lies in the future. Today is %(today)s.") % {"today": display.day(today)},
            field=field,
        )
    if after is not None and day < after:
        raise RuleBroken(
            _("This lies before %(what)s, %(day)s. Check both dates.")
            % {"what": after_what, "day": display.day(after)},
            field=field,
        )


def check_after_seizure(case: Case, day: date, *, field: str) -> None:
    """Refuse a day before the first seizure of the case or in the future."""
    check_day(day, field=field, after=seizure_day(case), after_what=_("the seizure"))
