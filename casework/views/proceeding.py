"""The charges page of a case, its proceedings, the accused in them, bail and appeals."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import (
    access,
    clock,
    court_record,
    court_steps,
    display,
    hearings,
    proceedings,
    roles,
    submissions,
)
from casework.forms.attempt import attempt
from casework.forms.court import AccusedForm, ProceedingForm
from casework.forms.procedure import AppealForm, offering
from casework.models import Proceeding
from casework.procedure import appeals, steps, transfers
from casework.procedure.states import Step

METHODS = ["GET", "HEAD", "POST"]


@require_safe
def proceeding_list(request: HttpRequest, reference: str) -> HttpResponse:
    """The charges of a case: counts against accused, with plea, decision and sentence."""
    case = access.get_case(request.user, reference)
    sheets = court_record.of_case(case)
    opened = list(court_record.proceedings_of(case))
    context = {
        "case": case,
        "sheets": sheets,
        "proceedings": opened,
        "submissions": case.submissions.select_related("prosecutor", "submitted_by", "decided_by"),
        "may_open": bool(opened) or submissions.is_accepted(case),
        "steps": court_steps.of_case(case, opened, submissions.waiting_for(case)),
    }
    return render(request, "casework/proceeding_list.html", context)


@require_safe
def proceeding(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, reference)
    found = court_record.get_proceeding(case, pk)
    sheets = court_record.before(found)
    rows = found.hearings.select_related(
        "kind", "adjournment_reason", "proceeding__case", "proceeding__court"
    )
    prosecuted = {case.pk} if roles.PROSECUTE in case.granted_actions else set()
    context = {
        "case": case,
        "proceeding": found,
        "sheets": sheets,
        "hearings": hearings.listed(rows.order_by("-starts_at", "-pk"), prosecuted=prosecuted),
        "bail": found.bail.select_related("accused", "decision"),
        "children": found.children.select_related("court"),
        "steps": court_steps.of_proceeding(case, found, sheets),
        "trial_steps": steps.in_order(found),
        "moved": transfers.of_proceeding(found),
        "versions": found.charge_sheets.exclude(filed_on=None),
        **_acts(found, sheets),
    }
    return render(request, "casework/proceeding.html", context)


def _acts(found: Proceeding, sheets: list[court_record.Sheet]) -> dict[str, bool]:
    """What the page offers; joining only where another trial has something to join."""
    acts = court_steps.acts(found, sheets)
    others = found.case.proceedings.filter(kind=Proceeding.Kind.TRIAL).exclude(pk=found.pk)
    may_join = acts["may_join"] and others.exists()
    return {**acts, "may_join": may_join and offering(found, Step.JOIN, elsewhere=True).exists()}


@require_http_methods(METHODS)
def proceeding_new(request: HttpRequest, reference: str) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    actor: Any = request.user
    form = ProceedingForm(request.POST or None, initial={"opened_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        opened = attempt(form, lambda: proceedings.open_proceeding(case, actor=actor, **fields))
        if opened:
            said = _("Opened. Draft the charge sheet next.")
            if not case.accused.exists():
                said = _("Opened. Name the accused, then draft the charge sheet.")
            messages.success(request, said)
            return redirect("casework:proceeding", case.reference, opened.pk)
    return render(request, "casework/proceeding_new.html", {"case": case, "form": form})


@require_http_methods(METHODS)
def appeal_new(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    parent = court_record.get_proceeding(case, pk)
    actor: Any = request.user
    form = AppealForm(parent, request.POST or None, initial={"opened_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        brought = attempt(form, lambda: proceedings.open_appeal(parent, actor=actor, **fields))
        if brought:
            messages.success(request, _("The appeal is on record. The decision below stands."))
            _warn_of_time(request, parent, brought)
            return redirect("casework:proceeding", case.reference, brought.pk)
    days = {side: appeals.last_day(parent, side) for side in (appeals.DEFENCE, appeals.PROSECUTION)}
    context = {"case": case, "form": form, "proceeding": parent, "last_days": days}
    return render(request, "casework/appeal_new.html", context)


def _warn_of_time(request: HttpRequest, parent: Proceeding, brought: Proceeding) -> None:
    last = appeals.last_day(parent, brought.appellant_side)
    if last is not None and brought.opened_on > last and not brought.is_out_of_time:
        words = _("The time to appeal ended on %(day)s. Was it admitted out of time?")
        messages.warning(request, words % {"day": display.day(last)})


@require_http_methods(METHODS)
def accused_new(request: HttpRequest, reference: str) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    actor: Any = request.user
    form = AccusedForm(case, request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        added = attempt(form, lambda: proceedings.add_accused(case, actor=actor, **fields))
        if added:
            messages.success(request, _("Added as A%(number)s.") % {"number": added.number})
            return redirect("casework:proceeding-list", case.reference)
    return render(request, "casework/accused_new.html", {"case": case, "form": form})


@require_http_methods(METHODS)
def accused_edit(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    accused = get_object_or_404(case.accused.select_related("party"), number=number)
    accused.case = case
    actor: Any = request.user
    initial = {name: getattr(accused, name) for name in AccusedForm.base_fields}
    form = AccusedForm(case, request.user, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: proceedings.change_accused(accused, actor=actor, **fields)):
            messages.success(request, _("Changed. The history keeps what stood before."))
            return redirect("casework:accused", case.reference, accused.number)
    context = {"case": case, "form": form, "accused": accused}
    return render(request, "casework/accused_edit.html", context)
