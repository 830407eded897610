"""The search page."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from search import query, run


def search(request: HttpRequest) -> HttpResponse:
    answer = run.search(request.user, run.params_from(request.GET))
    pages = Paginator(range(answer.total), run.ON_A_PAGE)
    return render(
        request,
        "search/search.html",
        {
            "answer": answer,
            "facets": answer.facet_groups(),
            "orders": answer.orders(request.GET),
            "page": pages.get_page(answer.params.page),
            "reading": query.reading(answer.params.typed),
        },
    )
