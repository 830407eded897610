"""The calendar of hearings by week and month, and the printable cause list of a day."""

from datetime import MAXYEAR, date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from casework import clock
from casework.days import calendar
from casework.forms.court_hearings import CalendarForm
from casework.stages import EARLIEST_YEAR

ROWS_ON_PAPER = 200


@require_safe
def hearing_calendar(request: HttpRequest) -> HttpResponse:
    """A week, or with `?view=month` a month, around the day `?on=`."""
    form = CalendarForm(request.GET, auto_id="filter_%s")
    asked = form.asked()
    rows = calendar.asked_for(request.user, asked)
    is_month = request.GET.get("view") == "month"
    on = _day(request.GET.get("on", "")) or clock.today()
    context = {
        "form": form,
        "is_narrowed": bool(asked),
        "is_month": is_month,
        "page": (calendar.month if is_month else calendar.week)(rows, on),
        "on": on,
        "next": calendar.next_of(rows),
        "kept": _kept(request),
        "way": "month" if is_month else "week",
    }
    return render(request, "casework/hearing_calendar.html", context)


def _kept(request: HttpRequest) -> str:
    """What the list is narrowed to, for links to other days."""
    query = request.GET.copy()
    for name in ("on", "view", "page"):
        query.pop(name, None)
    return query.urlencode()


def _day(text: str) -> date | None:
    """A day with room for the pages around it; None for anything else."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and EARLIEST_YEAR <= day.year < MAXYEAR else None


@require_safe
def cause_list(request: HttpRequest, day: str) -> HttpResponse:
    """What the courts have on their lists that day, by court and room, for paper."""
    on = _day(day)
    if on is None:
        raise Http404
    form = CalendarForm(request.GET, auto_id="filter_%s")
    rows: Any = calendar.of_day(calendar.asked_for(request.user, form.asked()), on)
    rows = rows.select_related(*calendar.JOINED, "proceeding__prosecutor")
    page = Paginator(rows.prefetch_related("proceeding__case__accused"), ROWS_ON_PAPER).get_page(
        request.GET.get("page")
    )
    context = {"form": form, "day": on, "page": page, "kept": _kept(request)}
    return render(request, "casework/cause_list.html", context)
