"""What every operation on a duty does: who may, and how a row is kept with its audit entry."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from casework import access, audit, roles, signals, stages
from casework.errors import NotAllowed, RuleBroken
from casework.models import Accused, Case, Hearing, Proceeding, User

WRITERS = (roles.EDIT, roles.PROSECUTE)


def begin(case: Case, actor: User) -> None:
    """Demand the right to write, and hold the case until the transaction ends."""
    access.require_one(actor, case, *WRITERS)
    stages.lock(case)


def read_again(row: Any) -> None:
    """The row as it stands under the lock, with the case as its writer was let into it. What was
    made sensitive since they opened it is theirs no more."""
    case = row.case
    row.refresh_from_db()
    row.case = case
    if getattr(row, "is_sensitive", False) and roles.SENSITIVE not in case.granted_actions:
        raise NotAllowed


def check_trust(case: Case, *, is_sensitive: bool) -> None:
    """Nobody hides what they could not read again."""
    if is_sensitive and roles.SENSITIVE not in case.granted_actions:
        told = _("You could not read this again. Write it without the tick.")
        raise RuleBroken(told, field="is_sensitive")


def check_of_case(case: Case, **rows: Accused | Proceeding | Hearing | None) -> None:
    """Accused, proceeding and hearing are those of the case."""
    for name, row in rows.items():
        owner = row.proceeding.case_id if isinstance(row, Hearing) else row and row.case_id
        if row is not None and owner != case.pk:
            raise RuleBroken(_("Choose one of this case."), field=name)


def save(row: Any, actor: User, action: str, *, reason: str = "", **detail: Any) -> None:
    """Check the row, write it with its history, and say so to the audit and to the index."""
    row.full_clean(validate_constraints=False)
    audit.sign(row, actor, reason)
    row.save()
    audit.record(action, actor=actor, case=row.case, subject=row, **detail)
    signals.changed.send(sender=type(row), instance=row)
