"""The index of names: an altered name finds the one that was meant, whatever surrounds it."""

import random
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.generate import names as invented
from kyc.naming import name_keys
from kyc.naming.name_index import NameIndex
from kyc.naming.name_table import Table

COUNT = 3_000


@cache
def crowd() -> tuple[list[str], NameIndex]:
    """Invented names of several cultures; a few words stand in very many of them."""
    listed = list(dict.fromkeys(invented.Names().some(COUNT)))
    return listed, NameIndex.of((n, name, "") for n, name in enumerate(listed))


@pytest.mark.parametrize("kind", list(invented.ALTERATIONS))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_an_altered_name_is_among_the_best(kind: str, data: st.DataObject) -> None:
    listed, index = crowd()
    meant = data.draw(st.integers(0, len(listed) - 1))
    if len(listed[meant].split()) < 2 or len(listed[meant]) < 10:
        return  # two faults in four letters are another name
    source = random.Random(data.draw(st.integers(0, 9)))
    assert meant in index.find(invented.ALTERATIONS[kind](listed[meant], source))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2_000))
def test_a_name_itself_comes_first(place: int) -> None:
    listed, index = crowd()
    best = index.find(listed[place])[0]
    assert sorted(listed[best].lower().split()) == sorted(listed[place].lower().split()) or (
        listed[best].split()[0] == listed[place].split()[0]  # another legal form of the same name
    )


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_anything_may_be_asked(text: str) -> None:
    assert len(crowd()[1].find(text, limit=7)) <= 7


@given(word=st.text("abcdefghijkl", min_size=6, max_size=12), data=st.data())
def test_words_two_letters_apart_share_a_key(word: str, data: st.DataObject) -> None:
    other = list(word)
    for _ in range(2):
        place = data.draw(st.integers(0, len(other) - 1))
        fault = data.draw(st.sampled_from(("drop", "change", "add")))
        letter = data.draw(st.sampled_from("abcdefghijkl"))
        other[place : place + (fault != "add")] = [] if fault == "drop" else [letter]
    assert {*name_keys.deletions(word)} & {*name_keys.deletions("".join(other))}


def test_one_word_finds_the_shortest_names_that_hold_it() -> None:
    rows = [(n, f"Okuthe {'Baltazar ' * (n > 0)}{n}x", "person") for n in range(200)]
    assert 999 in NameIndex.of([*rows, (999, "Okuthe", "person")]).find("Okuthe")[:1]


def test_common_words_together_are_found() -> None:
    rows = [(n, f"Okuthe Zabron{n}", "person") for n in range(3_000)]
    rows += [(n, f"Marang Zabron{n}", "person") for n in range(3_000, 6_000)]
    assert NameIndex.of([*rows, (9_999, "Marang Okuthe", "person")]).find("Okuthe Marang")[0] == (
        9_999
    )


@pytest.mark.parametrize(
    ("listed", "asked"),
    [("Rami Okuthe", "Ramiokuthe"), ("Ramiokuthe", "Rami Okuthe"),
     ("Vander Okuth", "van der Okuth")],
)  # fmt: skip
def test_words_run_together_are_found(listed: str, asked: str) -> None:
    others = [(n, f"Zabron{n} Marang", "person") for n in range(100)]
    assert NameIndex.of([*others, (999, listed, "person")]).find(asked, "person")[0] == 999


def test_other_scripts_find_latin_letters() -> None:
    index = NameIndex.of([(1, "Dimitar Okuthov", "person"), (2, "Baltazar Marang", "person")])
    assert index.find("Димитър Окутов", "person")[0] == 1


def test_numbers_are_looked_up() -> None:
    index = NameIndex.of([(1, "Okuthe", ""), (2, "Marang", "")], [(2, "ZX4471902")])
    assert index.by_code("ZX4471902") == [2]


def test_what_was_written_reads_the_same() -> None:
    listed, index = crowd()
    kept = index.table.to_bytes()
    again = NameIndex.opened(kept)
    assert again.table.to_bytes() == kept
    assert again.find(listed[7]) == index.find(listed[7])


@pytest.mark.parametrize("damaged", [b"", b"CWNAMES0" + bytes(200), b"short"])
def test_what_is_no_table_is_refused(damaged: bytes) -> None:
    with pytest.raises(ValueError, match="table"):
        Table.read(damaged)


def test_a_table_cut_short_is_refused() -> None:
    kept = crowd()[1].table.to_bytes()
    with pytest.raises(ValueError, match="cut short"):
        Table.read(kept[: len(kept) // 2])


def test_an_empty_list_has_no_candidates() -> None:
    index = NameIndex.opened(NameIndex.of([]).table.to_bytes())
    assert index.find("Okuthe") == []
    assert index.by_code("ZX4471902") == []
