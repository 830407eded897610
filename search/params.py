"""What one search asks, read from an address and written back into one.

Anything odd in an address is left out, never an error.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from search import query
from search.engines import FACETS, SearchOrder
from search.query.dates import Days

ON_A_PAGE = 20
DEEPEST = 10_000  # hits that can be paged through and exported; narrower words are quicker
LAST_PAGE = DEEPEST // ON_A_PAGE
MOST_CHOSEN = 32  # values of one facet that are read from an address


@dataclass(frozen=True)
class Params:
    """What was asked. `since` and `until` are days, both included, in the installation's zone."""

    typed: str = ""
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    order: SearchOrder = SearchOrder.RELEVANCE
    page: int = 1
    since: date | None = None
    until: date | None = None

    @property
    def is_narrowed(self) -> bool:
        return bool(self.chosen or self.since or self.until)

    @property
    def between(self) -> query.Between | None:
        """The minutes of the days asked for; none where no day is."""
        if self.since is None and self.until is None:
            return None
        return Days(self.since, self.until).between(timezone.get_default_timezone())

    def within_dates(self, tree: query.Tree) -> query.Tree:
        days = self.between
        return tree if days is None else query.All((tree, days))

    @property
    def plain(self) -> "Params":
        """The question without what narrows it."""
        return replace(self, chosen={}, since=None, until=None, page=1)

    def address(self, **changes: Any) -> str:
        """What stands after the question mark; the same question always gives the same text."""
        asked = replace(self, **changes)
        said = QueryDict(mutable=True)
        if asked.typed:
            said["q"] = asked.typed
        for name in FACETS:
            said.setlist(name, sorted(asked.chosen.get(name, ())))
        for name, day in (("from", asked.since), ("to", asked.until)):
            if day is not None:
                said[name] = day.isoformat()
        if asked.order is not _usual(asked.typed):
            said["sort"] = asked.order.value
        if asked.page > 1:
            said["page"] = str(asked.page)
        return said.urlencode()


def params_from(data: QueryDict) -> Params:
    typed = query.clean(data.get("q", ""))
    order = data.get("sort", "")
    page = data.get("page", "")
    return Params(
        typed=typed,
        chosen={
            name: frozenset(query.clean(value) for value in data.getlist(name)[:MOST_CHOSEN])
            for name in FACETS
            if data.getlist(name)
        },
        order=SearchOrder(order) if order in set(SearchOrder) else _usual(typed),
        page=min(max(int(page), 1), LAST_PAGE) if page.isdecimal() and len(page) < 9 else 1,
        since=_day(data.get("from", "")),
        until=_day(data.get("to", "")),
    )


def _usual(typed: str) -> SearchOrder:
    return SearchOrder.RELEVANCE if typed else SearchOrder.NEWEST


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said.strip())
    except ValueError:
        return None
