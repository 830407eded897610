"""Holds: a case says that it needs an exhibit, its own or another case's, and until when.

Who places one works on the case that needs it and sees the exhibit; the other case need not know
which case that is.
"""

from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles, signals
from casework.errors import RuleBroken
from casework.holding import read_again
from casework.models import Case, User
from evidence.in_court import lock
from evidence.models import CustodyEvent, Exhibit, ExhibitHold

WORKERS = (roles.EDIT, roles.PROSECUTE)


def cases_of(user: User) -> Any:
    """The cases for which this person may place a hold."""
    keys = [Case.objects.permitting(user, action).values("pk") for action in WORKERS]
    return (Case.objects.filter(pk__in=keys[0]) | Case.objects.filter(pk__in=keys[1])).order_by(
        "-changed_at"
    )


@transaction.atomic
def place(exhibit: Exhibit, *, case: Case, reason: str, actor: User) -> ExhibitHold:
    """Keep it for a case. A destruction that is being confirmed is over first, or sees this."""
    if not cases_of(actor).filter(pk=case.pk).exists():
        raise RuleBroken(_("Choose a case that you work on."), field="case")
    lock.hold(exhibit)
    if not Exhibit.objects.visible_to(actor).filter(pk=exhibit.pk).exists():
        raise Http404
    if not reason.strip():
        raise RuleBroken(_("Say why it must be kept."), field="reason")
    exhibit.refresh_from_db(fields=["holder"])
    out = exhibit.custody.filter(kind=CustodyEvent.Kind.HANDED_OUT, answer__isnull=True)
    if exhibit.holder_id is None and not out.exists():
        raise RuleBroken(_("Nobody holds it any more: it was returned or disposed of."))
    row = ExhibitHold(
        exhibit=exhibit, case=case, reason=reason.strip(), placed_by=actor, placed_at=clock.now()
    )
    return _save(row, actor, "hold.place")


@transaction.atomic
def release(row: ExhibitHold, *, why: str, actor: User) -> ExhibitHold:
    """The case that needed it needs it no more."""
    access.require_one(actor, row.case, *WORKERS)
    read_again(row)
    if row.released_at is not None:
        raise RuleBroken(_("It was released already."))
    if not why.strip():
        raise RuleBroken(_("Say why it is needed no more."), field="why")
    row.released_by, row.released_at, row.released_why = actor, clock.now(), why.strip()
    return _save(row, actor, "hold.release")


def _save(row: ExhibitHold, actor: User, action: str) -> ExhibitHold:
    """On record in the case that needs it; the exhibit's own case learns only that it is needed."""
    row.full_clean(exclude=["released_by", "released_at"])
    audit.sign(row, actor)
    row.save()
    own = row.exhibit if row.exhibit.case_id == row.case_id else None  # else it names a case
    audit.record(action, actor=actor, case=row.case, subject=own, hold=row.pk, reason=row.reason)
    signals.changed.send(sender=Exhibit, instance=row.exhibit)
    return row
