"""Digests of audit entries straight from the columns, as ledger.audit_entry gives them.

Raises DOUBTS for a row that is not plainly in order: the slow way decides. Imports no Django.
"""

import json
from hashlib import sha256
from json.encoder import encode_basestring as quoted
from typing import Final

from casework.ledger import audit_entry, format
from evidence.ledger_check.digests import Row
from evidence.ledger_check.values import stamp

COLUMNS: Final = (
    *("salt", "at", "actor_text", "actor_id", "action"),
    *("subject_kind", "subject_id", "subject_text", "detail"),
)
MOST_DETAILS: Final = 20_000


class Details(dict[str, str]):
    """Canonical JSON of what the database has as JSON; most entries say the same few things."""

    def __missing__(self, text: str) -> str:
        if len(self) >= MOST_DETAILS:
            self.clear()
        made = format.canonical(audit_entry.plain(json.loads(text))).decode()
        self[text] = made
        return made


DETAILS = Details()


def canonical(row: Row) -> str:
    """`row` begins as COLUMNS, then the reference of the case."""
    salt_text, at, actor, actor_id, action, kind, subject_id, subject, detail, case = row[:10]
    salt = bytes.fromhex(salt_text)
    who = about = "null"
    if actor_id is not None:
        who = _closed(b"actor.id", salt, str(actor_id))
    if kind:
        number = _closed(b"subject.id", salt, subject_id) if subject_id else "null"
        about = f'{{"id":{number},"kind":{quoted(kind)},"text":{quoted(subject)}}}'
    return (
        f'{{"action":{quoted(action)},'
        f'"actor":{{"id":{who},"text":{quoted(actor)}}},'
        f'"at":"{stamp(at)}",'
        f'"case":{quoted(case) if case else "null"},'
        f'"detail":{DETAILS[detail]},'
        f'"format":"{audit_entry.ENTRY_FORMAT}",'
        f'"salt":{quoted(salt_text)},'
        f'"subject":{about}}}'
    )


def _closed(field: bytes, salt: bytes, text: str) -> str:
    data = format.COMMITMENT_TAG + salt + field + b"\0" + text.encode()
    return f'"{sha256(data).hexdigest()}"'


def digest(row: Row) -> bytes:
    return sha256(audit_entry.ENTRY_TAG + canonical(row).encode()).digest()
