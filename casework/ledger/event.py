"""A custody event in plain values, and the object with commitments that is made of it.

Pure. Only the writing side needs it: a verifier starts from the object.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from casework.ledger.format import (
    EVENT_FORMAT,
    SALT_BYTES,
    TEXTS,
    Object,
    Openings,
    commitment,
)

INTEGER_LIMIT = 2**53  # from here on JSON readers disagree
SALT_TAG = b"casework commitment salt v1\n"
KINDS = {
    *("seized", "sealed", "received", "offered", "acknowledged", "refused", "withdrawn"),
    *("examined", "sampled", "reweighed", "copied", "produced", "returned", "disposed"),
    *("corrected", "moved", "declared", "split", "combined", "handed_out", "taken_back"),
    *("lost", "found", "damaged", "proposed", "enclosed"),
}


class FormatError(ValueError):
    """The value cannot be written in the ledger's format."""


@dataclass(frozen=True)
class Person:
    name: str
    service_number: str
    agency: str


@dataclass(frozen=True)
class Scale:
    id: str
    calibrated_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Event:
    """One custody event in plain values; `commit` turns it into the object that is hashed."""

    exhibit: UUID
    label: str
    sequence: int
    previous: bytes | None
    kind: str
    happened_at: datetime
    recorded_at: datetime
    recorder: Person
    giver: Person | None = None
    receiver: Person | None = None
    place: str = ""
    purpose: str = ""
    authority: str = ""
    note: str = ""
    explanation: str = ""
    seal_number: str = ""
    seal_intact: bool | None = None
    new_seal_number: str = ""
    count: int | None = None
    weight_mg: int | None = None
    tolerance_mg: int | None = None
    scale: Scale | None = None
    files: Sequence[str] = ()
    related: Sequence[UUID] = ()
    answers: int | None = None
    corrects: int | None = None


def timestamp(at: datetime) -> str:
    if at.tzinfo is None:
        raise FormatError("a time without a zone")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def field_salt(event_salt: bytes, field: str) -> bytes:
    """Each field's salt, so that one can be disclosed while the others stay closed."""
    if len(event_salt) != SALT_BYTES:
        raise FormatError("the salt of an event has 32 bytes")
    return hmac.digest(event_salt, SALT_TAG + field.encode(), "sha256")


def commit(event: Event, salt: bytes) -> tuple[Object, Openings]:
    """The object that is hashed, and the openings of its commitments by field."""
    openings: Openings = {}

    def closed(field: str, text: str) -> str | None:
        if not text:
            return None
        key = field_salt(salt, field)
        openings[field] = {"salt": key.hex(), "text": text}
        return commitment(field, key, text)

    def person(field: str, who: Person | None) -> Object | None:
        if who is None:
            return None
        name = closed(f"{field}.name", who.name)
        return {"name": name, "service_number": who.service_number, "agency": who.agency}

    committed = {text: closed(text, getattr(event, text)) for text in TEXTS}
    people = {"from": event.giver, "to": event.receiver, "recorder": event.recorder}
    named = {field: person(field, who) for field, who in people.items()}
    made = _plain(event) | committed | named
    refuse_ambiguous(made)
    return made, openings


def refuse_ambiguous(value: object) -> None:
    """FormatError for what JSON writes in more than one way: fractions, large integers, odd keys.

    So what was committed to is RFC 8785 by construction, and a reader has nothing to decide.
    """
    if isinstance(value, str):
        if not value.isascii():
            _refuse_surrogates(value)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise FormatError(f"the key {key!r} is not ASCII")
            refuse_ambiguous(item)
    elif isinstance(value, list):
        for item in value:
            refuse_ambiguous(item)
    elif value is not None and (not isinstance(value, int) or abs(value) >= INTEGER_LIMIT):
        raise FormatError(f"{ascii(value)[:80]} has no canonical form")


def _refuse_surrogates(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise FormatError("a text holds half of a surrogate pair") from error


def _plain(event: Event) -> Object:
    if event.kind not in KINDS:
        raise FormatError(f"{event.kind!r} is no kind of event")
    scale = event.scale and {
        "id": event.scale.id,
        "calibrated_on": event.scale.calibrated_on and event.scale.calibrated_on.isoformat(),
    }
    same = ("label", "sequence", "kind", "seal_number", "seal_intact", "new_seal_number")
    numbers = ("count", "weight_mg", "tolerance_mg", "answers", "corrects")
    return {name: getattr(event, name) for name in same + numbers} | {
        "format": EVENT_FORMAT,
        "exhibit": str(event.exhibit),
        "previous": event.previous and event.previous.hex(),
        "happened_at": timestamp(event.happened_at),
        "recorded_at": timestamp(event.recorded_at),
        "scale": scale,
        "files": sorted(event.files),
        "related": sorted(str(other) for other in event.related),
    }
