"""What is indexed of a document: the same, whether its lines were read before or not."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from search import terms
from search.engines import IndexDocument, Key, Part

LINES = st.text(alphabet="eE19 -/\u00e9\u4e00'", max_size=12)


def document(*lines: str) -> IndexDocument:
    parts = tuple(Part("note", line) for line in lines)
    return IndexDocument(Key("note", 1), "", frozenset(), parts=parts)


@given(LINES)
def test_a_line_that_was_read_before_says_the_same_among_a_thousand_words(line: str) -> None:
    long = " ".join([*["and"] * terms.SHORT, ".", line])
    alone, among = terms.of(document(line)), terms.of(document(long))
    assert among.words - {"and"} == alone.words - {"and"}
    assert among.body[0][terms.SHORT :] == alone.body[0]


def test_capitals_still_matter_after_the_same_line_in_small_letters() -> None:
    assert "at0540" not in terms.of(document("at 0540")).marks
    assert "at0540" in terms.of(document("AT 0540")).marks
    assert "at0540" not in terms.of(document("at 0540")).marks


def test_only_short_lines_are_kept_in_memory() -> None:
    terms.of(document("Quay 11", ""))
    before = terms._remembered.cache_info().currsize
    terms.of(document("Quay 11", "a" * (terms.SHORT + 1), "word " * terms.SHORT))
    assert terms._remembered.cache_info().currsize == before


def test_the_fingerprint_is_that_of_indexes_made_earlier() -> None:
    source = IndexDocument(
        Key("custody", 7), "E1 Examined", frozenset({"v:g1", "v:c2"}), case=2,
        parts=(Part("note", "Count\u00e9"), Part("place", "Quay 11")), identifiers=("S 1", "A 2"),
        facets={"status": ("trial",), "port": ("VNHPH", "KEMBA")}, names=("Amina",),
        date=datetime(2026, 3, 1, 9, 59, 59, 999_999, tzinfo=UTC),
        values={"place": ("Quay 11",), "kind": ("custody", "Examined")},
    )  # fmt: skip
    assert (source.minute, source.digest) == (29539319, 1257621093056606914)
