"""Reads the history of a case as changes: which field, from what, to what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casework.models import Case

TOLD = (
    "title", "summary", "tier", "status", "confidentiality", "lead_officer", "occurrence_book",
    "police_file", "prosecution_file", "court_file",
)  # fmt: skip


@dataclass(frozen=True)
class FieldChange:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    at: datetime
    by: str
    reason: str
    is_first: bool
    fields: tuple[FieldChange, ...]


def of(case: Case) -> list[Change]:
    """All changes that can be told, newest first, in one query."""
    rows = list(
        case.history.select_related("history_user", "lead_officer").order_by(
            "-history_date", "-history_id"
        )
    )
    earlier: list[Any] = [*rows, None][1:]
    told = [_change(row, before) for row, before in zip(rows, earlier, strict=True)]
    return [change for change in told if change.is_first or change.fields]


def _change(row: Any, before: Any) -> Change:
    changed = () if before is None else tuple(_fields(row, before))
    by = row.history_user.get_full_name() if row.history_user else ""
    return Change(row.history_date, by, row.history_change_reason or "", before is None, changed)


def _fields(row: Any, before: Any) -> list[FieldChange]:
    found = []
    for name in TOLD:
        was, now = _word(before, name), _word(row, name)
        if was != now:
            label = str(Case._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            found.append(FieldChange(label, was, now))
    return found


def _word(row: Any, name: str) -> str:
    display = getattr(row, f"get_{name}_display", None)
    return str(display() if display else getattr(row, name) or "")
