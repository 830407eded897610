"""Translates the query tree, the reader's scope and the chosen facets into tantivy queries.

Typed text never reaches the library's own parser, and the scope never touches a score.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any as Loose
from typing import Final

import tantivy
from tantivy import Occur, Query

from search import text
from search.engines import FACETS, FacetCount, Facets, Request, Scope
from search.engines.weights import CLOSE, MARK, PLAIN, SPELT, TITLE
from search.query import All, Any, Between, Mark, Near, Phrase, Prefix, Tree, Within, Word, leaves
from search.query.neighbours import BETWEEN, Pair, neighbours

MANY_TOKENS: Final = 16  # from here one set query beats a posting list per token
COMMON: Final = 10_000  # documents that hold the rarer of two words: a millisecond to compare
MAX_VALUES: Final = 1_000  # distinct values of one facet that are counted exactly
SETS: Final = ("word", "start", "sound")
SHAPE: Final = (
    *("key", "text", "title", "mark", *SETS, "within", "access"),
    *("case", "sort", "minute", "digest"),
)


@cache
def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    for name in ("text", "within"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("title", "mark"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in SETS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("access", tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_integer_field("case", indexed=True)
    builder.add_integer_field("sort", fast=True)
    builder.add_integer_field("minute", fast=True, indexed=True)
    builder.add_integer_field("digest", fast=True)
    return builder.build()


def wanted(request: Request, *, without: str = "") -> Query:
    """What matches under the scope and the chosen facets, except those of one facet."""
    narrowed = [
        _is_one_of(name, values)
        for name, values in request.chosen.items()
        if values and name != without
    ]
    filters = [Query.const_score_query(q, 0.0) for q in (_permitted(request.scope), *narrowed)]
    hidden = [_is_one_of("key", map(str, request.scope.hidden))] if request.scope.hidden else []
    kept, removed = _sides(request.tree)
    return _all([*kept, *filters], [*removed, *hidden])


def ranked(searcher: tantivy.Searcher, request: Request) -> Query:
    """The same, for the order: words that stand together weigh more, and decide nothing else."""
    near = (pair for pair in neighbours(request.tree) if _is_telling(searcher, pair))
    pairs = [(Occur.Should, _close(pair)) for pair in near]
    found = wanted(request)
    return Query.boolean_query([(Occur.Must, found), *pairs]) if pairs else found


def _is_telling(searcher: tantivy.Searcher, pair: Pair) -> bool:
    """Two words that stand nearly everywhere take long to compare, and say little together."""
    return min(searcher.doc_freq("text", stem) for stem in pair) <= COMMON


def _close(pair: Pair) -> Query:
    words: list[str | tuple[int, str]] = list(pair)
    return Query.boost_query(Query.phrase_query(schema(), "text", words, BETWEEN), CLOSE)


def is_ranked(tree: Tree) -> bool:
    """Whether some leaf says more of one document than of another; else the newest come first."""
    return any(isinstance(leaf, Word | Phrase | Mark) for leaf in leaves(tree))


def facets(searcher: tantivy.Searcher, request: Request) -> Facets:
    """Exact counts; those of a facet with chosen values count its other values, too."""
    chosen = [name for name in request.facets if request.chosen.get(name)]
    free = [name for name in request.facets if name not in chosen]
    counted = _counted(searcher, wanted(request), free) if free else {}
    for name in chosen:
        counted |= _counted(searcher, wanted(request, without=name), [name])
    return {name: counted[name] for name in request.facets}


def _counted(
    searcher: tantivy.Searcher, query: Query, names: Iterable[str]
) -> dict[str, tuple[FacetCount, ...]]:
    asked = {name: {"terms": {"field": name, "size": MAX_VALUES}} for name in names}
    answer: Mapping[str, Mapping[str, Loose]] = searcher.aggregate(query, asked)
    return {name: _counts(answer[name]["buckets"]) for name in asked}


def _counts(buckets: Iterable[Mapping[str, Loose]]) -> tuple[FacetCount, ...]:
    counts = (FacetCount(str(b["key"]), int(b["doc_count"])) for b in buckets)
    return tuple(sorted(counts, key=lambda found: (-found.count, found.value)))


def _permitted(scope: Scope) -> Query:
    ways = []
    if scope.shared:
        shared = _is_one_of("access", scope.shared)
        lagging = [(Occur.MustNot, _in_cases(scope.lagging))] if scope.lagging else []
        ways.append(Query.boolean_query([(Occur.Must, shared), *lagging]))
    if scope.direct:
        ways.append(_is_one_of("access", scope.direct))
    return _any(ways)


def _in_cases(cases: Iterable[int]) -> Query:
    return Query.term_set_query(schema(), "case", sorted(cases))


def _is_one_of(field: str, values: Iterable[str]) -> Query:
    known = sorted(values)
    if len(known) > MANY_TOKENS:
        return Query.term_set_query(schema(), field, known)
    return _any([Query.term_query(schema(), field, value, "basic") for value in known])


def _sides(tree: Tree) -> tuple[list[Query], list[Query]]:
    """What must match, beside the filters and not within them, which is quicker; and what must
    not."""
    if isinstance(tree, All):
        return [matching(part) for part in tree.parts], [matching(part) for part in tree.but_not]
    return [matching(tree)], []


def matching(tree: Tree) -> Query:
    match tree:
        case Any(parts, least):
            return _any([matching(part) for part in parts], least)
        case All():
            kept, removed = _sides(tree)
            return _all(kept or [Query.all_query()], removed)
        case Word() | Phrase() | Mark():
            return _ranked(tree)
        case Prefix() | Near() | Within() | Between():
            return Query.const_score_query(_plain(tree), PLAIN)


def _ranked(leaf: Word | Phrase | Mark) -> Query:
    match leaf:
        case Word(stem, exact, sounds):
            ways = [_in_text(stem, exact)]
            ways += [_marked(exact)] if _may_be_mark(exact) else []
            ways += [Query.const_score_query(_is_one_of("sound", sounds), PLAIN)] if sounds else []
            return ways[0] if len(ways) == 1 else _any(ways)
        case Phrase(stems):
            return _together("text", stems)
        case Mark(mark):
            return _marked(mark)


def _in_text(stem: str, exact: str) -> Query:
    """The title is part of the text, so that one list of documents decides what is found."""
    found, titled = (Query.term_query(schema(), field, stem, "freq") for field in ("text", "title"))
    spelt = Query.term_query(schema(), "word", exact, "basic")
    more = (Query.boost_query(titled, TITLE), Query.boost_query(spelt, SPELT))
    return Query.boolean_query([(Occur.Must, found), *((Occur.Should, query) for query in more)])


def _may_be_mark(word: str) -> bool:
    """Identifiers hold a digit, or are one character of a script without spaces."""
    return text.has_digit(word) or len(word) == 1


def _marked(mark: str) -> Query:
    return Query.boost_query(Query.term_query(schema(), "mark", mark, "freq"), MARK)


def _plain(leaf: Prefix | Near | Within | Between) -> Query:
    """What counts alike however often it stands there."""
    match leaf:
        case Prefix(start, in_title):
            pattern = f"{re.escape(start)}.*"
            return Query.regex_query(schema(), "start" if in_title else "word", pattern)
        case Near(word, slips):
            return Query.fuzzy_term_query(schema(), "word", word, slips)
        case Within(name, stems, mark):
            ways = [_together("within", [f"{name}={stem}" for stem in stems])] if stems else []
            marked = [Query.term_query(schema(), "within", f"{name}={mark}")] if mark else []
            return _any([*ways, *marked])
        case Between(first, last):
            kind = tantivy.FieldType.Integer
            return Query.range_query(schema(), "minute", kind, first, last)


def _together(field: str, stems: Sequence[str]) -> Query:
    if len(stems) == 1:
        return Query.term_query(schema(), field, stems[0])
    words: list[str | tuple[int, str]] = list(stems)
    return Query.phrase_query(schema(), field, words)


def _any(queries: Iterable[Query], least: int = 1) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries], least)


def _all(queries: Iterable[Query], but_not: Iterable[Query] = ()) -> Query:
    removed = [(Occur.MustNot, query) for query in but_not]
    return Query.boolean_query([*((Occur.Must, query) for query in queries), *removed])
