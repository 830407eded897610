"""What narrows a search, as the page shows it: facets with counts, dates, orders, the step back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from casework import display
from search import labels
from search.engines import FACETS, FacetCount, SearchOrder
from search.params import DEEPEST, ON_A_PAGE, Params
from search.run import Answer

ORDERS = {
    SearchOrder.RELEVANCE: gettext_lazy("Best first"),
    SearchOrder.NEWEST: gettext_lazy("Newest"),
    SearchOrder.OLDEST: gettext_lazy("Oldest"),
}
SHOWN_VALUES = 8  # of one facet, besides the chosen ones


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
class Link:
    """A way to ask the same otherwise."""

    label: StrOrPromise
    url: str
    is_current: bool = False


def orders(params: Params) -> tuple[Link, ...]:
    """The ways to order, each with the address that keeps the rest of the search."""
    return tuple(
        Link(label, _url(params, page=1, order=order), order is params.order)
        for order, label in ORDERS.items()
    )


def groups(answer: Answer) -> tuple[FacetGroup, ...]:
    """Facets as the page shows them; one with a single way to narrow nothing is left out."""
    made = (_group(name, answer.facets.get(name, ()), answer.params) for name in FACETS)
    return tuple(g for g in made if len(g.values) > 1 or any(v.is_chosen for v in g.values))


def chips(params: Params) -> tuple[Link, ...]:
    """The days asked for, each with the address without it."""
    made = []
    if params.since is not None:
        said = _("From %(day)s") % {"day": display.day(params.since)}
        made.append(Link(said, _url(params, page=1, since=None)))
    if params.until is not None:
        said = _("Until %(day)s") % {"day": display.day(params.until)}
        made.append(Link(said, _url(params, page=1, until=None)))
    return tuple(made)


def step(answer: Answer) -> Link | None:
    """Past the last page that can be turned to: from the day where it ends. By date only; where
    a single day holds more than all pages, words must narrow it."""
    params = answer.params
    if answer.total <= DEEPEST or params.page * ON_A_PAGE < DEEPEST or not answer.results:
        return None
    last: date = answer.results[-1].date.astimezone(get_default_timezone()).date()
    if params.order is SearchOrder.NEWEST and last != params.until:
        said = _("Older: until %(day)s") % {"day": display.day(last)}
        return Link(said, _url(params, page=1, until=last))
    if params.order is SearchOrder.OLDEST and last != params.since:
        said = _("Newer: from %(day)s") % {"day": display.day(last)}
        return Link(said, _url(params, page=1, since=last))
    return None


def _url(params: Params, **changes: object) -> str:
    """The order is always said: without it an address without words means the newest."""
    changed = replace(params, **changes)  # type: ignore[arg-type]  # names of its fields
    return f"?{changed.address()}"


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
