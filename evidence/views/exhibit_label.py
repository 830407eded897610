"""Labels to print: of one exhibit, or of several of a case on sheets."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from casework import access
from casework.models import Case, User
from evidence import exhibits, readings
from evidence.models import Exhibit
from evidence.store import labels

SIZES = ("sheet", "single")
MOST = 200


@dataclass(frozen=True)
class Label:
    exhibit: Exhibit
    seal: str
    code: SafeString
    address: str


@require_safe
def exhibit_label(request: HttpRequest, reference: str, label: str) -> HttpResponse:
    user = access.person(request)
    exhibit = exhibits.find(user, reference, label)
    return _page(request, user, exhibit.case, [label], "single")


@require_safe
def exhibit_labels(request: HttpRequest, reference: str) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference)
    wanted = [label for label in request.GET.getlist("label") if exhibits.is_label(label)]
    return _page(request, user, case, wanted, "sheet")


def _page(
    request: HttpRequest, user: User, case: Case, wanted: list[str], usual: str
) -> HttpResponse:
    size = request.GET.get("size", usual)
    visible = Exhibit.objects.visible_to(user).filter(case=case)
    chosen = visible.filter(label__in=wanted) if wanted else visible
    rows = readings.annotate(chosen).order_by("pk")[:MOST]
    context = {
        "case": case,
        "left_out": max(chosen.count() - MOST, 0),
        "labels": [
            Label(row, row.seal_last or "", labels.qr_svg(row), labels.address(row)) for row in rows
        ],
        "size": size if size in SIZES else usual,
        "is_only_here": labels.is_only_here(),
        "query": "".join(f"&label={label}" for label in wanted),
    }
    return render(request, "evidence/exhibit_label.html", context)
