"""The quick digests are byte for byte those of the ledger's own format, or there are none."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.ledger import audit_entry, event, format
from casework.ledger.audit_entry import Entry
from casework.ledger.event import Event, Person, Scale
from evidence.ledger_check import audit_digests, digests
from evidence.ledger_check.digests import OFTEN
from evidence.ledger_check.values import DOUBTS, PEOPLE, SELDOM

TEXT = st.text(st.characters(exclude_categories=()), max_size=20)  # also halves of pairs, controls
NAME = st.text(max_size=12)
ANY_MOMENT = st.datetimes(timezones=st.just(UTC))
MILLISECONDS = st.builds(
    lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000), ANY_MOMENT
)
MOMENT = ANY_MOMENT | MILLISECONDS | st.builds(lambda at: at.replace(microsecond=0), ANY_MOMENT)
NUMBER = st.none() | st.integers(-(2**60), 2**60) | st.integers(0, 1000)
PERSON = st.builds(Person, NAME, NAME, NAME)
NAMED = st.none() | st.builds(Person, NAME.filter(bool), NAME, NAME)
FILES = st.lists(st.text("0123456789abcdef", min_size=64, max_size=64) | NAME, max_size=3)
SALT = st.binary(min_size=32, max_size=32)
EVENT = st.builds(
    Event,
    exhibit=st.uuids(),
    label=TEXT,
    sequence=st.integers(1, 10**6),
    previous=st.none() | SALT,
    kind=st.sampled_from(sorted(event.KINDS)),
    happened_at=MOMENT,
    recorded_at=MOMENT,
    recorder=PERSON,
    giver=NAMED,
    receiver=NAMED,
    place=TEXT,
    purpose=TEXT,
    authority=TEXT,
    note=TEXT,
    explanation=TEXT,
    seal_number=TEXT,
    seal_intact=st.none() | st.booleans(),
    new_seal_number=TEXT,
    count=NUMBER,
    weight_mg=NUMBER,
    tolerance_mg=NUMBER,
    scale=st.none() | st.builds(Scale, NAME.filter(bool), st.none() | st.dates()),
    files=FILES,
    related=st.lists(st.uuids(), max_size=3),
    answers=NUMBER,
    corrects=NUMBER,
)


def sqlite_time(at: datetime) -> str:
    return str(at.replace(tzinfo=None))


def postgres_time(at: datetime) -> str:
    """Zeros at the end are not written there."""
    text = at.replace(tzinfo=None).isoformat(sep=" ")
    return (text.rstrip("0") if "." in text else text) + "+00"


def row_of(of: Event, salt: bytes, written: Any = sqlite_time) -> tuple[Any, ...]:
    """What is selected, as the database has it."""
    return selected(columns_of(of, salt, written))


def selected(values: dict[str, Any]) -> tuple[Any, ...]:
    lists = [
        json.dumps([values[name] for name in names], ensure_ascii=False)
        for names in (PEOPLE, SELDOM)
    ]
    return (*lists, *(values[name] for name in OFTEN))


def columns_of(of: Event, salt: bytes, written: Any = sqlite_time) -> dict[str, Any]:
    nobody = Person("", "", "")
    giver, receiver, scale = of.giver or nobody, of.receiver or nobody, of.scale or Scale("")
    people = {"from": giver, "to": receiver, "recorder": of.recorder}
    parts = {"name": "name", "number": "service_number", "agency": "agency"}
    values = {
        f"{who}_{part}": getattr(person, attribute)
        for who, person in people.items()
        for part, attribute in parts.items()
    }
    values |= dict.fromkeys(("from_user_id", "to_user_id", "recorder_id"))
    values |= {
        "format_version": 1,
        "happened_at": written(of.happened_at),
        "recorded_at": written(of.recorded_at),
        "discrepancy": of.explanation,
        "scale": scale.id,
        "scale_calibrated_on": scale.calibrated_on and scale.calibrated_on.isoformat(),
        "file_digests": json.dumps(list(of.files)),
        "related": json.dumps([str(one) for one in of.related]),
        "salt": salt.hex(),
    }
    names = {*SELDOM, *OFTEN} - values.keys()
    return values | {name: getattr(of, name) for name in names}


def quick(of: Event, row: tuple[Any, ...]) -> str | None:
    previous = of.previous.hex() if of.previous else ""
    try:
        made = digests.canonical(
            row, str(of.exhibit), of.sequence, previous, of.answers, of.corrects
        )
        made.encode()
        return made
    except DOUBTS:
        return None


def slow(of: Event, salt: bytes) -> format.Object | None:
    try:
        return event.commit(of, salt)[0]
    except ValueError:  # FormatError, and halves of surrogate pairs
        return None


@given(EVENT, SALT, st.sampled_from([sqlite_time, postgres_time]))
def test_quick_and_slow_write_the_same_bytes(of: Event, salt: bytes, written: Any) -> None:
    row = row_of(of, salt, written)
    found, expected = quick(of, row), slow(of, salt)
    if expected is None:
        assert found is None
        return
    assert found is not None
    assert found.encode() == format.canonical(expected)
    previous = of.previous.hex() if of.previous else ""
    ours = (row, str(of.exhibit), of.sequence, previous, of.answers, of.corrects)
    assert digests.digest(*ours) == format.event_digest(expected)


PLAIN = Event(
    exhibit=UUID(int=7),
    label="KE-MSA-2026-0001/E1",
    sequence=1,
    previous=None,
    kind="seized",
    happened_at=datetime(2026, 3, 14, 5, 40, tzinfo=UTC),
    recorded_at=datetime(2026, 3, 14, 5, 41, tzinfo=UTC),
    recorder=Person("Amina Wekesa", "1", "Wildlife Service"),
)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "stolen"),
        ("salt", "zz"),
        ("salt", "ab"),
        ("salt", None),
        ("happened_at", "2026-02-30 05:40:00.000001"),
        ("happened_at", "2026-03-14 24:40:00.000001"),
        ("happened_at", "2026-03-14T05:40:00.000001"),
        ("happened_at", "2026-03-14 05:40:00.123+03"),
        ("happened_at", "infinity"),
        ("happened_at", 5),
        ("seal_intact", 2),
        ("count", 1.5),
        ("count", "41"),
        ("weight_mg", 2**53),
        ("scale_calibrated_on", "2026-02-30"),
        ("file_digests", "5"),
        ("file_digests", '{"a": 1}'),
        ("file_digests", "[1]"),
        ("file_digests", "nothing"),
        ("related", '["x"]'),
        ("place", b"\xff"),
        ("note", "\ud800"),
        ("purpose", "\ud800"),
        ("purpose", 5),
        ("tolerance_mg", 1.0),
        ("recorder_name", "\udcff"),
        ("recorder_number", None),
        ("label", None),
    ],
)
def test_what_no_event_has_is_left_to_the_slow_way(column: str, value: Any) -> None:
    values = columns_of(replace(PLAIN, scale=Scale("S1", date(2026, 1, 9))), bytes(32))
    assert quick(PLAIN, selected(values)) is not None
    assert quick(PLAIN, selected(values | {column: value})) is None


def test_a_row_that_is_gone_is_left_to_the_slow_way() -> None:
    assert quick(PLAIN, selected(dict.fromkeys([*PEOPLE, *SELDOM, *OFTEN]))) is None
    assert quick(PLAIN, (None, None, *row_of(PLAIN, bytes(32))[2:])) is None


def test_each_kind_of_event_is_known() -> None:
    for kind in event.KINDS:
        of = replace(PLAIN, kind=kind)
        assert quick(of, row_of(of, bytes(32))) is not None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
ENTRY = st.builds(
    Entry,
    salt=st.just("") | SALT.map(bytes.hex),
    at=MOMENT,
    actor=NAME,
    actor_id=st.just("") | st.integers(1, 10**9).map(str),
    action=NAME,
    case=NAME,
    subject_kind=NAME,
    subject_id=NAME,
    subject_text=NAME,
    detail=st.dictionaries(NAME, JSON, max_size=3),
)


@given(ENTRY, st.sampled_from([sqlite_time, postgres_time]))
def test_quick_and_slow_write_an_audit_entry_the_same(of: Entry, written: Any) -> None:
    actor = int(of.actor_id) if of.actor_id else None
    row: tuple[Any, ...] = (
        of.salt,
        written(of.at),
        of.actor,
        actor,
        of.action,
        of.subject_kind,
        of.subject_id,
    )
    row += (of.subject_text, json.dumps(of.detail), of.case or None)
    read_back = replace(of, detail=json.loads(json.dumps(of.detail)))
    assert audit_digests.canonical(row).encode() == format.canonical(audit_entry.made(read_back))
    assert audit_digests.digest(row) == audit_entry.digest(read_back)
