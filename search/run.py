"""One search by one reader: the rungs, the scope, the engine, and the hits read again.

Invariant: every record on the page came through `visible_to` in this request.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone

from casework.access import Reader
from search import documents, index, lookup, query, results, scope, sync
from search.engines import (
    FACETS,
    EngineUnavailableError,
    Facets,
    Key,
    Page,
    Request,
    SearchOrder,
)
from search.params import DEEPEST, LAST_PAGE, ON_A_PAGE, Params, params_from
from search.query import Rung
from search.results import Result

__all__ = [
    "DEEPEST", "LAST_PAGE", "ON_A_PAGE", "Answer", "Params", "SearchOrder", "keys", "params_from",
    "read", "search",
]  # fmt: skip

ENOUGH = 10  # found by all the words: nothing wider is asked
MANY = 200  # found by all the words: they need narrowing
EXACT, MOST, NEAR = "exact", "most", "near"


@dataclass(frozen=True)
class Answer:
    """A page of results. `rung` says how widely was asked, `exact` how many the words themselves
    would have found; `is_lookup` when the index could not be asked."""

    params: Params
    total: int
    results: tuple[Result, ...]
    facets: Facets = field(default_factory=dict)
    is_lookup: bool = False
    rung: str = EXACT
    exact: int = 0

    def as_data(self) -> dict[str, Any]:
        """For scripts: total, hits and facets, and how they were found."""
        return {
            "total": self.total,
            "hits": [result.as_data() for result in self.results],
            "facets": {
                name: [{"value": count.value, "count": count.count} for count in counts]
                for name, counts in self.facets.items()
            },
            "rung": self.rung,
            "is_lookup": self.is_lookup,
        }


def search(user: Reader, params: Params) -> Answer:
    """What this reader may find now. An index that is away means a plain look-up, not an error."""
    try:
        asked = _Asked(user, params, limit=ON_A_PAGE)
        rung, exact = asked.rung()
        page = asked.page(rung)
        if params.page > 1 and page.total and not page.hits:
            last = -(-page.total // ON_A_PAGE)
            return search(user, replace(params, page=min(last, params.page - 1)))
    except EngineUnavailableError as error:
        sync.lost(error)
        return _look_up(user, params)
    shown = read(user, page.hits, rung)
    return Answer(params, page.total, shown, page.facets, rung=rung.name, exact=exact)


def keys(user: Reader, params: Params) -> tuple[tuple[Key, ...], Rung]:
    """All that was found, in the shown order, as far as it can be paged through.

    Raises EngineUnavailableError.
    """
    asked = _Asked(user, replace(params, page=1), limit=DEEPEST, facets=())
    rung, _exact = asked.rung()
    return asked.page(rung).hits, rung


def read(user: Reader, hits: Iterable[Key], rung: Rung) -> tuple[Result, ...]:
    """The hits as they stand in the database now; what this reader may not see is missing."""
    hits = tuple(hits)
    found = documents.records(hits, visible_to=user)
    return results.read_all((found[key] for key in hits if key in found), rung.tree)


class _Asked:
    """One question under one scope, rung by rung; each is asked once."""

    def __init__(
        self,
        user: Reader,
        params: Params,
        *,
        limit: int,
        facets: tuple[str, ...] = FACETS,
    ) -> None:
        self.params, self.scope, self.engine = params, scope.build(user), index.engine()
        self.limit, self.facets = limit, facets
        self.rungs = query.rungs(params.typed, timezone.get_default_timezone())
        self.asked: dict[str, Page] = {}

    def rung(self) -> tuple[Rung, int]:
        """How widely to ask: wider while too little is found. Ticks and dates do not count, or
        narrowing a good answer would widen it. With how many the words themselves find."""
        first, *wider = self.rungs
        if not wider:
            return first, 0
        exact = most = self._found(first)
        best = first
        for rung in wider:
            if not self._helps(rung, most, first):
                continue
            if (found := self._found(rung)) > most:
                best, most = rung, found
        return best, exact

    def _helps(self, rung: Rung, found: int, first: Rung) -> bool:
        """The best answer may lack a word; by date, what lacks one would stand anywhere."""
        if found and _names_one(first.tree):
            return False
        if rung.name == MOST:
            return self.params.order is SearchOrder.RELEVANCE and ENOUGH <= found <= MANY
        return not found if rung.name == NEAR else found < ENOUGH

    def page(self, rung: Rung) -> Page:
        if rung.name not in self.asked:
            self.asked[rung.name] = self.engine.search(self._request(rung))
        return self.asked[rung.name]

    def _found(self, rung: Rung) -> int:
        if not self.params.is_narrowed:
            return self.page(rung).total
        only = Request(tree=rung.tree, scope=self.scope, limit=1, facets=())
        return self.engine.search(only).total

    def _request(self, rung: Rung) -> Request:
        return Request(
            tree=self.params.within_dates(rung.tree),
            scope=self.scope,
            chosen=self.params.chosen,
            order=self.params.order,
            offset=(self.params.page - 1) * ON_A_PAGE,
            limit=self.limit,
            facets=self.facets,
        )


def _names_one(tree: query.Tree) -> bool:
    """An identifier among the words: what it found is what was looked for."""
    return any(isinstance(leaf, query.Mark) for leaf in query.leaves(tree))


def _look_up(user: Reader, params: Params) -> Answer:
    rung = query.rungs(params.typed, timezone.get_default_timezone())[0]
    shown = read(user, lookup.keys(user, params.typed), rung)
    return Answer(replace(params, page=1), len(shown), shown, is_lookup=True)
