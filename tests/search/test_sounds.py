"""Names are found in other spellings and scripts, and plain words find nobody."""

import pytest

from search import sounds


def meets(typed: str, name: str) -> bool:
    return bool(sounds.of_word(typed.casefold()) & sounds.of_name(name))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Muhammad", "Mohamed Kamau"),
        ("Mohamed", "محمد"),
        ("محمد", "Mohamed Kamau"),
        ("Usama", "Osama bin Juma"),
        ("Yusuf", "Joseph Wanja"),
        ("Омар", "Omar Juma"),
        ("王伟", "Wang Wei"),
        ("Wang", "王伟"),
        ("Tamarynd", "Tamarind Reef Exporters Ltd"),
    ],
)
def test_spellings_of_one_name_meet(typed: str, name: str) -> None:
    assert meets(typed, name)


@pytest.mark.parametrize("name", ["Farid Tai", "Kurt Te", "Bill Black", "Sal Tee", "李明"])
@pytest.mark.parametrize("word", ["tea", "port", "court", "seal", "ports", "bandari", "the", "k"])
def test_plain_words_find_nobody(word: str, name: str) -> None:
    assert not meets(word, name)


@pytest.mark.parametrize("typed", ["a", "558120", "cu558120", "", "-"])
def test_what_tells_too_little_has_no_sound(typed: str) -> None:
    assert sounds.of_word(typed) == sounds.NONE


def test_words_of_trade_are_no_part_of_a_name() -> None:
    assert not meets("exportars", "Tamarind Reef Exporters Ltd")
