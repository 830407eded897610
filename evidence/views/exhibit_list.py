"""Lists of exhibits: all that a person may see, and those of one case."""

import re
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework import access, roles
from casework.models import Code, SeizedItem, User
from evidence import readings
from evidence.models import CustodyEvent, Exhibit
from evidence.store import places

ROWS = 50
NARROWED_BY = ("show", "case", "kind", "place", "species")
NUMBER = re.compile(r"[0-9]{1,9}")
HELD, AWAITING, OFFERED = "held", "awaiting", "offered"


@require_safe
def exhibit_list(request: HttpRequest) -> HttpResponse:
    user = access.person(request)
    visible = Exhibit.objects.visible_to(user)
    wanted = {name: request.GET.get(name, "").strip() for name in NARROWED_BY}
    rows = _filtered(visible, user, wanted)
    context = {
        "page": _page(rows, request, "-registered_at", "-pk"),
        "wanted": wanted,
        "is_narrowed": any(wanted.values()),
        "kinds": Code.objects.kind("exhibit_kind"),
        "counts": {
            "all": visible.count(),
            "held": visible.filter(holder=user).count(),
            "awaiting": _offered(visible, to_user=user).count(),
            "offered": _offered(visible, from_user=user).count(),
        },
        "user_id": user.pk,
        "places": places.tree(places.readable_by(user)),
        "has_store": access.holds(user, roles.VIEW_STORE) and user.agency_id is not None,
    }
    return render(request, "evidence/exhibit_list.html", context)


@require_safe
def case_exhibits(request: HttpRequest, reference: str) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference)
    rows = Exhibit.objects.visible_to(user).filter(case=case)
    items = SeizedItem.objects.visible_to(user).filter(seizure__case=case)
    context = {
        "case": case,
        "page": _page(rows, request, "pk"),
        "may_register": roles.EXHIBIT in case.granted_actions,
        "seized": items.aggregate(weight_mg=Sum("weight_mg")) | {"items": items.count()},
        "seizures": case.seizures.order_by("number"),
        "user_id": user.pk,
    }
    return render(request, "evidence/case_exhibits.html", context)


def _filtered(rows: QuerySet[Exhibit], user: User, wanted: dict[str, str]) -> QuerySet[Exhibit]:
    if wanted["show"] == HELD:
        rows = rows.filter(holder=user)
    elif wanted["show"] == AWAITING:
        rows = _offered(rows, to_user=user)
    elif wanted["show"] == OFFERED:
        rows = _offered(rows, from_user=user)
    if wanted["case"]:
        rows = rows.filter(case__reference__icontains=wanted["case"].replace("\x00", ""))
    if wanted["kind"]:
        rows = rows.filter(kind__code=wanted["kind"].replace("\x00", ""))
    if wanted["species"]:
        is_key = NUMBER.fullmatch(wanted["species"])
        rows = rows.filter(taxon=int(wanted["species"])) if is_key else rows.none()
    if wanted["place"]:
        code = wanted["place"].replace("\x00", "")
        place = places.readable_by(user).filter(code=code).first()
        rows = rows.filter(place__in=places.inside(place)) if place else rows.none()
    return rows


def _offered(rows: QuerySet[Exhibit], **side: Any) -> QuerySet[Exhibit]:
    offers = CustodyEvent.objects.awaiting_acknowledgement().filter(**side)
    return rows.filter(pk__in=offers.values("exhibit"))


def _page(rows: QuerySet[Exhibit], request: HttpRequest, *order: str) -> Page[Any]:
    """One page of the list; the readings are looked up for its rows only."""
    keys = rows.order_by(*order).values_list("pk", flat=True)
    page: Page[Any] = Paginator(keys, ROWS).get_page(request.GET.get("page"))
    listed = readings.annotate(Exhibit.objects.filter(pk__in=list(page.object_list)))
    page.object_list = list(
        listed.order_by(*order).select_related(
            "case", "kind", "taxon", "holder", "holder__unit", "holder__agency", "place"
        )
    )
    return page
