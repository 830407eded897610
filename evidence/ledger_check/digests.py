"""Digests of custody events straight from the columns of the database, many thousands a second.

Gives byte for byte what ledger.event.commit and ledger.format give (a property test holds the two
against each other). A row that is not plainly in order raises one of DOUBTS: the slow way decides.
Imports no Django: worker processes start quickly.
"""

import re
from collections.abc import Callable
from hashlib import sha256
from json.encoder import encode_basestring as quoted
from typing import Any, Final

from casework.ledger import format
from casework.ledger.event import KINDS, SALT_TAG
from evidence.ledger_check.values import People, Seldom, Unsure, number, stamp

Row = tuple[Any, ...]

# What `digest` reads, in this order, after the lists of PEOPLE and SELDOM; rows.py selects them.
OFTEN: Final = (
    *("label", "kind", "happened_at", "recorded_at", "place", "note", "seal_number"),
    *("count", "weight_mg", "salt"),
)
INNER = bytes(value ^ 0x36 for value in range(256))  # the two pads of HMAC (RFC 2104)
OUTER = bytes(value ^ 0x5C for value in range(256))
INNER_REST, OUTER_REST = b"\x36" * 32, b"\x5c" * 32
DIGEST = re.compile(r"[0-9a-f]{64}").fullmatch
EVENT_TAG, FORMAT = format.EVENT_TAG, format.EVENT_FORMAT

PEOPLE_OF, SELDOM_OF = People(), Seldom()


def _committed(field: str) -> Callable[[bytes, bytes, bytes], str]:
    """What makes the commitment to a text in that field, from the event's two padded salts."""
    salt_data, tag, rest = SALT_TAG + field.encode(), format.COMMITMENT_TAG, field.encode() + b"\0"

    def close(text: bytes, inner: bytes, outer: bytes) -> str:
        salt = sha256(outer + sha256(inner + salt_data).digest()).digest()
        return f'"{sha256(tag + salt + rest + text).hexdigest()}"'

    return close


place_of, purpose_of, authority_of, note_of, explanation_of = map(_committed, format.TEXTS)
giver_of, receiver_of, recorder_of = (_committed(f"{field}.name") for field in format.PEOPLE)


def canonical(
    row: Row, exhibit: str, sequence: int, previous: str, answers: object, corrects: object
) -> str:
    """The canonical JSON of PEOPLE, SELDOM and OFTEN; `previous` is a digest or empty. DOUBTS."""
    people, seldom, label, kind, happened_at, recorded_at, place, note, seal = row[:9]
    count, weight, salt_text = row[9:]
    _account, giver, from_, from_end, receiver, to, to_end, recorder, by, by_end = PEOPLE_OF[people]
    _version, purpose, authority, why, files, new_seal, others, tolerance = SELDOM_OF[seldom]
    salt = bytes.fromhex(salt_text)
    if kind not in KINDS or len(salt) != format.SALT_BYTES:
        raise Unsure
    inner, outer = salt.translate(INNER) + INNER_REST, salt.translate(OUTER) + OUTER_REST
    recorded = stamp(recorded_at)
    return (
        f'{{"answers":{"null" if answers is None else number(answers)},'
        f'"authority":{authority_of(authority, inner, outer) if authority else "null"},'
        f'"corrects":{"null" if corrects is None else number(corrects)},'
        f'"count":{"null" if count is None else number(count)},'
        f'"exhibit":"{exhibit}",'
        f'"explanation":{explanation_of(why, inner, outer) if why else "null"},'
        f'"files":{files},"format":"{FORMAT}",'
        f'"from":{from_}{giver_of(giver, inner, outer) if giver else ""}{from_end},'
        f'"happened_at":"{recorded if happened_at == recorded_at else stamp(happened_at)}",'
        f'"kind":"{kind}","label":{quoted(label)},"new_seal_number":{new_seal},'
        f'"note":{note_of(note.encode(), inner, outer) if note else "null"},'
        f'"place":{place_of(place.encode(), inner, outer) if place else "null"},'
        f'"previous":{quoted(previous) if previous else "null"},'
        f'"purpose":{purpose_of(purpose, inner, outer) if purpose else "null"},'
        f'"recorded_at":"{recorded}",'
        f'"recorder":{by}{recorder_of(recorder, inner, outer) if recorder else ""}{by_end},'
        f'{others},"seal_number":{quoted(seal)},"sequence":{sequence},'
        f'"to":{to}{receiver_of(receiver, inner, outer) if receiver else ""}{to_end},'
        f'"tolerance_mg":{tolerance},"weight_mg":{"null" if weight is None else number(weight)}}}'
    )


def digest(
    row: Row, exhibit: str, sequence: int, previous: str, answers: object, corrects: object
) -> bytes:
    text = canonical(row, exhibit, sequence, previous, answers, corrects)
    return sha256(EVENT_TAG + text.encode()).digest()
