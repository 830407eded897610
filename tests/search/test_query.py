"""Any typed text is a query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import query
from search.query import All, Any, Mark, Phrase, Word

TEA = Word("tea", "tea")
MILK = Word("milk", "milk")


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("", query.EVERYTHING),
        ("  ( ) - \u200f ", query.EVERYTHING),
        ("tea", TEA),
        ("tea milk", All((TEA, MILK))),
        ("tea -milk", All((TEA,), (MILK,))),
        ("-milk", All((), (MILK,))),
        ("tea OR milk", Any((TEA, MILK))),
        ("OR tea OR", TEA),
        ("tea OR milk milk", All((Any((TEA, MILK)), MILK))),
        ('"tea milk"', Phrase(("tea", "milk"))),
        ("\u201ctea milk\u201d", Phrase(("tea", "milk"))),
        ('"tea milk', Phrase(("tea", "milk"))),
        ("tea-milk", Any((Phrase(("tea", "milk")), Word("teamilk", "teamilk")))),
        ("CU-55", Any((Phrase(("cu", "55")), Mark("cu55")))),
    ],
)
def test_reads(typed: str, tree: query.Tree) -> None:
    assert query.build(typed) == tree


def test_words_that_may_be_one_identifier_are_read_both_ways() -> None:
    tree = query.build("seal cu 558120")
    assert isinstance(tree, Any)
    assert All((Word("seal", "seal"), Mark("cu558120"))) in tree.parts


@given(st.text(alphabet=st.characters() | st.sampled_from('"-() OR:*9ab')))
def test_nothing_that_is_typed_is_an_error(typed: str) -> None:
    query.build(typed)
    query.clean(typed).encode()


def test_long_texts_are_cut() -> None:
    assert len(list(query.leaves(query.build("word " * 10_000)))) == query.MAX_PIECES
