"""Proceedings that stand still: which, why, and what looks like no accident."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework.days import stalled
from casework.forms.court_hearings import CalendarForm
from casework.models import Proceeding

PAGE_SIZE = 25


@require_safe
def stalled_list(request: HttpRequest) -> HttpResponse:
    form = CalendarForm(request.GET, auto_id="filter_%s")
    asked = form.asked()
    rows = stalled.of(_narrowed(Proceeding.objects.visible_to(request.user), asked, request.user))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "is_narrowed": bool(asked),
        "page": page,
        "rows": stalled.told(page.object_list),
        "limits": {"quiet": stalled.QUIET_DAYS, "same": stalled.SAME_CAUSE},
    }
    return render(request, "casework/stalled_list.html", context)


def _narrowed(rows: Any, asked: dict[str, Any], user: Any) -> Any:
    if asked.get("court"):
        rows = rows.filter(court=asked["court"])
    if asked.get("prosecutor"):
        rows = rows.filter(prosecutor=asked["prosecutor"])
    if asked.get("case"):
        rows = rows.filter(case__reference=asked["case"])
    if asked.get("mine"):
        rows = rows.filter(prosecutor=user) | rows.filter(case__lead_officer=user)
    return rows
