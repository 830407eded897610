"""Decisions on bail, with their conditions and sureties, and corrections of their record."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import access, clock, court_record, roles
from casework.forms.attempt import attempt
from casework.forms.provision import LONGEST_KEY
from casework.forms.sentencing import BailCorrectionForm, BailForm
from casework.models import Accused, BailDecision, Case
from casework.sentencing import bail

METHODS = ["GET", "HEAD", "POST"]
FIELDS = ("decision", "decided_on", "amount", "currency", "conditions", "sureties")


def chosen(request: HttpRequest, case: Case) -> Accused | None:
    """The accused whose page led here."""
    number = request.GET.get("accused", "")
    known = number.isdecimal() and len(number) < LONGEST_KEY
    return case.accused.filter(number=int(number)).first() if known else None


@require_http_methods(METHODS)
def bail_new(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    found = court_record.get_proceeding(case, pk)
    actor: Any = request.user
    initial = {"decided_on": clock.today(), "currency": "KES", "accused": chosen(request, case)}
    form = BailForm(case, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: bail.decide(found, actor=actor, **fields)):
            messages.success(request, _("The decision on bail is on record."))
            return redirect("casework:accused", case.reference, fields["accused"].number)
    context = {"case": case, "form": form, "proceeding": found}
    return render(request, "casework/bail_new.html", context)


@require_http_methods(METHODS)
def bail_correct(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    rows = BailDecision.objects.select_related("proceeding", "accused", "decision")
    row = get_object_or_404(rows, proceeding__case=case, pk=pk)
    row.proceeding.case = case
    actor: Any = request.user
    initial = {name: getattr(row, name) for name in FIELDS}
    form = BailCorrectionForm(case, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = {**form.cleaned_data}
        why = fields.pop("correction")
        if attempt(form, lambda: bail.correct(row, why=why, actor=actor, **fields)):
            messages.success(request, _("Corrected. The history keeps what stood before."))
            return redirect("casework:accused", case.reference, row.accused.number)
    context = {"case": case, "form": form, "proceeding": row.proceeding, "bail": row}
    return render(request, "casework/bail_correct.html", context)
