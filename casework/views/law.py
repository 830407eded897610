"""The law as lists: provisions, listings, points to prove, limits of time. Everybody reads them."""

import re
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework import access, roles
from casework.legal import words
from casework.legal.kinds import LIMITS, LISTINGS, POINTS, PROVISIONS, Kind
from casework.models import Provision

PER_PAGE = 50


@require_safe
def law_list(request: HttpRequest) -> HttpResponse:
    """Provisions by statute: all versions, or those in force on a day."""
    rows = _in_country(_on_day(PROVISIONS.rows, request), request)
    text = _asked(request, "q")
    for word in text.split():
        rows = rows.filter(
            Q(statute__icontains=word) | Q(section__icontains=word) | Q(title__icontains=word)
            | Q(offence__icontains=word) | Q(penalty__icontains=word)
        )  # fmt: skip
    ordered = sorted(rows, key=_as_counted)  # a few hundred at most, and no database counts so
    return _page(request, PROVISIONS, ordered, "casework/law_list.html")


def _as_counted(row: Provision) -> tuple[str, str, list[tuple[int, str]], date]:
    """By statute, then section 9 before 10 and 92 before 92(1)."""
    parts = [part for part in re.split(r"(\d+)", row.section) if part]
    counted = [(int(part), "") if part.isdecimal() else (0, part) for part in parts]
    return row.country, row.statute, counted, row.valid_from or date.min


@require_safe
def law_listings(request: HttpRequest) -> HttpResponse:
    """Which species stood in which schedule, and when."""
    rows = _on_day(LISTINGS.rows, request).select_related("taxon")
    for word in _asked(request, "q").split():
        rows = rows.filter(
            Q(taxon__scientific_name__icontains=word) | Q(taxon__common_name__icontains=word)
            | Q(taxon__other_names__icontains=word) | Q(scheme__icontains=word)
        )  # fmt: skip
    ordered = rows.order_by("taxon__scientific_name", "scheme", "valid_from", "pk")
    return _page(request, LISTINGS, ordered, "casework/law_listings.html")


@require_safe
def law_points(request: HttpRequest) -> HttpResponse:
    """What is to be proved, template by template."""
    named, chosen = words.templates(), _asked(request, "template")
    rows = _on_day(POINTS.rows, request)
    rows = rows.filter(template=chosen) if chosen in named else rows
    shown = {"templates": named, "chosen": chosen}
    return _page(request, POINTS, rows, "casework/law_points.html", **shown)


@require_safe
def law_limits(request: HttpRequest) -> HttpResponse:
    """The periods that the law sets."""
    rows = _in_country(_on_day(LIMITS.rows, request), request)
    return _page(request, LIMITS, rows, "casework/law_limits.html")


def _page(request: HttpRequest, kind: Kind, rows: Any, template: str, **more: Any) -> HttpResponse:
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "kind": kind, "page": page, "query": _asked(request, "q"), "on": _day(request),
        "open": bool(_asked(request, "open")), "country": _asked(request, "country").upper(),
        "countries": _countries(), "may_edit": access.holds(request.user, roles.MANAGE_LAW),
        **more,
    }  # fmt: skip
    return render(request, template, context)


def _asked(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").replace("\x00", "").strip()[:100]


def _day(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(_asked(request, "on"))
    except ValueError:
        return None


def _on_day(rows: Any, request: HttpRequest) -> Any:
    """The rows of the day asked for, and only those that nobody verified where that is asked."""
    rows = rows.filter(is_verified=False) if _asked(request, "open") else rows
    day = _day(request)
    return rows.on(day) if day else rows


def _in_country(rows: Any, request: HttpRequest) -> Any:
    country = _asked(request, "country").upper()
    return rows.filter(country=country) if country else rows


def _countries() -> list[str]:
    """The countries whose law is here."""
    of = Provision.objects.order_by("country").values_list("country", flat=True).distinct()
    return list(of)
