"""Translates the query tree, the reader's scope and the chosen facets for Elasticsearch.

Pure: it makes plain data. Typed text never reaches the server's own query parser, and the scope
never touches a score.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any as Loose
from typing import Final

from search import text
from search.engines import Request, Scope, SearchOrder
from search.engines.weights import CLOSE, MARK, PLAIN, SPELT, TITLE
from search.query import All, Any, Between, Mark, Near, Phrase, Prefix, Tree, Within, Word, leaves
from search.query.neighbours import BETWEEN, Pair, neighbours

Query = dict[str, Loose]
MAX_VALUES: Final = 1_000  # distinct values of one facet that are counted exactly
MAX_TERMS: Final = 65_536  # values that the server takes in one clause
DEEPEST: Final = 20_000  # hits that the server puts in order for one page
LONGEST: Final = 2**63 - 1
NOTHING: Final[Query] = {"match_none": {}}


def body(request: Request) -> Query:
    """The whole question: what matches, what narrows it, in which order, and what to count."""
    widened = [name for name in request.facets if request.chosen.get(name)]
    narrowed = {name: values for name, values in request.chosen.items() if values}
    filters = [_is_one_of(name, values) for name, values in narrowed.items() if name not in widened]
    asked: Query = {
        "query": _wanted(request, filters),
        "sort": _order(request),
        "from": min(request.offset, DEEPEST),
        "size": max(0, min(request.limit, DEEPEST - request.offset)),
        "track_total_hits": True,
        "_source": False,
        "stored_fields": "_none_",
    }
    if widened:
        asked["post_filter"] = _chosen({name: narrowed[name] for name in widened})
    if request.facets:
        asked["aggs"] = _counted(request.facets, {name: narrowed[name] for name in widened})
    return asked


def _wanted(request: Request, filters: Iterable[Query]) -> Query:
    """The scope is a filter: it decides what is found, and weighs nothing. Beside what must match,
    words that stand together only weigh."""
    return {
        "bool": {
            "must": [matching(request.tree)],
            "should": _closer(request),
            "filter": [permitted(request.scope), *filters],
            "must_not": _hidden(request.scope),
        }
    }


def _hidden(scope: Scope) -> list[Query]:
    return [_is_one_of("key", map(str, scope.hidden))] if scope.hidden else []


def _closer(request: Request) -> list[Query]:
    pairs = neighbours(request.tree) if _is_best_first(request) else ()
    return [_close(pair) for pair in pairs]


def _close(pair: Pair) -> Query:
    wanted = {"query": " ".join(pair), "slop": BETWEEN, "boost": CLOSE}
    return {"match_phrase": {"text": wanted}}


def _is_best_first(request: Request) -> bool:
    return request.order is SearchOrder.RELEVANCE and is_ranked(request.tree)


def _order(request: Request) -> list[Query]:
    """`sort` is unique, so that equals always stand in the same order."""
    if _is_best_first(request):
        return [{"_score": "desc"}, {"sort": "desc"}]
    return [{"sort": "asc" if request.order is SearchOrder.OLDEST else "desc"}]


def is_ranked(tree: Tree) -> bool:
    """Whether some leaf says more of one document than of another; else the newest come first."""
    return any(isinstance(leaf, Word | Phrase | Mark) for leaf in leaves(tree))


def _counted(names: Iterable[str], widened: Mapping[str, Iterable[str]]) -> Query:
    """Each facet counts under the chosen values of the others: its own other values, too."""
    return {name: _count(name, {o: v for o, v in widened.items() if o != name}) for name in names}


def _count(name: str, others: Mapping[str, Iterable[str]]) -> Query:
    counted: Query = {"terms": {"field": name, "size": MAX_VALUES}}
    # A filter that lets everything through is not free: a third of the time of all facets.
    return {"filter": _chosen(others), "aggs": {"values": counted}} if others else counted


def _chosen(values: Mapping[str, Iterable[str]]) -> Query:
    return {"bool": {"filter": [_is_one_of(name, one_of) for name, one_of in values.items()]}}


def permitted(scope: Scope) -> Query:
    """What the reader may find; of an empty scope, nothing."""
    ways = []
    if scope.shared:
        lagging = [_is_one_of("case", map(str, scope.lagging))] if scope.lagging else []
        shared = [_is_one_of("access", scope.shared)]
        ways.append({"bool": {"filter": shared, "must_not": lagging}})
    if scope.direct:
        ways.append(_is_one_of("access", scope.direct))
    return _any(ways)


def _is_one_of(field: str, values: Iterable[str]) -> Query:
    """Any number of values; the server takes only so many in one clause."""
    known = sorted(values)
    parts = [known[i : i + MAX_TERMS] for i in range(0, len(known), MAX_TERMS)]
    clauses: list[Query] = [{"terms": {field: part}} for part in parts]
    return clauses[0] if len(clauses) == 1 else _any(clauses)


def matching(tree: Tree) -> Query:
    match tree:
        case Any(parts, least):
            return _any([matching(part) for part in parts], least)
        case All(parts, but_not):
            kept = [matching(part) for part in parts] or [{"match_all": {}}]
            return {"bool": {"must": kept, "must_not": [matching(part) for part in but_not]}}
        case Word() | Phrase() | Mark():
            return _ranked(tree)
        case Prefix() | Near() | Within() | Between():
            return _constant(_plain(tree))


def _ranked(leaf: Word | Phrase | Mark) -> Query:
    match leaf:
        case Word(stem, exact, sounds):
            ways = [_in_text(stem, exact)]
            ways += [_term("mark", exact, MARK)] if _may_be_mark(exact) else []
            ways += [_constant(_is_one_of("sound", sounds))] if sounds else []
            return ways[0] if len(ways) == 1 else _any(ways)
        case Phrase(stems):
            return _together("text", stems)
        case Mark(mark):
            return _term("mark", mark, MARK)


def _in_text(stem: str, exact: str) -> Query:
    """The title is part of the text, so that one list of documents decides what is found."""
    more = [_term("title", stem, TITLE), _term("word", exact, SPELT)]
    return {"bool": {"must": [_term("text", stem)], "should": more}}


def _may_be_mark(word: str) -> bool:
    """Identifiers hold a digit, or are one character of a script without spaces."""
    return text.has_digit(word) or len(word) == 1


def _plain(leaf: Prefix | Near | Within | Between) -> Query:
    """What counts alike however often it stands there."""
    match leaf:
        case Prefix(start, in_title):
            return {"prefix": {"start" if in_title else "word": {"value": start}}}
        case Near(word, slips):
            return {"fuzzy": {"word": _misspelled(word, slips)}}
        case Within(name, stems, mark):
            ways = [_together("within", [f"{name}={stem}" for stem in stems])] if stems else []
            marked = [_term("within", f"{name}={mark}")] if mark else []
            return _any([*ways, *marked])
        case Between(first, last):
            return {"range": {"minute": {"gte": _whole(first), "lte": _whole(last)}}}


def _misspelled(word: str, slips: int) -> Query:
    """Every such word counts: the constant rewrite takes them all, not the fifty nearest."""
    return {
        "value": word,
        "fuzziness": slips,
        "transpositions": True,
        "prefix_length": 0,
        "rewrite": "constant_score",
    }


def _whole(minute: int) -> int:
    return max(-LONGEST, min(minute, LONGEST))


def _together(field: str, stems: Sequence[str]) -> Query:
    if len(stems) == 1:
        return _term(field, stems[0])
    return {"match_phrase": {field: " ".join(stems)}}


def _term(field: str, term: str, boost: float = 1.0) -> Query:
    return {"term": {field: {"value": term, "boost": boost}}}


def _constant(query: Query) -> Query:
    return {"constant_score": {"filter": query, "boost": PLAIN}}


def _any(queries: list[Query], least: int = 1) -> Query:
    if not queries:
        return NOTHING
    return {"bool": {"should": queries, "minimum_should_match": least}}
