"""What every operation on a part of a consignment ends with: checked, signed, saved and told."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import audit, clock, signals
from casework.errors import RuleBroken
from casework.models import Case, User
from kyc.diligence import statements
from kyc.models import Consignment
from kyc.ties import matches


def save(row: models.Model, actor: User, reason: str = "") -> None:
    """Raises RuleBroken with the field that is wrong."""
    try:
        row.full_clean()
    except ValidationError as wrong:
        field, messages = next(iter(wrong.message_dict.items()))
        raise RuleBroken(messages[0], field=field) from wrong
    audit.sign(row, actor, reason)
    row.save()


def told(action: str, consignment: Consignment, actor: User, **detail: Any) -> None:
    """Say it to the audit and the index, and look whether another case has the same numbers."""
    case = consignment.seizure.case
    audit.record(action, actor=actor, case=case, subject=consignment, **detail)
    signals.changed.send(sender=Consignment, instance=consignment)
    matches.look(consignment)


def not_ahead(moment: datetime | None, field: str) -> None:
    if moment and moment > clock.now():
        raise RuleBroken(_("This moment has not come yet. Check date and time."), field=field)


def own_paper(attachment: Any, case: Case, actor: User) -> None:
    """The paper is a file of this case that each of its readers may open."""
    if attachment is not None and attachment not in statements.open_files(actor, [case]):
        raise RuleBroken(
            _("Choose a file of this case that all its readers may open."), field="attachment"
        )


def put(row: models.Model, allowed: tuple[str, ...], values: dict[str, Any]) -> list[str]:
    """Set the named fields; the names of those that are new. An unknown one is a wrong call."""
    unknown = values.keys() - set(allowed)
    if unknown:
        raise TypeError(f"not fields of {type(row).__name__}: {sorted(unknown)}")
    new = [name for name, value in values.items() if getattr(row, name) != value]
    for name, value in values.items():
        setattr(row, name, value)
    return sorted(new)
