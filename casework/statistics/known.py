"""Tables as they were known at a past moment, from the histories of what people may edit.

Nothing changed since (the usual question): the table itself, and no history is read.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from casework.models import Case, Hearing, Proceeding, SeizedItem, Seizure
from casework.statistics import engine

EDITED: dict[str, Any] = {
    "cases": Case,
    "seizures": Seizure,
    "items": SeizedItem,
    "proceedings": Proceeding,
    "hearings": Hearing,
}
COLUMNS = {
    "cases": ("id", "tier", "status", "agency_id", "created_at"),
    "seizures": ("id", "case_id", "seized_at", "port_id", "recorded_at"),
    "items": ("id", "seizure_id", "taxon_id"),
    "proceedings": ("id", "case_id", "court_id"),
    "hearings": ("id", "proceeding_id", "starts_at", "state", "adjournment_reason_id", "side"),
}


def changed_since(moment: datetime, names: Iterable[str]) -> frozenset[str]:
    """Those of the tables in which anything was written after the moment: one query."""
    asked = list(names)
    tables = [_history(name) for name in asked]
    tests = ", ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE history_date > %(known)s)" for table in tables
    )
    (found,) = engine.rows(f"SELECT {tests}", {"known": moment})  # our own tables
    return frozenset(name for name, is_changed in zip(asked, found, strict=True) if is_changed)


def table(name: str, changed: frozenset[str]) -> str:
    """What stands after FROM: the table, or its rows as known at `known`.

    A row without any history (a bulk import) is taken as known whenever it is asked for.
    """
    if name not in changed:
        return str(EDITED[name]._meta.db_table)
    columns, history = ", ".join(COLUMNS[name]), _history(name)
    later = f"SELECT id FROM {history} WHERE history_date > %(known)s"
    return f"""(
        SELECT {columns} FROM {EDITED[name]._meta.db_table} WHERE id NOT IN ({later})
        UNION ALL
        SELECT {columns} FROM (
            SELECT {columns}, history_type, row_number() OVER (
                PARTITION BY id ORDER BY history_date DESC, history_id DESC
            ) AS place
            FROM {history} WHERE history_date <= %(known)s AND id IN ({later})
        ) AS versions WHERE place = 1 AND history_type <> '-'
    )"""  # our own names; values are parameters


def _history(name: str) -> str:
    return str(EDITED[name].history.model._meta.db_table)
