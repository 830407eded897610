"""Everything that is due: of one case, and of all cases a person works on."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework import access, clock
from casework.duties import assistance, authorities, due, writing
from casework.duties.due import Due
from casework.forms.duties import DueFilterForm
from casework.models import AssistanceRequest, Authority, Case

PAGE_SIZE = 25


@require_safe
def case_duties(request: HttpRequest, reference: str) -> HttpResponse:
    case = access.get_case(request.user, reference)
    rows = due.of_case(case, request.user)
    past = sorted((row for row in rows if not row.is_open), key=lambda row: row.due_on)
    page = Paginator(past[::-1], PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "case": case,
        "open": [row for row in rows if row.is_open],
        "page": page,
        "authorities": authorities_of(case),
        "requests": requests_of(case),
        "may_write": bool(case.granted_actions.intersection(writing.WRITERS)),
    }
    return render(request, "casework/case_duties.html", context)


def authorities_of(case: Case) -> list[tuple[Authority, tuple[str, Any]]]:
    """What this reader may see, each with its mark and word."""
    rows = Authority.objects.of_case(case).select_related("kind", "court", "accused")
    today = clock.today()
    return [(row, authorities.state(row, today)) for row in rows.order_by("-issued_on", "-pk")]


def requests_of(case: Case) -> list[tuple[AssistanceRequest, tuple[str, Any]]]:
    rows = AssistanceRequest.objects.of_case(case).select_related("form")
    today = clock.today()
    return [(row, assistance.standing(row, today)) for row in rows.order_by("due_on", "pk")]


@require_safe
def duty_list(request: HttpRequest) -> HttpResponse:
    user = access.person(request)
    form = DueFilterForm(request.GET, auto_id="filter_%s")
    form.is_valid()
    every = due.of_cases(worked_on(user), user)
    page = Paginator(_narrowed(every, form.cleaned_data, user), PAGE_SIZE)
    context = {
        "form": form,
        "page": page.get_page(request.GET.get("page")),
        "late": sum(row.state == due.LATE for row in every),
        "total": len(every),
        "is_narrowed": any(form.cleaned_data.values()),
    }
    return render(request, "casework/duty_list.html", context)


def worked_on(user: access.Reader) -> Any:
    """The cases on which a person may investigate or prosecute."""
    first, second = (Case.objects.permitting(user, action) for action in writing.WRITERS)
    return Case.objects.filter(pk__in=first.values("pk")) | Case.objects.filter(
        pk__in=second.values("pk")
    )


def _narrowed(rows: list[Due], asked: dict[str, Any], user: Any) -> list[Due]:
    if asked.get("show"):
        rows = [row for row in rows if row.state == asked["show"]]
    if asked.get("kind"):
        rows = [row for row in rows if row.kind == asked["kind"]]
    return [row for row in rows if row.assigned_to == user] if asked.get("mine") else rows
