"""Canonical bytes refuse what two readers could write differently; commitments stay closed."""

import copy
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.ledger import event as events
from casework.ledger import format
from casework.ledger.event import FormatError
from casework.ledger.format import Mismatch
from tests.ledger import regenerate_vectors

KEYS = st.text(st.characters(max_codepoint=127), max_size=6)
WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
SCALARS = st.none() | st.booleans() | WHOLE | st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3)
)


@pytest.fixture
def vectors() -> list[dict[str, Any]]:
    return regenerate_vectors.events()


@pytest.fixture
def chain(vectors: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [vector["event"] for vector in vectors]


@given(VALUES)
def test_canonical_bytes_are_read_back_as_the_same_value(value: object) -> None:
    data = format.canonical(value)
    assert json.loads(data) == value
    assert format.canonical(json.loads(data)) == data


def test_strings_are_escaped_as_rfc_8785_does() -> None:
    text = '\u20ac$\u000f\nA\'B"\\\\"/\x7f\u2028'
    assert format.canonical(text) == b'"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/\x7f\xe2\x80\xa8"'


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        2**53,
        -(2**53),
        {"é": 1},
        {1: 1},
        "\ud800",
        b"bytes",
        (1,),
        [{"a": [1.5]}],
    ],
)
def test_what_readers_disagree_on_is_refused(value: object) -> None:
    with pytest.raises(FormatError):
        events.refuse_ambiguous(value)


def test_an_event_with_an_ambiguous_number_is_never_committed() -> None:
    values = regenerate_vectors.step(1, "seized", regenerate_vectors.AMINA, count=2**53)
    with pytest.raises(FormatError):
        events.commit(events.Event(previous=None, **values), bytes(32))


def test_times_are_utc_with_six_digits() -> None:
    nairobi = timezone(timedelta(hours=3))
    assert (
        events.timestamp(datetime(2026, 3, 14, 8, tzinfo=nairobi)) == "2026-03-14T05:00:00.000000Z"
    )
    with pytest.raises(FormatError):
        events.timestamp(datetime(2026, 3, 14))  # noqa: DTZ001 - the case under test


def test_an_event_with_a_key_too_many_has_no_digest(chain: list[dict[str, Any]]) -> None:
    for other in ({"remark": "x"}, {"format": "casework-custody-event/2"}):
        with pytest.raises(Mismatch, match="the keys of"):
            format.event_digest(chain[0] | other)


def test_no_text_and_no_name_stands_in_the_event(vectors: list[dict[str, Any]]) -> None:
    for vector in vectors:
        for opening in vector["openings"].values():
            assert opening["text"] not in vector["canonical"]


def test_every_opening_opens_its_own_field_only(vectors: list[dict[str, Any]]) -> None:
    for vector in vectors:
        for field, opening in vector["openings"].items():
            format.check_opening(vector["event"], field, opening)
            for changed in ({"text": opening["text"] + " "}, {"salt": "00" * 32}):
                with pytest.raises(Mismatch, match=field):
                    format.check_opening(vector["event"], field, opening | changed)
        for field in ("kind", "from", "place.name", "recorder.agency", ""):
            with pytest.raises(Mismatch):
                format.check_opening(vector["event"], field, {"salt": "00" * 32, "text": "x"})


def test_the_salt_of_one_field_tells_nothing_of_another() -> None:
    salts = {events.field_salt(bytes(32), field) for field in ("place", "note", "to.name")}
    assert len(salts) == 3
    with pytest.raises(FormatError):
        events.field_salt(b"short", "place")


def test_the_same_text_twice_has_two_commitments(vectors: list[dict[str, Any]]) -> None:
    names = [vector["event"]["recorder"]["name"] for vector in vectors]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (lambda chain: chain.pop(2), "event 3, sequence"),
        (lambda chain: chain.insert(1, chain.pop(2)), "event 2, sequence"),
        (lambda chain: chain[2].update(count=40), "event 4, previous"),
        (lambda chain: chain[3].update(previous=None), "event 4, previous"),
        (lambda chain: chain[4].update(exhibit="another"), "event 5, exhibit"),
        (lambda chain: chain.pop(0), "event 1, sequence"),
    ],
)
def test_a_broken_chain_is_named(chain: list[dict[str, Any]], change: Any, part: str) -> None:
    changed = copy.deepcopy(chain)
    change(changed)
    with pytest.raises(Mismatch) as caught:
        format.verify_chain(changed)
    assert caught.value.part == part


def test_an_unknown_kind_is_refused() -> None:
    values = regenerate_vectors.step(1, "teleported", regenerate_vectors.AMINA)
    with pytest.raises(FormatError):
        events.commit(events.Event(previous=None, **values), bytes(32))


def test_the_recorder_is_the_only_person_that_must_be_there() -> None:
    values = regenerate_vectors.step(1, "seized", regenerate_vectors.AMINA)
    made, openings = events.commit(events.Event(previous=None, **values), bytes(32))
    assert (made["from"], made["to"], list(openings)) == (None, None, ["recorder.name"])
    assert made["recorded_at"] == events.timestamp(datetime(2026, 3, 14, 6, 50, 0, 1, tzinfo=UTC))
