"""An entry of the audit trail in plain values, and the object and digest that are made of it.

Pure. Every column of the entry is in the object, so none can be edited behind the tree's back;
accounts and subjects are numbers of one database and enter as commitments (docs/custody-chain.md).
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from casework.ledger import format, merkle
from casework.ledger.event import INTEGER_LIMIT, timestamp

ENTRY_FORMAT = "casework-audit-entry/1"
ENTRY_TAG = b"casework audit entry v1\n"
AUDIT_LEAF = "audit-entry"
JSON = object  # what a JSON text can hold


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit trail as its row states it; `salt` is hex, "" for the oldest rows."""

    salt: str
    at: datetime
    actor: str
    actor_id: str  # "" where the system itself acted
    action: str
    case: str  # its reference, or ""
    subject_kind: str
    subject_id: str
    subject_text: str
    detail: JSON


def made(entry: Entry) -> format.Object:
    """The object that is hashed. ValueError where the salt is not hexadecimal."""
    salt = bytes.fromhex(entry.salt)

    def closed(field: str, number: str) -> str | None:
        return format.commitment(field, salt, number) if number else None

    subject = {
        "kind": entry.subject_kind,
        "text": _text(entry.subject_text),
        "id": closed("subject.id", entry.subject_id),
    }
    return {
        "format": ENTRY_FORMAT,
        "salt": entry.salt,
        "at": timestamp(entry.at),
        "actor": {"text": _text(entry.actor), "id": closed("actor.id", entry.actor_id)},
        "action": entry.action,
        "case": entry.case or None,
        "subject": subject if entry.subject_kind else None,
        "detail": plain(entry.detail),
    }


def digest(entry: Entry) -> bytes:
    """SHA-256 over the tag and the canonical bytes of the object."""
    return hashlib.sha256(ENTRY_TAG + format.canonical(made(entry))).digest()


def leaf(entry: Entry) -> bytes:
    """The hash by which the entry stands in the tree."""
    return merkle.leaf_hash(format.leaf_data(AUDIT_LEAF, digest(entry)))


def plain(value: JSON) -> JSON:
    """The value with one spelling only: fractions and large integers become strings.

    It refuses nothing: an odd detail must not keep every later record out of the tree.
    """
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        return {ascii(str(key))[1:-1]: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float) or (isinstance(value, int) and abs(value) >= INTEGER_LIMIT):
        return repr(value)
    return value if value is None or isinstance(value, bool | int) else _text(str(value))


def _text(text: str) -> str:
    """Half of a surrogate pair has no UTF-8: it reads as a question mark."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
