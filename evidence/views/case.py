"""The page of one case: what it is, how far it got, what it lacks, and its timeline."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from casework import access, cases
from evidence import case_page, timeline

PAGE_SIZE = 50
WORDS = {
    "all": _("All"),
    "custody": _("Custody"),
    "court": _("Court"),
    "consignment": _("Consignment"),
    "parties": _("Parties"),
    "files": _("Files"),
    "notes": _("Notes"),
}


@require_safe
def case(request: HttpRequest, reference: str) -> HttpResponse:
    found = access.get_case(request.user, reference)
    asked = request.GET.get("show", "all")
    group = asked if asked in timeline.GROUPS else "all"
    numbers = timeline.numbers(found, request.user)
    moments: Any = timeline.Timeline(found, request.user, group, numbers[group])
    filters = [
        {"key": key, "word": word, "number": numbers[key], "is_current": key == group}
        for key, word in WORDS.items()
    ]
    context = {
        "case": found,
        "page": case_page.read(found, request.user),
        "filters": filters,
        "may_step": bool(cases.STEPS.get(found.status)),
        "rows": Paginator(moments, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "evidence/case.html", context)
