"""Copies of a file from medium to medium on its way into the store.

A row is never changed: a wrong one is followed by a right one, or by one that takes it back.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework import access, roles
from casework.errors import Conflict, RuleBroken
from casework.models import User
from evidence.filestore import origins
from evidence.models import Attachment, CopyHop


@dataclass(frozen=True)
class Copy:
    """One copy from a medium to another."""

    from_medium: str
    to_medium: str
    person: str
    happened_at: datetime
    device: str = ""
    device_serial: str = ""
    method: str = ""
    digest_before: str = ""
    digest_after: str = ""
    note: str = ""


def record(attachment: Attachment, copy: Copy, *, actor: User) -> CopyHop:
    """Record a copy from one medium to the next."""
    access.require(actor, attachment.case, roles.EXHIBIT)
    values = _checked(copy)
    with transaction.atomic():
        origins.lock(attachment)
        position = CopyHop.objects.filter(attachment=attachment, supersedes=None).count() + 1
        row = CopyHop(attachment=attachment, position=position, recorded_by=actor, **values)
        return origins.append(row, "file.copy", actor)


def correct(hop: CopyHop, copy: Copy, *, actor: User) -> CopyHop:
    """Put a right row after a wrong one; both stay. Raises Conflict when somebody else did."""
    access.require(actor, hop.attachment.case, roles.EXHIBIT)
    return _follow(hop, "file.copy.correct", actor, **_checked(copy))


def withdraw(hop: CopyHop, *, reason: str, actor: User) -> CopyHop:
    """Say that this copy was never made."""
    access.require(actor, hop.attachment.case, roles.EXHIBIT)
    if not reason.strip():
        raise RuleBroken(_("Say why it is taken back."), field="note")
    values = {name: getattr(hop, name) for name in Copy.__dataclass_fields__}
    values |= {"note": reason, "is_withdrawn": True}
    return _follow(hop, "file.copy.withdraw", actor, **values)


@transaction.atomic
def _follow(hop: CopyHop, action: str, actor: User, **values: Any) -> CopyHop:
    origins.lock(hop.attachment)
    if CopyHop.objects.filter(supersedes=hop).exists():
        raise Conflict(_("This copy was corrected already. Read it again, then decide."))
    row = CopyHop(
        attachment=hop.attachment,
        supersedes=hop,
        position=hop.position,
        recorded_by=actor,
        **values,
    )
    return origins.append(row, action, actor)


def _checked(copy: Copy) -> dict[str, Any]:
    origins.refuse_future(copy.happened_at, "happened_at")
    names = ("digest_before", "digest_after")
    return {
        **vars(copy),
        **{name: origins.tidy_digest(getattr(copy, name), name) for name in names},
    }
