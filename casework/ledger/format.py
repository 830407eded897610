"""Canonical bytes, digests and commitments of the custody ledger (docs/custody-chain.md).

Pure. The same event gives the same bytes for ever: whoever changes a rule changes EVENT_FORMAT.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

EVENT_FORMAT = "casework-custody-event/1"
EVENT_TAG = b"casework custody event v1\n"
COMMITMENT_TAG = b"casework commitment v1\n"
LEAF_TAG = "casework leaf v1 {}\n"  # what the leaf stands for; the audit trail gets its own word
CUSTODY_LEAF = "custody-event"

SALT_BYTES = 32
PLAIN = (str, int, type(None))
INTEGER_LIMIT = 2**53  # from here on JSON readers disagree
TEXTS = ("place", "purpose", "authority", "note", "explanation")
PEOPLE = ("from", "to", "recorder")
KEYS = {
    *("format", "exhibit", "label", "sequence", "previous", "kind", "happened_at", "recorded_at"),
    *("seal_number", "seal_intact", "new_seal_number", "count", "weight_mg", "tolerance_mg"),
    *("scale", "files", "related", "answers", "corrects"),
    *TEXTS,
    *PEOPLE,
}

Object = dict[str, Any]
Openings = dict[str, dict[str, str]]


class FormatError(ValueError):
    """The value cannot be written in the ledger's format; the message names the place."""


class Mismatch(Exception):
    """A check failed: `part` names what, with the value that stands and the value re-computed."""

    def __init__(self, part: str, expected: object, computed: object) -> None:
        super().__init__(f"{part}: expected {expected}, found {computed}")
        self.part, self.expected, self.computed = part, str(expected), str(computed)


def canonical(value: object) -> bytes:
    """RFC 8785 bytes; FormatError for what the two could write differently."""
    _refuse(value, "value")
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise FormatError("a text holds half of a surrogate pair") from error


def _refuse(value: object, where: str) -> None:
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise FormatError(f"{where}: the key {key!r} is not ASCII")
            if not isinstance(item, str):
                _refuse(item, key)
    elif isinstance(value, list):
        for item in value:
            _refuse(item, where)
    elif isinstance(value, int) and abs(value) >= INTEGER_LIMIT:
        raise FormatError(f"{where}: the integer is 2^53 or more")
    elif not isinstance(value, PLAIN):
        raise FormatError(f"{where}: a {type(value).__name__} has no canonical form")


def commitment(field: str, salt: bytes, text: str) -> str:
    data = COMMITMENT_TAG + salt + field.encode() + b"\0" + text.encode()
    return hashlib.sha256(data).hexdigest()


def event_digest(event: Object) -> bytes:
    """SHA-256 over the tag and the canonical bytes; FormatError where the keys are not ours."""
    if set(event) != KEYS or event["format"] != EVENT_FORMAT:
        raise FormatError(f"not an event of {EVENT_FORMAT}")
    return hashlib.sha256(EVENT_TAG + canonical(event)).digest()


def leaf_data(kind: str, digest: bytes) -> bytes:
    """What the tree hashes as one leaf; the prefix keeps kinds of leaves apart."""
    return LEAF_TAG.format(kind).encode() + digest


def check_opening(event: Object, field: str, opening: Mapping[str, str]) -> None:
    """Raise Mismatch unless the disclosed text is the one that was committed to."""
    name, _, part = field.partition(".")
    if name not in TEXTS + PEOPLE or part != ("name" if name in PEOPLE else ""):
        raise Mismatch("opening", "a committed field", field)
    value = event[name][part] if part and event[name] else event[name]
    found = commitment(field, bytes.fromhex(opening["salt"]), opening["text"])
    if len(opening["salt"]) != 2 * SALT_BYTES or value != found:
        raise Mismatch(f"disclosed {field}", value, found)


def verify_chain(events: Sequence[Object]) -> list[bytes]:
    """The digests of one exhibit's events, oldest first; Mismatch names the first broken link."""
    digests: list[bytes] = []
    for number, event in enumerate(events, start=1):
        previous = digests[-1].hex() if digests else None
        expected = {"sequence": number, "exhibit": events[0]["exhibit"], "previous": previous}
        digests.append(event_digest(event))
        for key, value in expected.items():
            if event[key] != value:
                raise Mismatch(f"event {number}, {key}", value, event[key])
    return digests
