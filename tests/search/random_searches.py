"""Small collections and the trees, scopes and choices to ask of them, for hypothesis.

The words are few and alike, so that most trees find something and most documents nearly match.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from search import marks as identifiers
from search import sounds as named
from search import text
from search.engines import FACETS, IndexDocument, Key, Part, Request, Scope, SearchOrder
from search.query import All, Any, Between, Mark, Near, Phrase, Prefix, Tree, Within, Word

BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
WORDS = ("tea", "teas", "team", "black", "blcak", "seal", "sealed", "tusk", "象牙制", "đặng", "42")
MARKS = ("CU 558120", "KE-MSA-2026-0042", "a+b", "418207", "cu5581", "tea")
NAMES = ("Tamarin Reef", "Tamarind Reaf", "Mohamed Kamau", "Muhammad Kamow", "tea")
FIELDS = ("port", "seal", "vessel")
TOKENS = tuple(f"{need}:{who}" for need in "vs" for who in ("g1", "g2", "u1", "c1", "c2"))
KINDS = ("case", "file", "party")

texts = st.lists(st.sampled_from((*WORDS, *MARKS)), max_size=7).map(" ".join)
values = st.lists(st.sampled_from((*WORDS, *MARKS, "black tea")), max_size=2).map(tuple)
facet_values = st.lists(st.sampled_from("ABC"), max_size=2, unique=True).map(tuple)
minutes = st.integers(0, 5).map(lambda days: int(BEGIN.timestamp()) // 60 + days * 1440)


def _document(number: int, kind: str, **given: object) -> IndexDocument:
    return IndexDocument(Key(kind, number), **given)  # type: ignore[arg-type]


def _documents(number: int) -> st.SearchStrategy[IndexDocument]:
    return st.builds(
        _document,
        number=st.just(number),
        kind=st.sampled_from(KINDS),
        title=texts,
        access=st.frozensets(st.sampled_from(TOKENS), max_size=3),
        case=st.integers(0, 3),
        parts=st.lists(st.builds(Part, st.just("summary"), texts), max_size=3).map(tuple),
        identifiers=st.lists(st.sampled_from(MARKS), max_size=2).map(tuple),
        facets=st.dictionaries(st.sampled_from(FACETS), facet_values, max_size=3),
        date=st.integers(0, 5).map(lambda days: BEGIN + timedelta(days=days)),
        names=st.lists(st.sampled_from(NAMES), max_size=2).map(tuple),
        values=st.dictionaries(st.sampled_from(FIELDS), values, max_size=2),
    )


collections = st.integers(1, 12).flatmap(
    lambda count: st.tuples(*(_documents(number) for number in range(1, count + 1)))
)


def _drawn_from(read: Iterable[Iterable[str]]) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted({one for some in read for one in some}))


stems = _drawn_from(text.stems(one) for one in (*WORDS, *MARKS))
folded = _drawn_from((t.folded for t in text.tokens(one)) for one in (*WORDS, *MARKS))
marks = _drawn_from(
    (text.compact(one), *identifiers.found(one, text.tokens(one))) for one in (*MARKS, *WORDS)
)
sounds = _drawn_from(named.of_name(one) for one in NAMES)
phrases = st.lists(stems, min_size=2, max_size=3).map(tuple)


def _words(stem: str, exact: str, heard: frozenset[str]) -> Word:
    return Word(stem, exact, heard)


leaves: st.SearchStrategy[Tree] = st.one_of(
    st.builds(_words, stems, folded, st.frozensets(sounds, max_size=2)),
    st.builds(
        Prefix, st.tuples(folded, st.integers(1, 4)).map(lambda p: p[0][: p[1]]), st.booleans()
    ),
    st.builds(Near, folded, st.integers(1, 2)),
    st.builds(Phrase, phrases),
    st.builds(Mark, marks),
    st.builds(
        Within,
        st.sampled_from(FIELDS),
        st.lists(stems, max_size=2).map(tuple),
        st.one_of(st.just(""), marks),
    ).filter(lambda leaf: leaf.stems or leaf.mark),
    st.builds(lambda a, b: Between(min(a, b), max(a, b) + 1), minutes, minutes),
)


def _joined(parts: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    removed = st.lists(parts, max_size=2).map(tuple)
    return st.one_of(
        st.builds(All, st.one_of(st.just(()), several), removed),
        st.tuples(several, st.integers(1, 3)).map(lambda p: Any(p[0], min(p[1], len(p[0])))),
    )


trees = st.recursive(leaves, _joined, max_leaves=6)
scopes = st.builds(
    Scope,
    shared=st.frozensets(st.sampled_from(TOKENS), max_size=3),
    direct=st.frozensets(st.sampled_from(TOKENS), max_size=3),
    lagging=st.one_of(st.just(frozenset()), st.frozensets(st.integers(1, 3), max_size=2)),
    hidden=st.frozensets(st.builds(Key, st.sampled_from(KINDS), st.integers(1, 12)), max_size=3),
)
requests = st.builds(
    Request,
    tree=trees,
    scope=st.one_of(st.just(Scope(shared=frozenset(TOKENS))), scopes),
    chosen=st.one_of(
        st.just({}),
        st.dictionaries(
            st.sampled_from(FACETS), st.frozensets(st.sampled_from("ABC"), max_size=2), max_size=2
        ),
    ),
    order=st.sampled_from(list(SearchOrder)),
    offset=st.sampled_from((0, 0, 0, 2)),
    limit=st.sampled_from((3, 20, 20)),
)
