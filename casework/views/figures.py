"""Conviction rates with their question, the cases behind each number, and the same as CSV."""

import csv
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casework import figures as answers
from casework import figures_words, metrics
from casework.forms.figures import FiguresForm
from casework.models import Case

PAGE_SIZE = 25


def _asked(request: HttpRequest) -> FiguresForm:
    """The question of the address; an empty one asks for the accused concluded in all years."""
    data = request.GET.copy()
    data.setdefault("unit", "accused")
    data.setdefault("cohort", "concluded")
    return FiguresForm(data)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    form = _asked(request)
    context: dict[str, Any] = {"form": form, "fewest": metrics.FEWEST}
    if form.is_valid():
        found = answers.ask(form.question(), user=_person(request))
        context |= {
            "figures": found,
            "words": figures_words.of(found, request.GET),
            "csv_url": f"{reverse('casework:figures-csv')}?{request.GET.urlencode()}",
        }
    return render(request, "casework/figures.html", context)


def _person(request: HttpRequest) -> Any:
    return request.user


@require_safe
def figures_cases(request: HttpRequest) -> HttpResponse:
    """The cases behind a number, as far as the reader may open them."""
    form = _asked(request)
    if not form.is_valid():
        return redirect("casework:figures")
    figure = request.GET.get("figure", "all")
    group = {name: request.GET.get(name, "") for name in ("of_tier", "of_year")}
    keys = answers.cases_behind(
        form.question(), figure, user=_person(request), tier=group["of_tier"],
        year=group["of_year"],
    )  # fmt: skip
    page = Paginator(keys, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = Case.objects.filter(pk__in=page.object_list).select_related("lead_officer", "agency")
    context = {
        "page": page,
        "cases": rows,
        "what": figures_words.cases_of(form.question(), figure, **group),
        "back_url": f"{reverse('casework:figures')}?{figures_words.question_of(request.GET)}",
    }
    return render(request, "casework/figures_cases.html", context)


@require_safe
def figures_csv(request: HttpRequest) -> HttpResponse:
    """The figures as rows, each with its whole question beside it."""
    form = _asked(request)
    if not form.is_valid():
        return redirect("casework:figures")
    found = answers.ask(form.question(), user=_person(request))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="{}"'.format(_("figures.csv"))
    csv.writer(response).writerows(figures_words.rows(found))
    return response
