"""Reads entries of the audit trail as what the tree hashes, from their own columns."""

from collections.abc import Iterator
from typing import Any

from casework.ledger import audit_entry
from casework.ledger.audit_entry import Entry

COLUMNS = (
    *("pk", "salt", "at", "actor_text", "actor_id", "action", "case__reference"),
    *("subject_kind", "subject_id", "subject_text", "detail"),
)


def read(rows: Any) -> Iterator[tuple[int, Entry]]:
    """Key and entry of each row of a queryset of AuditEntry, in its order."""
    for pk, salt, at, actor, account, action, case, *subject, detail in rows.values_list(
        *COLUMNS
    ).iterator(chunk_size=2000):
        who = "" if account is None else str(account)
        kind, number, text = subject
        yield pk, Entry(salt, at, actor, who, action, case or "", kind, number, text, detail)


def leaves(rows: Any) -> Iterator[tuple[int, bytes]]:
    """Key and leaf of each row; ValueError where a column holds what no entry can."""
    return ((pk, audit_entry.leaf(entry)) for pk, entry in read(rows))
