"""One search by one reader: the tree, the scope, the engine, and the hits read again.

Invariant: every record on the page came through `visible_to` in this request.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework.access import Reader
from search import documents, index, labels, lookup, query, results, scope, sync
from search.engines import (
    FACETS,
    EngineUnavailableError,
    FacetCount,
    Facets,
    Page,
    Request,
    SearchOrder,
)
from search.results import Result

logger = logging.getLogger(__name__)
ON_A_PAGE = 20
LAST_PAGE = 500  # deeper nobody reads; narrower words are quicker
ORDERS = {
    SearchOrder.RELEVANCE: _("Best first"),
    SearchOrder.NEWEST: _("Newest"),
    SearchOrder.OLDEST: _("Oldest"),
}
SHOWN_VALUES = 8  # of one facet, besides the chosen ones


@dataclass(frozen=True)
class Params:
    """What was asked; anything odd in an address is left out, never an error."""

    typed: str = ""
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    order: SearchOrder = SearchOrder.RELEVANCE
    page: int = 1


@dataclass(frozen=True)
class FacetValue:
    value: str
    label: StrOrPromise
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class FacetGroup:
    name: str
    label: StrOrPromise
    values: tuple[FacetValue, ...]


@dataclass(frozen=True)
class OrderLink:
    label: StrOrPromise
    url: str
    is_current: bool


@dataclass(frozen=True)
class Answer:
    """A page of results; `is_lookup` when the index could not be asked."""

    params: Params
    total: int
    results: tuple[Result, ...]
    facets: Facets = field(default_factory=dict)
    is_lookup: bool = False

    def as_data(self) -> dict[str, Any]:
        """For scripts: total, hits and facets, and whether only a look-up was possible."""
        return {
            "total": self.total,
            "hits": [result.as_data() for result in self.results],
            "facets": {
                name: [{"value": count.value, "count": count.count} for count in counts]
                for name, counts in self.facets.items()
            },
            "is_lookup": self.is_lookup,
        }

    def orders(self, data: QueryDict) -> tuple[OrderLink, ...]:
        """The ways to order, each with the address that keeps the rest of the search."""
        links = []
        for order, label in ORDERS.items():
            kept = data.copy()
            kept.pop("page", None)
            kept["sort"] = order
            links.append(OrderLink(label, f"?{kept.urlencode()}", order is self.params.order))
        return tuple(links)

    def facet_groups(self) -> tuple[FacetGroup, ...]:
        """Facets as the page shows them; one with a single way to narrow nothing is left out."""
        groups = (_group(name, self.facets.get(name, ()), self.params) for name in FACETS)
        return tuple(g for g in groups if len(g.values) > 1 or any(v.is_chosen for v in g.values))


def params_from(data: QueryDict) -> Params:
    typed = query.clean(data.get("q", ""))
    default = SearchOrder.RELEVANCE if typed else SearchOrder.NEWEST
    order = data.get("sort", "")
    page = data.get("page", "")
    return Params(
        typed=typed,
        chosen={
            name: frozenset(query.clean(value) for value in data.getlist(name)[: SHOWN_VALUES * 4])
            for name in FACETS
            if data.getlist(name)
        },
        order=SearchOrder(order) if order in set(SearchOrder) else default,
        page=min(max(int(page), 1), LAST_PAGE) if page.isdecimal() and len(page) < 9 else 1,
    )


def search(user: Reader, params: Params) -> Answer:
    """What this reader may find now. An index that is away means a plain look-up, not an error."""
    tree = query.build(params.typed)
    try:
        page = _ask(user, params, tree)
    except EngineUnavailableError as error:
        logger.warning("The search index cannot be asked: %s", error)
        sync.ask_worker()
        return _look_up(user, params, tree)
    if params.page > 1 and page.total and not page.hits:
        last = -(-page.total // ON_A_PAGE)
        return search(user, replace(params, page=min(last, params.page - 1)))
    found = documents.records(page.hits, visible_to=user)
    shown = tuple(results.read(found[key], tree) for key in page.hits if key in found)
    return Answer(params, page.total, shown, page.facets)


def _ask(user: Reader, params: Params, tree: query.Tree) -> Page:
    return index.engine().search(
        Request(
            tree=tree,
            scope=scope.build(user),
            chosen=params.chosen,
            order=params.order,
            offset=(params.page - 1) * ON_A_PAGE,
            limit=ON_A_PAGE,
        )
    )


def _look_up(user: Reader, params: Params, tree: query.Tree) -> Answer:
    keys = lookup.keys(user, params.typed)
    found = documents.records(keys, visible_to=user)
    shown = tuple(results.read(found[key], tree) for key in keys if key in found)
    return Answer(replace(params, page=1), len(shown), shown, is_lookup=True)


def _group(name: str, counts: Iterable[FacetCount], params: Params) -> FacetGroup:
    chosen = params.chosen.get(name, frozenset())
    counted = list(counts)
    kept = [c for i, c in enumerate(counted) if i < SHOWN_VALUES or c.value in chosen]
    kept += [FacetCount(v, 0) for v in sorted(chosen - {c.value for c in counted})]
    if name == "year":
        kept.sort(key=lambda count: count.value, reverse=True)
    words = labels.of_values(name, [count.value for count in kept])
    values = (FacetValue(c.value, words[c.value], c.count, c.value in chosen) for c in kept)
    return FacetGroup(name, labels.FACETS[name], tuple(values))
