"""The stage a case is in: it follows from its court record and is never typed.

Every operation on the court record takes the case's row lock first and lets the stage follow last.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import audit, clock, display, signals
from casework.errors import RuleBroken
from casework.holding import read_again
from casework.models import Case, User
from casework.procedure import record
from casework.procedure.states import APPEALED, OPEN, State

EARLIEST_YEAR = 1900


def stage(states: Iterable[State]) -> Case.Status | None:
    """The stage that the states of all charges of a case mean; None before a charge is filed.

    While a trial has still to decide on anybody, the case is on trial, whatever is on appeal.
    """
    filed = [state for state in states if state not in (State.DRAFTED, State.SUBSTITUTED)]
    if not filed:
        return None
    if any(state in OPEN for state in filed):
        return Case.Status.TRIAL if set(filed) != {State.FILED} else Case.Status.CHARGED
    if any(state in APPEALED for state in filed):
        return Case.Status.APPEAL
    return Case.Status.CONCLUDED


def lock(case: Case) -> None:
    """Hold the case until the transaction ends, and read it as it stands now."""
    read_again(case)


def follow(case: Case, *, actor: User) -> None:
    """Bring the status of the case to what its court record says."""
    status = stage(record.states_of(case).values())
    is_closed = case.status == Case.Status.CLOSED and status == Case.Status.CONCLUDED
    if status is not None and not is_closed:
        set_status(case, status, actor=actor)


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
