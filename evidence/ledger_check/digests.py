"""Digests of custody events straight from the columns of the database, many thousands a second.

Gives byte for byte what ledger.event.commit and ledger.format give (a property test holds the two
against each other). A row that is not plainly in order raises Unsure: the slow way decides.
Imports no Django: worker processes start quickly.
"""

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from hashlib import sha256
from json.encoder import encode_basestring as quoted
from typing import Any, Final
from uuid import UUID

from casework.ledger import format
from casework.ledger.event import KINDS, SALT_TAG

Row = tuple[Any, ...]

# What `digest` reads, in this order; the statement that selects them is in rows.py.
COLUMNS: Final = (
    *("from_name", "from_number", "from_agency", "to_name", "to_number", "to_agency"),
    *("recorder_name", "recorder_number", "recorder_agency"),
    *("label", "kind", "happened_at", "recorded_at"),
    *("place", "purpose", "authority", "note", "discrepancy"),
    *("seal_number", "seal_intact", "new_seal_number", "count", "weight_mg", "tolerance_mg"),
    *("scale", "scale_calibrated_on", "file_digests", "related", "salt"),
)
FALSE, TRUE = (0, "0", "false"), (1, "1", "true")  # as drivers and databases write them
TRUTH = {None: "null"} | dict.fromkeys(FALSE, "false") | dict.fromkeys(TRUE, "true")
INNER = bytes(value ^ 0x36 for value in range(256))  # the two pads of HMAC (RFC 2104)
OUTER = bytes(value ^ 0x5C for value in range(256))
INNER_REST, OUTER_REST = b"\x36" * 32, b"\x5c" * 32
STAMP = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ((?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])"
    r"(?:\.([0-9]{1,6}))?"
).fullmatch
moment = datetime.fromisoformat
PLAIN_LIMIT = 2**53  # from here on JSON readers disagree
DIGEST = re.compile(r"[0-9a-f]{64}").fullmatch


class Unsure(Exception):
    """The row holds something out of the ordinary; what it hashes to is for the slow way to say."""


# What a slow look would make of such values is not guessed at.
DOUBTS = (Unsure, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError)


class Days(dict[str, str]):
    """Calendar days as they stand in the database; there are few, so each is checked once."""

    def __missing__(self, text: str) -> str:
        if date.fromisoformat(text).isoformat() != text:
            raise Unsure
        self[text] = text
        return text


DAYS = Days()


def stamp(text: str) -> str:
    """A time as it is hashed, from how the database writes it in UTC."""
    if text[-3:] == "+00":
        text = text[:-3]
    if len(text) == 26 and text[4:20:3] == "-- ::." and moment(text).tzinfo is None:
        return f"{text[:10]}T{text[11:]}Z"
    if (found := STAMP(text)) is None:
        raise Unsure
    day, time, rest = found.groups("")
    return f"{DAYS[day]}T{time}.{rest:0<6}Z"


def number(value: object) -> str:
    if type(value) is not int or not -PLAIN_LIMIT < value < PLAIN_LIMIT:
        raise Unsure
    return str(value)


def strings(text: str) -> str:
    """A sorted list of texts."""
    found = json.loads(text)
    if type(found) is not list:
        raise Unsure
    return "[" + ",".join(map(quoted, sorted(found))) + "]"


def identifiers(text: str) -> str:
    found = json.loads(text)
    if type(found) is not list:
        raise Unsure
    return "[" + ",".join(f'"{item}"' for item in sorted(str(UUID(item)) for item in found)) + "]"


def person(name: str, service_number: str, agency: str) -> str:
    """`name` is a commitment already."""
    return f'{{"agency":{quoted(agency)},"name":{name},"service_number":{quoted(service_number)}}}'


def scale(name: str, calibrated_on: str | None) -> str:
    day = "null" if calibrated_on is None else f'"{DAYS[calibrated_on]}"'
    return f'{{"calibrated_on":{day},"id":{quoted(name)}}}'


