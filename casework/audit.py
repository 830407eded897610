"""The append-only record of who did, and who saw, what.

Writes call `record` inside their own transaction; reads of sensitive things call it once.
"""

import math
from typing import Any

from django.db import models

from casework import clock
from casework.models import AuditEntry, Case, User


def describe(user: User | None) -> str:
    """A person as the audit and the chain of custody name them: never by a database id."""
    if user is None:
        return "system"
    agency = user.agency.name if user.agency else ""
    parts = [user.get_full_name(), user.service_number, agency]
    return ", ".join(part for part in parts if part)[:300]


def sign(instance: models.Model, actor: User | None, reason: str = "") -> None:
    """Say who changes an object, and why, to its history; call before saving it."""
    instance._history_user = actor  # type: ignore[attr-defined]  # simple-history reads these
    instance._change_reason = reason[:100] or None  # type: ignore[attr-defined]
    instance._history_date = clock.now()  # type: ignore[attr-defined]


def record(
    action: str,
    *,
    actor: User | None,
    case: Case | None = None,
    subject: models.Model | None = None,
    **detail: Any,
) -> AuditEntry:
    """Append one entry. `action` is noun.verb; `detail` holds strings, numbers and lists only."""
    entry = AuditEntry(
        actor=actor,
        actor_text=describe(actor),
        action=action,
        case=case,
        subject_kind=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        subject_text=str(subject)[:300] if subject is not None else "",
        detail={name: _kept(value) for name, value in detail.items()},
    )
    entry.save()
    return entry


def _kept(value: Any) -> Any:
    """As JSON and every database keep it: an odd detail must not stop the act that it tells of."""
    if isinstance(value, dict):
        return {str(name): _kept(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_kept(item) for item in value]
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    text = str(value).replace("\x00", "")
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
