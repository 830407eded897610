"""Snippets mark what matched and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import highlights, query


def marked(source: str, typed: str) -> list[str]:
    snippet = highlights.cut(source, query.build(typed))
    return [segment.text for segment in snippet.segments if segment.is_match]


@pytest.mark.parametrize(
    ("source", "typed", "expected"),
    [
        ("The tusks were cut", "tusk", ["tusks"]),
        ("seal CU 558120 read", '"seal cu 558120"', ["seal CU 558120"]),
        ("seal CU 558120 read", "cu558120", ["CU 558120"]),
        ("black tea, green tea", '"green tea"', ["green tea"]),
        ("black tea", "tea -black", ["tea"]),
        ("象牙制品", "牙制", ["牙制"]),
        ("Đặng Văn", "dang", ["Đặng"]),
        ("nothing here", "tea", []),
    ],
)
def test_marks(source: str, typed: str, expected: list[str]) -> None:
    assert marked(source, typed) == expected


def test_a_long_text_is_cut_around_the_matches() -> None:
    source = "word " * 200 + "the seal was cut " + "tail " * 200
    snippet = highlights.cut(source, query.build("seal"))
    shown = "".join(segment.text for segment in snippet.segments)
    assert "the seal was cut" in shown
    assert len(shown) <= highlights.AROUND
    assert snippet.is_cut_before
    assert snippet.is_cut_after


@given(st.text(max_size=600), st.text(max_size=20))
def test_the_segments_are_a_stretch_of_the_text(source: str, typed: str) -> None:
    snippet = highlights.cut(source, query.build(typed))
    assert "".join(segment.text for segment in snippet.segments) in source
