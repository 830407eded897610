"""What the oracle finds by title or text is marked in that text, however it was asked."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import highlights, matching, query, terms
from search.engines import IndexDocument, Key, Part
from search.query import All, Near, Phrase, Prefix, Tree, Within
from tests import own_time
from tests.search import oracle

WORDS = (
    *(
        "ivory",
        "ivories",
        "l'ivoire",
        "Éléphants",
        "Đặng",
        "washtakiwa",
        "mshtakiwa",
        "tea",
        "teas,",
    ),
    *("(tusk)", "tusks", "sealed", "seal", "CU", "558120", "CU-558120", "cu558120", "MDOU", "9"),
    *("418207", "象牙制品", "牙", "контрабанду", "العاج", "the", "of", "Muhammad", "animaux"),
)
ASKED = (
    *("ivory", "tusk", "elephant", "dang", "mshtakiwa", "teas", "seal", "cu 558120", "CU558120"),
    *(
        "558120",
        "象牙",
        "牙",
        "制品",
        "tus*",
        "cu55*",
        '"the seal"',
        "контрабанда",
        "عاج",
        "animal",
    ),
    *("mdou 418207 9", "mdou4182079", "ivroy", "the of", "tea OR seal"),
)
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=300).map(" ".join)


def document(text: str) -> IndexDocument:
    return IndexDocument(Key("note", 1), "", frozenset(), parts=(Part("note", text),))


@settings(max_examples=150, deadline=None)
@given(texts, st.sampled_from(ASKED))
def test_what_matches_is_marked(text: str, typed: str) -> None:
    held = terms.of(document(text))
    for rung in query.rungs(typed):
        if oracle.matches(rung.tree, held):
            assert highlights.cut(text, rung.tree).has_match, rung.name


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=900), st.text(max_size=30))
def test_any_text_is_marked_where_it_matches(text: str, typed: str) -> None:
    tree = query.build(typed)
    if tree != query.EVERYTHING and oracle.matches(tree, terms.of(document(text))):
        is_negative = isinstance(tree, All) and not tree.parts
        assert is_negative or highlights.cut(text, tree).has_match


@pytest.mark.parametrize(
    ("tree", "text", "expected"),
    [
        (Prefix("tus"), "Forty tusks, sawn", ["tusks"]),
        (Prefix("mdou41"), "box MDOU 418207 9", ["MDOU 418207 9"]),
        (Near("pangolin", 2), "scales of pangloins", ["pangloins"]),
        (
            Within("port", ("hai", "phong")),
            "sailed to Hải Phòng",
            ["Hải Phòng"],
        ),
        (Within("seal", ("cu", "558120"), "cu558120"), "seal CU-558120 cut", ["CU-558120"]),
        (Phrase(("black", "tea")), "black tea, black coffee", ["black tea"]),
    ],
)
def test_every_kind_of_leaf_is_marked(tree: Tree, text: str, expected: list[str]) -> None:
    segments = highlights.cut(text, tree).segments
    assert [segment.text for segment in segments if segment.is_match] == expected


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("muhammad", "Mohamed"),
        ("Mohamed", "محمد"),
        ("usama", "Osama"),
        ("王伟", "Wang Wei"),
    ],
)
def test_a_name_is_marked_by_its_sound(typed: str, name: str) -> None:
    segments = highlights.whole(name, query.build(typed)).segments
    assert [segment.text for segment in segments if segment.is_match]


def test_the_best_page_is_shown() -> None:
    filler = "Nothing of note was written on this page. " * 100
    pages = [Part("text", filler, f"page:{n}") for n in range(1, 41)]
    pages[6] = replace(pages[6], text=filler + "A tusk. " + filler)
    pages[30] = replace(pages[30], text=filler + "Ivory tusks in black tea. " + filler)
    found = highlights.best(pages, query.build("ivory tusk tea"))
    assert found
    part, snippet = found
    assert part.place == "page:31"
    assert "Ivory tusks in black tea" in snippet.plain


def test_pages_without_a_match_show_none() -> None:
    assert highlights.best([Part("text", "nothing here")], query.build("ivory")) is None
    assert highlights.best([], query.build("ivory")) is None


@pytest.mark.parametrize("typed", ["rare", "common", "common rare", '"common words"', "zzzz*"])
def test_long_files_are_quick(typed: str) -> None:
    page = "Common words stand on every page of it. " * 125
    pages = [Part("text", page, f"page:{n}") for n in range(40)]
    pages[35] = replace(pages[35], text=page + "A rare one.")
    tree = query.build(typed)
    highlights.best(pages, tree)
    spent = own_time.seconds(lambda: highlights.best(pages, tree))
    assert spent < 0.05  # 3 ms where nothing else runs


def test_a_long_question_does_not_read_a_long_text_for_each_of_its_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared: Counter[object] = Counter()
    may_begin = matching._may_begin
    monkeypatch.setattr(
        matching,
        "_may_begin",
        lambda leaf, token: (compared.update([leaf]), may_begin(leaf, token))[1],
    )
    question = query.build(" ".join(f"wq{chr(97 + n)}xv" for n in range(20)))
    assert matching.spans("象牙" * 50_000, question) == []
    assert compared.total() <= 200_000
