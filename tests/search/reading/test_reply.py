"""The answer of a reader that was broken into harms nobody."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.reading import reply

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(alphabet="a\x00\ud800\u00e9|:=", max_size=9),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)
unhurried = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])


@unhurried
@given(st.dictionaries(st.sampled_from(["place", "text", "picture", "end", "scans"]), json_values))
def test_any_line_becomes_a_piece_that_can_be_kept_or_nothing(line: dict[str, object]) -> None:
    for piece in reply.pieces(json.dumps(line).encode() + b"\n"):
        assert "\x00" not in piece.text + piece.place
        assert piece.text.encode() is not None
        assert len(piece.place) <= 200
        assert all(0 < number <= reply.PLACES for number in piece.scans)


@unhurried
@given(st.binary(max_size=200))
def test_any_bytes_are_taken_apart(said: bytes) -> None:
    assert len(list(reply.pieces(said))) <= 200


@pytest.mark.parametrize(
    "line", [b'{"place": "a", "te', b"[" * 100_000, b'{"end": "made up"}', b'{"text": "a\\u0000b"}']
)
def test_broken_and_made_up_lines(line: bytes) -> None:
    found = list(reply.pieces(line))
    assert [piece.reason for piece in found if piece.is_end] in ([], ["crash"])
    assert [piece.text for piece in found if piece.text] in ([], ["ab"])


def test_half_characters_and_too_much_text_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reply, "CHARACTERS", 5)
    said = b'{"place": "a", "text": "\\ud800bcd"}\n{"place": "b", "text": "efgh"}\n'
    assert [piece.text for piece in reply.pieces(said)] == ["?bcd", "e"]
