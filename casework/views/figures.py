"""The figures: the question in the address, its panels one by one, the cases behind a number."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from casework import access, clock, figures_words
from casework.forms.figures import FiguresForm
from casework.panels import behind, presets, read
from casework.panels.cells import Links

PAGE_SIZE = 25


def asked(request: HttpRequest) -> FiguresForm:
    """The question of the address; an empty one asks for the accused concluded in all years."""
    data = request.GET.copy()
    data.setdefault("unit", "accused")
    data.setdefault("cohort", "concluded")
    return FiguresForm(data)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The question and its first panel; the others follow one by one."""
    form, query = asked(request), figures_words.question_of(request.GET)
    context: dict[str, Any] = {"form": form, "query": query, "presets": presets.of(clock.today())}
    if form.is_valid():
        first, *others = read.ON_THE_PAGE
        user = access.person(request)
        context |= {
            "sentence": figures_words.sentence(form.question(), form.names()),
            "whose": read.whose(user),
            "panel": read.panel(first, form.question(), user, Links(query)),
            "others": [(key, read.PANELS[key][0]) for key in others],
            "kept": presets.kept(request.GET, clock.today()),
        }
    return render(request, "casework/figures.html", context)


@require_safe
def figures_panel(request: HttpRequest, key: str) -> HttpResponse:
    """One panel: a piece of the page for a browser that asks for it, a page for a link."""
    if key not in read.PANELS:
        raise Http404
    form, query = asked(request), figures_words.question_of(request.GET)
    if not form.is_valid():
        return redirect(f"{reverse('casework:figures')}?{query}")
    found = read.panel(key, form.question(), access.person(request), Links(query))
    context = {
        "panel": found,
        "query": query,
        "sentence": figures_words.sentence(form.question(), form.names()),
        "breakdowns": _breakdowns(key),
    }
    htmx: Any = getattr(request, "htmx", False)
    answer = render(request, f"casework/figures_panel{'_part' if htmx else ''}.html", context)
    patch_vary_headers(answer, ["HX-Request"])  # a kept piece must not be shown as the page
    return answer


def _breakdowns(key: str) -> list[tuple[str, Any]]:
    """The other ways to split, beside one of them."""
    if key not in read.BREAKDOWNS:
        return []
    return [(name, read.PANELS[name][0]) for name in read.BREAKDOWNS]


@require_safe
def figures_cases(request: HttpRequest) -> HttpResponse:
    """The cases behind a number, as far as the reader may open them."""
    form = asked(request)
    if not form.is_valid():
        return redirect("casework:figures")
    number = behind.of(request.GET)
    found = behind.cases(number, form.question(), access.person(request))
    rows = found.select_related("lead_officer", "agency")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "what": behind.words(number, form.question(), form.names()),
        "back_url": f"{reverse('casework:figures')}?{figures_words.question_of(request.GET)}",
    }
    return render(request, "casework/figures_cases.html", context)
