"""How a name is read: parts, forms, scripts; and that nothing that people type breaks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyc.naming import names
from kyc.naming.names import Part
from tests import own_time


def parts(text: str, kind: str = "") -> list[tuple[str, str]]:
    return [(token.text, token.part.name.lower()) for token in names.read(text, kind).tokens]


def test_a_person_has_titles_particles_and_initials() -> None:
    assert parts("Dr. Q. bin Zuvelo", "person") == [
        ("dr", "title"),
        ("q", "initial"),
        ("bin", "particle"),
        ("zuvelo", "name"),
    ]


def test_a_firm_has_words_of_trade_and_places() -> None:
    assert parts("Zuvelo Shipping Kenya", "firm") == [
        ("zuvelo", "name"),
        ("shipping", "business"),
        ("kenya", "place"),
    ]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Zuvelo Ltd", "limited"),
        ("Zuvelo Private Limited", "limited"),
        ("Zuvelo Sp. z o.o.", "limited"),
        ("Zuvelo Gesellschaft mit beschränkter Haftung", "limited"),
        ("OAO Zuvelo", "stock"),
        ("Zuvelo Open Joint Stock Company", "stock"),
        ("Zuvelo Joynt Stock Company", "stock"),
        ("\u041e\u041e\u041e Зувело", "llc"),
        ("Zuvelo S.A. de C.V.", "stock"),
        ("祖维洛有限公司", "limited"),
        ("Zuvelo Sdn. Bhd.", "limited"),
        ("Zuvelo FZE", "llc"),
    ],
)
def test_legal_forms_are_told_by_their_class(text: str, form: str) -> None:
    name = names.read(text)
    assert name.kind == "firm"
    assert name.forms == {form}
    assert len(name.words) == 1


def test_a_legal_form_alone_stays_a_name() -> None:
    assert names.read("Limited", "firm").words == ("limited",)


@pytest.mark.parametrize("text", ["Brigade 44", "Brigade Forty-Four", "Brigade Fourty-four"])
def test_numbers_in_words_are_numbers(text: str) -> None:
    assert parts(text, "firm")[-1] == ("44", "number")


def test_roman_numbers_are_numbers_in_firms_alone() -> None:
    assert parts("Zuvelo Fund XVII", "firm")[-1] == ("17", "number")
    assert parts("Zuvelo Ix", "person")[-1] == ("ix", "name")


def test_dotted_letters_are_one_word_of_a_firm() -> None:
    assert names.read("Z.V.L. Aviation", "firm").words[0] == "zvl"
    assert [t.part for t in names.read("Z.V. Ololo", "person").tokens[:2]] == [Part.INITIAL] * 2


def test_a_vessel_has_its_prefix_taken_off() -> None:
    assert names.read("M/V Zuvelo Star", "vessel").words == ("zuvelo", "star")


@pytest.mark.parametrize("text", ["", " ", "😀", "\u202e\u200f", "...", "\x00", "al", "\ud83d"])
def test_what_is_hardly_a_name_is_read(text: str) -> None:
    assert names.read(text).text == text


@pytest.mark.parametrize("text", ["a" * 10_000, "a " * 5_000, "\u0627" * 10_000, "\u0301" * 10_000])
def test_very_long_texts_are_read_in_bounded_time(text: str) -> None:
    assert own_time.seconds(lambda: names.read(text, "firm")) < 1
    assert len(names.read(text, "firm").tokens) <= names.MOST_TOKENS


def test_marks_of_direction_do_not_change_a_name() -> None:
    plain = names.read("Zuvelo Ololo", "person")
    assert names.read("\u202eZuvelo\u200f Olo\u200blo\u202c", "person").words == plain.words


@given(st.text(max_size=60), st.sampled_from(["", "person", "firm", "vessel", "unknown"]))
def test_any_text_is_read(text: str, kind: str) -> None:
    name = names.read(text, kind)
    assert all(token.text for token in name.tokens)
    assert len(name.core) <= len(name.tokens)
