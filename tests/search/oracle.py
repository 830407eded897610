"""What a search must find, without an engine: each leaf tried on each document's terms."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz.distance import OSA

from search import terms
from search.engines import FacetCount, IndexDocument, Page, Request, Scope, SearchOrder
from search.query import All, Any, Between, Mark, Near, Phrase, Prefix, Tree, Within, Word
from search.terms import Terms


def found(documents: Iterable[IndexDocument], request: Request) -> list[IndexDocument]:
    """The documents that match, newest first."""
    kept = [d for d in documents if permitted(d, request.scope) and chosen(d, request)]
    hits = [d for d in kept if matches(request.tree, terms.of(d))]
    return sorted(hits, key=lambda d: d.sort, reverse=True)


def answer(documents: Sequence[IndexDocument], request: Request) -> Page:
    """Total, facets and, newest or oldest first, the page of hits; best first is any order."""
    hits = found(documents, request)
    if request.order is SearchOrder.OLDEST:
        hits.reverse()
    keys = tuple(hit.key for hit in hits)[request.offset : request.offset + request.limit]
    return Page(
        len(hits), keys, {name: counts(documents, request, name) for name in request.facets}
    )


def counts(
    documents: Iterable[IndexDocument], request: Request, facet: str
) -> tuple[FacetCount, ...]:
    """Values of one facet under everything that is chosen but its own values."""
    others = {name: values for name, values in request.chosen.items() if name != facet}
    hits = found(documents, replace(request, chosen=others))
    counted = Counter(value for hit in hits for value in set(hit.facets.get(facet, ())))
    made = (FacetCount(value, count) for value, count in counted.items())
    return tuple(sorted(made, key=lambda one: (-one.count, one.value)))


def permitted(document: IndexDocument, scope: Scope) -> bool:
    if document.key in scope.hidden:
        return False
    trusted = document.case not in scope.lagging
    return bool(document.access & scope.direct) or (
        trusted and bool(document.access & scope.shared)
    )


def chosen(document: IndexDocument, request: Request) -> bool:
    return all(
        not values or values & set(document.facets.get(name, ()))
        for name, values in request.chosen.items()
    )


def matches(tree: Tree, held: Terms) -> bool:
    match tree:
        case All(parts, but_not):
            return all(matches(p, held) for p in parts) and not any(
                matches(p, held) for p in but_not
            )
        case Any(parts, least):
            return sum(matches(p, held) for p in parts) >= least
        case Word(stem, exact, sounds):
            in_text = stem in held.title or any(stem in part for part in held.body)
            return in_text or exact in held.marks or bool(sounds & held.sounds)
        case Phrase(stems):
            return any(_stands_in(stems, line) for line in (held.title, *held.body))
        case Mark(mark):
            return mark in held.marks
        case Prefix(start, in_title):
            return any(w.startswith(start) for w in (held.starts if in_title else held.words))
        case Near(word, slips):
            return any(OSA.distance(word, w) <= slips for w in held.words)
        case Within(name, stems, mark):
            wanted = [f"{name}={stem}" for stem in stems]
            return any(
                (wanted and _stands_in(wanted, line)) or f"{name}={mark}" in line
                for line in held.within
            )
        case Between(first, last):
            return first <= held.minute <= last


def _stands_in(words: Sequence[str], line: Sequence[str]) -> bool:
    size = len(words)
    return any(list(line[i : i + size]) == list(words) for i in range(len(line) - size + 1))
