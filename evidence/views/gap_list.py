"""The work list of chains: every exhibit whose chain leaves something open, worst first."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework import access
from casework.models import User
from evidence import gaps
from evidence.models import Exhibit

MINE, STORE, ALL = "mine", "store", "all"


@require_safe
def gap_list(request: HttpRequest) -> HttpResponse:
    user = access.person(request)
    wanted = {name: request.GET.get(name, "").strip()[:60] for name in ("show", "case")}
    rows = _chosen(user, wanted)
    paginator: Paginator[Any] = Paginator(rows.order_by("-pk"), gaps.MOST_EXHIBITS)
    page = paginator.get_page(request.GET.get("page"))
    looked = [exhibit.pk for exhibit in page.object_list]
    found = gaps.standing(Exhibit.objects.filter(pk__in=looked))
    context = {
        "page": page,
        "rows": found.rows,
        "looked": len(looked),
        "wanted": wanted,
        "has_store": user.agency_id is not None,
    }
    return render(request, "evidence/gap_list.html", context)


def _chosen(user: User, wanted: dict[str, str]) -> QuerySet[Exhibit]:
    """Held by me; kept in the store of my agency; or all that I may see."""
    rows: QuerySet[Exhibit] = Exhibit.objects.visible_to(user)
    if wanted["case"]:
        return rows.filter(case__reference=wanted["case"].replace("\x00", ""))
    if wanted["show"] == STORE:
        return rows.filter(Q(place__agency=user.agency_id) if user.agency_id else Q(pk=None))
    return rows if wanted["show"] == ALL else rows.filter(holder=user)
