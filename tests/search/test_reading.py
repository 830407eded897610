"""How fields, dates, beginnings and wider questions are read, and that anything can be typed."""

import json
import os
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import query
from search.query import All, Any, Between, Near, Phrase, Prefix, Within, Word, dates
from search.query.neighbours import neighbours

DATA = Path(os.environ.get("CASEWORK_TEST_DATA", Path(__file__).parents[2].parent / "shared/data"))
STRINGS = DATA / "files/strings/blns.json"
DAY = 24 * 60
MARCH_FIRST = 28_487_520  # 2024-03-01 in minutes of UTC


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("port:KEMBA", Within("port", ("kemba",))),
        ("PORT:kemba", Within("port", ("kemba",))),
        ("bandari:mombasa", Within("port", ("mombasa",))),
        ('port:"Hai Phong"', Within("port", ("hai", "phong"))),
        ('seal:"CU 558120"', Within("seal", ("cu", "558120"), "cu558120")),
        ("seal:CU 558120", Within("seal", ("cu", "558120"), "cu558120")),
        (
            "container:MDOU 418207 9 tea",
            All((Within("container", ("mdou", "418207", "9"), "mdou4182079"), Word("tea", "tea"))),
        ),
        ("-status:closed", All((), (Within("status", ("close",)),))),
        ("tus*", Prefix("tus")),
        ("MDOU-41*", Prefix("mdou41")),
        ("t*", Word("t", "t")),
        ("date:2024-03-01", Between(MARCH_FIRST, MARCH_FIRST + DAY - 1)),
        ("date:1.3.2024", Between(MARCH_FIRST, MARCH_FIRST + DAY - 1)),
        ("date:2024-03-02..2024-03-01", Between(MARCH_FIRST, MARCH_FIRST + 2 * DAY - 1)),
        ("after:2024-03", Between(MARCH_FIRST, dates.LATEST)),
        ("before:2024-03", Between(1, MARCH_FIRST - 1)),
        ("date:soon", All((Word("date", "date"), Word("soon", "soon")))),
        ("ivory AND tea", All((Word("ivori", "ivory"), Word("tea", "tea")))),
    ],
)
def test_signs_are_read(typed: str, tree: query.Tree) -> None:
    assert query.build(typed) == tree


def test_days_begin_at_midnight_of_the_zone() -> None:
    nairobi = query.build("date:2024-03-01", ZoneInfo("Africa/Nairobi"))
    assert nairobi == Between(MARCH_FIRST - 180, MARCH_FIRST - 180 + DAY - 1)


def test_what_was_read_is_explained() -> None:
    field, start, days = query.reading("port:KEMBA tus* -year:2024")
    assert (field.field, field.text) == ("port", "KEMBA")
    assert (start.is_start, start.text) == (True, "tus")
    assert (days.is_without, days.first, days.last) == (True, date(2024, 1, 1), date(2024, 12, 31))
    assert query.reading("ivory tea") == ()


def names(typed: str) -> list[str]:
    return [rung.name for rung in query.rungs(typed)]


def test_rungs_widen() -> None:
    assert names("tea") == ["exact"]
    assert names("ivory tea") == ["exact", "near"]
    assert names("where was the ivory in tea chests") == ["exact", "some", "near"]
    assert names("ivory in four tea chests") == ["exact", "most", "some", "near"]
    assert names("ivory four tea chests -seal") == ["exact", "some", "near"]
    assert names("ivory OR tea OR chests OR seal") == ["exact", "near"]


def test_some_leaves_function_words_out_and_signs_in() -> None:
    some = query.rungs("the ivory in the chests of tea port:KEMBA -horn")[1]
    assert isinstance(some.tree, All)
    any_of, port = some.tree.parts
    assert isinstance(any_of, Any)
    assert [leaf.exact for leaf in query.leaves(any_of) if isinstance(leaf, Word)] == [
        *("ivory", "chests", "tea")
    ]
    assert any_of.least == 2
    assert port == Within("port", ("kemba",))
    assert len(some.tree.but_not) == 1


def test_near_forgives_longer_words_more() -> None:
    near = query.rungs("ivroy pangloins cu")[-1]
    assert near.name == "near"
    slips = {leaf.word: leaf.slips for leaf in query.leaves(near.tree) if isinstance(leaf, Near)}
    assert slips == {"ivroy": 1, "pangloins": 2}


def test_a_hyphen_may_be_left_out() -> None:
    assert query.build("re-weighed") == Any((Phrase(("re", "weigh")), Word("reweigh", "reweighed")))


@given(st.text(max_size=300, alphabet=st.characters() | st.sampled_from('"-() OR:*.9ab/date')))
def test_any_text_is_a_small_query(typed: str) -> None:
    for rung in query.rungs(typed):
        assert len(list(query.leaves(rung.tree))) < 40 * query.MAX_PIECES
    query.reading(typed)


def test_naughty_strings_are_queries() -> None:
    if not STRINGS.exists():
        pytest.skip(f"{STRINGS.name} is not there: set CASEWORK_TEST_DATA to a folder of test data")
    for typed in json.loads(STRINGS.read_text()):
        query.rungs(typed)
        query.reading(typed)


@pytest.mark.parametrize(
    ("typed", "pairs"),
    [
        ("black tea", ()),
        ("seals of the black tea", (("seal", "black"), ("black", "tea"))),
        ('seal "black tea" cut box', (("cut", "box"),)),
        ("tusks OR horn OR scales", ()),
        ("tea tea tea", ()),
    ],
)
def test_words_typed_next_to_each_other(typed: str, pairs: tuple[tuple[str, str], ...]) -> None:
    assert neighbours(query.build(typed)) == pairs
