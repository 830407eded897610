"""One accused: where they are, on which bail, under which sentences; and what happened to them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, clock, roles
from casework.forms.attempt import attempt
from casework.forms.sentencing import (
    AccusedEventCorrectionForm,
    AccusedEventForm,
    WithdrawalForm,
    event_initial,
)
from casework.models import Accused, AccusedEvent, Case
from casework.sentencing import accused_page, custody

METHODS = ["GET", "HEAD", "POST"]


def get_accused(case: Case, number: int) -> Accused:
    """An accused of a case already authorised, or a 404."""
    found = get_object_or_404(case.accused.select_related("party"), number=number)
    found.case = case
    return found


@require_safe
def accused(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    case = access.get_case(request.user, reference)
    found = get_accused(case, number)
    context = {"case": case, "accused": found, "read": accused_page.read(found, request.user)}
    return render(request, "casework/accused.html", context)


@require_http_methods(METHODS)
def accused_event_new(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    found = get_accused(case, number)
    actor: Any = request.user
    initial = {"happened_on": clock.today(), "kind": request.GET.get("kind", "")}
    form = AccusedEventForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: custody.record(found, actor=actor, **fields)):
            messages.success(request, _("On record."))
            return redirect("casework:accused", case.reference, found.number)
    context = {"case": case, "accused": found, "form": form}
    return render(request, "casework/accused_event_new.html", context)


def _event(case: Case, number: int, pk: int) -> AccusedEvent:
    found = get_accused(case, number)
    rows: Any = AccusedEvent.objects
    event: AccusedEvent = get_object_or_404(rows.standing(), accused=found, pk=pk)
    event.accused = found
    return event


@require_http_methods(METHODS)
def accused_event_correct(
    request: HttpRequest, reference: str, number: int, pk: int
) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    event = _event(case, number, pk)
    actor: Any = request.user
    initial = event_initial(event, AccusedEventCorrectionForm.base_fields)
    form = AccusedEventCorrectionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = {**form.cleaned_data}
        why = fields.pop("correction")
        if attempt(form, lambda: custody.correct(event, why=why, actor=actor, **fields)):
            messages.success(request, _("Corrected. What stood before stays on record."))
            return redirect("casework:accused", case.reference, number)
    context = {"case": case, "accused": event.accused, "event": event, "form": form}
    return render(request, "casework/accused_event_correct.html", context)


@require_http_methods(METHODS)
def accused_event_withdraw(
    request: HttpRequest, reference: str, number: int, pk: int
) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    event = _event(case, number, pk)
    actor: Any = request.user
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["correction"]
        if attempt(form, lambda: custody.take_back(event, why=why, actor=actor)):
            messages.success(request, _("Taken back. What stood before stays on record."))
            return redirect("casework:accused", case.reference, number)
    context = {"case": case, "accused": event.accused, "event": event, "form": form}
    return render(request, "casework/accused_event_withdraw.html", context)
