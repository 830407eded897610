"""Typed text on paper: nothing acts, nothing is dropped, nothing is wider than the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.platypus import Paragraph

from evidence.dossier import fonts, text
from evidence.dossier.paper import STYLES

pytestmark = pytest.mark.usefixtures("faces")


def test_markup_of_people_is_text() -> None:
    said = text.markup('<b>A & B</b> "C" <img src="http://example.org/x.png"/>')
    assert "<" not in said
    assert "&lt;b&gt;A &amp; B" in said


def test_what_would_act_on_the_text_around_it_is_named() -> None:
    assert text.markup("abc\u202edef\x07") == "abc[U+202E]def[U+0007]"


def test_characters_without_a_glyph_are_named_together() -> None:
    assert text.markup("Mr አማ, clerk") == "Mr [U+12A0 U+121B], clerk"


def test_a_mark_takes_a_letter_from_the_wider_face() -> None:
    said = text.markup("Aἀ", fonts.MONO)
    assert said == f'A<font name="{fonts.SANS}">ἀ</font>'


@pytest.mark.parametrize("name", ["Nguyễn Đức Thắng", "Ольга Щукина", "Ωνάσης", "Ng\u0169\u0303a"])
def test_names_of_the_route_are_drawn(name: str) -> None:
    assert "U+" not in text.markup(name, fonts.SERIF).replace("[U+0303]", "")


def test_long_words_are_broken_and_long_texts_are_divided() -> None:
    assert max(map(len, text.markup("x" * 1000).split())) <= text.LONGEST_WORD
    pieces = text.paragraphs("word " * 5000)
    assert len(pieces) > 5
    assert "".join(pieces).replace(" ", "") == "word" * 5000


def test_a_bookmark_is_one_plain_line() -> None:
    assert text.plain("E1\nTusk\u202e <b>") == "E1 Tusk[U+202E] <b>"


@given(st.text(max_size=400))
def test_any_text_makes_a_paragraph(typed: str) -> None:
    said = text.markup(typed)
    width, _height = Paragraph(said, STYLES["text"]).wrap(200, 10_000)
    assert width <= 200
