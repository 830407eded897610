"""Operations on what an accused admits: recorded once, replaced or taken back by a later row."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles, signals, stages
from casework.errors import RuleBroken
from casework.models import Accused, Admission, User


@transaction.atomic
def record(
    accused: Accused, *, what: str, made_on: date, actor: User, kind: str = "agreed"
) -> Admission:
    """A fact that this accused admits; it proves nothing against a co-accused."""
    access.require(actor, accused.case, roles.PROSECUTE)
    stages.lock(accused.case)
    row = Admission(case=accused.case, accused=accused, what=what, made_on=made_on, kind=kind)
    return _save(row, actor, "admission.record")


@transaction.atomic
def replace(
    admission: Admission, *, what: str, made_on: date, correction: str, actor: User, kind: str = ""
) -> Admission:
    """Another wording in the place of an earlier one; both stay on record."""
    _require(admission, correction, actor)
    row = Admission(
        case=admission.case, accused=admission.accused, what=what, made_on=made_on,
        kind=kind or admission.kind, supersedes=admission, correction=correction,
    )  # fmt: skip
    return _save(row, actor, "admission.replace")


@transaction.atomic
def take_back(admission: Admission, *, correction: str, actor: User) -> Admission:
    """The accused no longer admits it, or it was recorded by mistake; it stays on record."""
    _require(admission, correction, actor)
    row = Admission(
        case=admission.case, accused=admission.accused, what=admission.what,
        made_on=admission.made_on, kind=admission.kind, supersedes=admission,
        correction=correction, is_withdrawn=True,
    )  # fmt: skip
    return _save(row, actor, "admission.take_back")


def _require(admission: Admission, correction: str, actor: User) -> None:
    access.require(actor, admission.case, roles.PROSECUTE)
    stages.lock(admission.case)
    if not Admission.objects.standing().filter(pk=admission.pk).exists():
        raise RuleBroken(_("This was replaced already. Open the admission that stands."))
    if not correction.strip():
        raise RuleBroken(_("Say what was wrong. Both stay on record."), field="correction")


def _save(row: Admission, actor: User, action: str) -> Admission:
    stages.check_after_seizure(row.case, row.made_on, field="made_on")
    if not row.what.strip():
        raise RuleBroken(_("Write the fact that is admitted."), field="what")
    row.recorded_by, row.recorded_at = actor, clock.now()
    row.full_clean(exclude=["recorded_by"])
    row.save()
    audit.record(action, actor=actor, case=row.case, subject=row)
    signals.changed.send(sender=Admission, instance=row)
    return row
