"""Hearings: of a case, of all cases a person may read, listing one, and what became of it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, clock, court_record, hearings, models, roles
from casework.days import expected, stalled
from casework.forms.appearances import AppearanceFormSet, Choices
from casework.forms.attempt import attempt
from casework.forms.court_hearings import HearingFilterForm, HearingForm, HearingRecordForm
from casework.models import Hearing, Proceeding

METHODS = ["GET", "HEAD", "POST"]
EMPTY_ROWS = {"came-TOTAL_FORMS": "0", "came-INITIAL_FORMS": "0"}
PAGE_SIZE = 25
JOINED = ("kind", "adjournment_reason", "proceeding__court", "proceeding__case")


@require_safe
def hearing_list(request: HttpRequest) -> HttpResponse:
    """All hearings a person may read, the next one first."""
    form = HearingFilterForm(request.GET, auto_id="filter_%s")
    form.is_valid()
    rows = _upcoming_first(_narrowed(Hearing.objects.visible_to(request.user), form, request.user))
    page = Paginator(rows.select_related(*JOINED), PAGE_SIZE).get_page(request.GET.get("page"))
    cases = models.Case.objects.permitting(request.user, roles.PROSECUTE)
    own = cases.filter(pk__in={row.proceeding.case_id for row in page.object_list})
    prosecuted = set(own.values_list("pk", flat=True))
    context = {
        "form": form,
        "page": page,
        "hearings": hearings.listed(page.object_list, prosecuted=prosecuted),
        "is_narrowed": any(form.cleaned_data.values()),
    }
    return render(request, "casework/hearing_list.html", context)


def _narrowed(rows: QuerySet[Hearing], form: HearingFilterForm, user: Any) -> QuerySet[Hearing]:
    asked, now = form.cleaned_data, clock.now()
    state = Hearing.State
    shown = {
        "ahead": Q(state=state.LISTED, starts_at__gte=now),
        "unrecorded": Q(state=state.LISTED, starts_at__lt=now),
        "adjourned": Q(state=state.ADJOURNED),
    }
    rows = rows.filter(shown.get(asked.get("show") or "", Q()))
    if asked.get("court"):
        rows = rows.filter(proceeding__court=asked["court"])
    return rows.filter(proceeding__prosecutor=user) if asked.get("mine") else rows


def _upcoming_first(rows: QuerySet[Hearing]) -> QuerySet[Any]:
    """The future in its order, then the past backwards."""
    ahead = Q(starts_at__gte=clock.now())
    return rows.annotate(
        is_past=Case(When(ahead, then=Value(False)), default=True, output_field=BooleanField()),
        ahead_at=Case(When(ahead, then=F("starts_at"))),
    ).order_by("is_past", "ahead_at", "-starts_at", "-pk")


@require_safe
def case_hearings(request: HttpRequest, reference: str) -> HttpResponse:
    case = access.get_case(request.user, reference)
    rows = Hearing.objects.filter(proceeding__case=case).select_related(*JOINED)
    page = Paginator(rows.order_by("-starts_at", "-pk"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    prosecuted = {case.pk} if roles.PROSECUTE in case.granted_actions else set()
    context = {
        "case": case,
        "page": page,
        "hearings": hearings.listed(page.object_list, prosecuted=prosecuted),
        "proceedings": court_record.proceedings_of(case).annotate(
            change_count=Count("presiding_changes", distinct=True)
        ),
        "signs": stalled.told(stalled.of(Proceeding.objects.filter(case=case))),
    }
    return render(request, "casework/case_hearings.html", context)


@require_http_methods(METHODS)
def hearing_new(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    found = court_record.get_proceeding(case, pk)
    actor: Any = request.user
    form = HearingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: hearings.schedule(found, actor=actor, **fields)):
            messages.success(request, _("The hearing is listed."))
            return redirect("casework:proceeding", case.reference, found.pk)
    context = {"case": case, "proceeding": found, "form": form}
    return render(request, "casework/hearing_new.html", context)


@require_http_methods(METHODS)
def hearing_record(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """What became of a hearing, with the next date; a recorded one is corrected here."""
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    rows = Hearing.objects.select_related(*JOINED).filter(proceeding__case=case)
    hearing = get_object_or_404(rows, pk=pk)
    hearing.proceeding.case = case
    actor: Any = request.user
    form = HearingRecordForm(request.POST or None, initial=_recorded(hearing))
    rows = _rows(request, hearing)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        fields = form.cleaned_data | {"appeared": rows.seen() if rows.forms else None}
        if attempt(form, lambda: hearings.record(hearing, actor=actor, **fields)):
            messages.success(request, _("The hearing is on record."))
            return redirect("casework:case-hearings", case.reference)
    context = {"case": case, "hearing": hearing, "proceeding": hearing.proceeding, "form": form,
               "rows": rows}  # fmt: skip
    return render(request, "casework/hearing_record.html", context)


def _rows(request: HttpRequest, hearing: Hearing) -> Any:
    """Who was to appear; a form that was sent without these rows says nothing of them."""
    rows = expected.of(hearing)
    about: dict[str, Any] = {
        "prefix": "came",
        "form_kwargs": {"choices": Choices(hearing.proceeding.case)},
        "stands": [] if hearing.state == Hearing.State.LISTED else rows,
    }
    if request.method == "POST":
        sent = request.POST if "came-TOTAL_FORMS" in request.POST else EMPTY_ROWS
        return AppearanceFormSet(sent, **about)
    return AppearanceFormSet(initial=rows, **about)


def _recorded(hearing: Hearing) -> dict[str, Any]:
    """What stands; nothing yet, where nobody recorded it before."""
    state = "" if hearing.state == Hearing.State.LISTED else hearing.state
    return {
        "state": state, "reason": hearing.adjournment_reason, "side": hearing.side,
        "present": hearing.present, "note": hearing.note, "result": hearing.result,
    }  # fmt: skip
