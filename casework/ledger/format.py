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
CUSTODY_LEAF = "custody-event"
SALT_BYTES = 32
TEXTS = ("place", "purpose", "authority", "note", "explanation")
PEOPLE = ("from", "to", "recorder")
KEYS = {
    *("format", "exhibit", "label", "sequence", "previous", "kind", "happened_at", "recorded_at"),
    *("seal_number", "seal_intact", "new_seal_number", "count", "weight_mg", "tolerance_mg"),
    *("scale", "files", "related", "answers", "corrects", *TEXTS, *PEOPLE),
}
Object = dict[str, Any]
Openings = dict[str, dict[str, str]]


class Mismatch(Exception):
    """A check failed: `part` names what, with the value that stands and the value re-computed."""

    def __init__(self, part: str, expected: object, computed: object) -> None:
        super().__init__(f"{part}: expected {expected}, found {computed}")
        self.part, self.expected, self.computed = part, str(expected), str(computed)


def canonical(value: object) -> bytes:
    """The only way to write a value as JSON (RFC 8785), so that all readers hash the same bytes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def event_digest(event: Object) -> bytes:
    """What the next event and the tree know this event by: a changed letter gives another one."""
    if set(event) != KEYS or event["format"] != EVENT_FORMAT:
        raise Mismatch("event", f"the keys of {EVENT_FORMAT}", "others")
    return hashlib.sha256(EVENT_TAG + canonical(event)).digest()


def leaf_data(kind: str, digest: bytes) -> bytes:
    """What the tree hashes as one leaf: a record of one kind is never taken for another."""
    return f"casework leaf v1 {kind}\n".encode() + digest


def commitment(field: str, salt: bytes, text: str) -> str:
    """Stands in the event for a name or text: it tells nothing, and fits no other text."""
    data = COMMITMENT_TAG + salt + field.encode() + b"\0" + text.encode()
    return hashlib.sha256(data).hexdigest()


def commitments(event: Object) -> dict[str, str]:
    """The commitments of an event by field, such as `place` and `to.name`."""
    people = {f"{name}.name": event[name]["name"] for name in PEOPLE if event[name]}
    return people | {name: event[name] for name in TEXTS if event[name]}


def check_opening(event: Object, field: str, opening: Mapping[str, str]) -> None:
    """Proves that the disclosed text is the one that was recorded."""
    stands = commitments(event).get(field, "no text in this field")
    found = commitment(field, bytes.fromhex(opening["salt"]), opening["text"])
    if len(opening["salt"]) != 2 * SALT_BYTES or stands != found:
        raise Mismatch(f"disclosed {field}", stands, found)


def verify_chain(events: Sequence[Object]) -> list[bytes]:
    """Proves that an exhibit's events follow one another without a gap; returns their digests."""
    digests: list[bytes] = []
    for number, event in enumerate(events, start=1):
        previous = digests[-1].hex() if digests else None
        expected = {"sequence": number, "exhibit": events[0]["exhibit"], "previous": previous}
        digests.append(event_digest(event))
        for key, value in expected.items():
            if event[key] != value:
                raise Mismatch(f"event {number}, {key}", value, event[key])
    return digests