def _committed(field: str) -> Callable[[str, bytes, bytes], str]:
    """What makes the commitment to a text in that field, from the event's two padded salts."""
    name = field.encode()
    salt_data, rest = SALT_TAG + name, name + b"\0"
    tag = format.COMMITMENT_TAG

    def close(text: str, inner: bytes, outer: bytes) -> str:
        salt = sha256(outer + sha256(inner + salt_data).digest()).digest()
        return f'"{sha256(tag + salt + rest + text.encode()).hexdigest()}"'

    return close


place_of, purpose_of, authority_of, note_of, explanation_of = map(_committed, format.TEXTS)
giver_of, receiver_of, recorder_of = (_committed(f"{field}.name") for field in format.PEOPLE)


def _people(row: Row, inner: bytes, outer: bytes) -> tuple[str, str, str]:
    """Giver, receiver and recorder; only the recorder is somebody without a name, too."""
    from_name, from_number, from_agency, to_name, to_number, to_agency, name, number, agency = row
    giver = receiver = by = "null"
    if from_name:
        giver = person(giver_of(from_name, inner, outer), from_number, from_agency)
    if to_name:
        receiver = person(receiver_of(to_name, inner, outer), to_number, to_agency)
    if name:
        by = recorder_of(name, inner, outer)
    return giver, receiver, person(by, number, agency)


def canonical(
    row: Row, exhibit: str, sequence: int, previous: str, answers: object, corrects: object
) -> str:
    """The canonical JSON; `row` is as COLUMNS, `previous` is a digest or empty. DOUBTS."""
    label, kind, happened_at, recorded_at = row[9:13]
    place, purpose, authority, note, explanation = row[13:18]
    seal_number, seal_intact, new_seal_number, count, weight, tolerance = row[18:24]
    scale_name, calibrated_on, files, related, salt_text = row[24:]
    salt = bytes.fromhex(salt_text)
    if kind not in KINDS or len(salt) != format.SALT_BYTES:
        raise Unsure
    inner, outer = salt.translate(INNER) + INNER_REST, salt.translate(OUTER) + OUTER_REST
    giver, receiver, recorder = _people(row[:9], inner, outer)
    recorded = stamp(recorded_at)
    return (
        f'{{"answers":{"null" if answers is None else number(answers)},'
        f'"authority":{authority_of(authority, inner, outer) if authority else "null"},'
        f'"corrects":{"null" if corrects is None else number(corrects)},'
        f'"count":{"null" if count is None else number(count)},'
        f'"exhibit":"{exhibit}",'
        f'"explanation":{explanation_of(explanation, inner, outer) if explanation else "null"},'
        f'"files":{"[]" if files == "[]" else strings(files)},'
        f'"format":"{format.EVENT_FORMAT}",'
        f'"from":{giver},'
        f'"happened_at":"{recorded if happened_at == recorded_at else stamp(happened_at)}",'
        f'"kind":"{kind}",'
        f'"label":{quoted(label)},'
        f'"new_seal_number":{quoted(new_seal_number)},'
        f'"note":{note_of(note, inner, outer) if note else "null"},'
        f'"place":{place_of(place, inner, outer) if place else "null"},'
        f'"previous":{quoted(previous) if previous else "null"},'
        f'"purpose":{purpose_of(purpose, inner, outer) if purpose else "null"},'
        f'"recorded_at":"{recorded}",'
        f'"recorder":{recorder},'
        f'"related":{"[]" if related == "[]" else identifiers(related)},'
        f'"scale":{scale(scale_name, calibrated_on) if scale_name else "null"},'
        f'"seal_intact":{TRUTH[seal_intact]},'
        f'"seal_number":{quoted(seal_number)},'
        f'"sequence":{sequence},'
        f'"to":{receiver},'
        f'"tolerance_mg":{"null" if tolerance is None else number(tolerance)},'
        f'"weight_mg":{"null" if weight is None else number(weight)}}}'
    )


def digest(
    row: Row, exhibit: str, sequence: int, previous: str, answers: object, corrects: object
) -> bytes:
    text = canonical(row, exhibit, sequence, previous, answers, corrects)
    return sha256(format.EVENT_TAG + text.encode()).digest()
