"""The search page."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework import access, roles
from casework.models import User
from search import exporting, narrowing, query, run
from search.keeping import recent, saved
from search.params import Params


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    user, params = access.person(request), run.params_from(request.GET)
    answer = run.search(user, params)
    if request.method == "GET":
        recent.note(user, params)
    pages = Paginator(range(min(answer.total, run.DEEPEST)), run.ON_A_PAGE)
    page = pages.get_page(answer.params.page)
    context = {
        "answer": answer,
        "params": answer.params,
        "facets": narrowing.groups(answer),
        "orders": narrowing.orders(answer.params),
        "chips": narrowing.chips(answer.params),
        "step": narrowing.step(answer),
        "is_deepest": answer.total > run.DEEPEST and not page.has_next(),
        "page": page,
        "reading": query.reading(params.typed),
        "fields": sorted(query.FIELDS),
        "may_export": exporting.may_export(user),
        "may_look_after": access.holds(user, roles.MANAGE_REFERENCE),
        **_kept(user, params),
    }
    return render(request, "search/search.html", context)


def _kept(user: User, params: Params) -> dict[str, Any]:
    """A person's own searches, where nothing was asked yet."""
    if params != Params(order=params.order):
        return {}
    return {"saved": saved.of(user), "recent": recent.of(user)}
