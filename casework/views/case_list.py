"""The list of the cases a person may read, narrowed and ordered by the address alone."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework import access, roles
from casework.forms.case import SORTS, CaseFilterForm
from casework.models import Case, Hearing

PAGE_SIZE = 25


@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    form = CaseFilterForm(request.GET, auto_id="filter_%s")
    form.is_valid()
    cases = narrowed(Case.objects.visible_to(request.user), form.cleaned_data, request.user)
    page = Paginator(_with_next_hearing(cases), PAGE_SIZE).get_page(request.GET.get("page"))
    is_narrowed = any(form.cleaned_data.get(name) for name in form.fields if name != "sort")
    may_record = access.holds(request.user, roles.RECORD_SEIZURE)
    context = {"form": form, "page": page, "is_narrowed": is_narrowed, "may_record": may_record}
    return render(request, "casework/case_list.html", context)


def narrowed(cases: QuerySet[Case], asked: dict[str, Any], user: Any) -> QuerySet[Case]:
    """The cases that match every condition given; unknown values were dropped by the form."""
    words = asked.get("q", "")
    if words:
        cases = cases.filter(Q(reference__icontains=words) | Q(title__icontains=words))
    for field in ("status", "tier", "agency"):
        if asked.get(field):
            cases = cases.filter(**{field: asked[field]})
    if asked.get("mine"):
        cases = cases.filter(lead_officer=user)
    order, _word = SORTS.get(asked.get("sort", ""), SORTS["changed"])
    return cases.order_by(order, "-pk")


def _with_next_hearing(cases: QuerySet[Case]) -> QuerySet[Any]:
    listed = Hearing.objects.filter(
        proceeding__case=OuterRef("pk"), state=Hearing.State.LISTED, starts_at__gte=timezone.now()
    )
    soonest = Subquery(listed.order_by("starts_at").values("starts_at")[:1])
    rows: QuerySet[Any] = cases.select_related("lead_officer", "unit", "agency").annotate(
        next_hearing_at=soonest
    )
    return rows
