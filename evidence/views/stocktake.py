"""Checking a place by scanning: the sheet while it runs, the signature, and the report after."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, roles
from casework.errors import RuleBroken
from casework.forms.attempt import attempt
from evidence import downloads
from evidence.forms.store import ScanForm, SignForm
from evidence.models import Place, Stocktake
from evidence.store import places, stocktakes


@require_http_methods(["GET", "POST"])
def stocktake_start(request: HttpRequest, code: str) -> HttpResponse:
    user = access.person(request)
    place = places.find(user, code, roles.KEEP_STORE)
    if request.method == "GET":
        return redirect("evidence:place", code)
    try:
        made = stocktakes.start(place, actor=user)
    except RuleBroken as broken:
        messages.warning(request, str(broken.message))
        return redirect("evidence:place", code)
    return redirect("evidence:stocktake", made.pk)


@require_http_methods(["GET", "POST"])
def stocktake(request: HttpRequest, number: int) -> HttpResponse:
    """The sheet: scan into it while it is open, read it when it is signed."""
    user = access.person(request)
    is_sent = request.method == "POST"
    check = stocktakes.find(user, number, roles.KEEP_STORE if is_sent else roles.VIEW_STORE)
    form = ScanForm(request.POST if is_sent else None)
    if is_sent and form.is_valid() and _scanned(request, check, form):
        return redirect("evidence:stocktake", number)
    sheet = stocktakes.sheet(check, user)
    context = {
        "check": check,
        "sheet": sheet,
        "groups": _groups(sheet),
        "form": form,
        "shelf": _shelf(request, check),
        "is_open": not hasattr(check, "report"),
        "may_keep": access.holds(user, roles.KEEP_STORE),
    }
    return render(request, "evidence/stocktake.html", context)


def _scanned(request: HttpRequest, check: Stocktake, form: ScanForm) -> bool:
    """A scanner sends each code by itself: the shelf that was scanned last counts for the next."""
    codes, shelf, user = form.cleaned_data["codes"], _shelf(request, check), access.person(request)
    made = attempt(form, lambda: stocktakes.scan(check, codes, actor=user, shelf=shelf))
    if made is None:
        return False
    named = stocktakes.last_shelf(check, codes)
    if named:
        request.session["shelf"] = {str(check.pk): named.code}
    elif not made:
        messages.info(request, _("Scanned before."))
    return True


def _shelf(request: HttpRequest, check: Stocktake) -> Place | None:
    """The shelf that this person scanned last in this check; None for the whole of it."""
    code = request.session.get("shelf", {}).get(str(check.pk), "")
    found = stocktakes.last_shelf(check, code)
    return found if found and found.pk != check.place_id else None


def _groups(sheet: stocktakes.Sheet) -> list[dict[str, Any]]:
    return [
        {"key": "missing", "title": _("Missing"), "mark": "open", "lines": sheet.missing},
        {
            "key": "unexpected",
            "title": _("Not expected here"),
            "mark": "cross",
            "lines": sheet.unexpected,
        },
        {"key": "found", "title": _("Found"), "mark": "full", "lines": sheet.found},
    ]


@require_http_methods(["GET", "POST"])
def stocktake_sign(request: HttpRequest, number: int) -> HttpResponse:
    user = access.person(request)
    check = stocktakes.find(user, number, roles.KEEP_STORE)
    if hasattr(check, "report"):
        return redirect("evidence:stocktake", number)
    form = SignForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        if attempt(form, lambda: stocktakes.sign(check, note=note, actor=user)):
            messages.success(request, _("Signed. The missing ones are on the list to explain."))
            return redirect("evidence:stocktake", number)
    sheet = stocktakes.sheet(check, user)
    context = {"check": check, "sheet": sheet, "form": form}
    return render(request, "evidence/stocktake_sign.html", context)


@require_safe
def stocktake_csv(request: HttpRequest, number: int) -> HttpResponse:
    """The sheet as rows: exhibits and places, no names of people."""
    user = access.person(request)
    check = stocktakes.find(user, number)
    sheet = stocktakes.sheet(check, user)
    head = ["result", "case", "label", "recorded_at", "found_at", "at"]
    named = (("found", sheet.found), ("missing", sheet.missing), ("unexpected", sheet.unexpected))
    rows = ([result, *stocktakes.cells(line)] for result, lines in named for line in lines)
    return downloads.of_rows(f"check-{check.pk}.csv", head, rows)
