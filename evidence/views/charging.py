"""Filing a charge sheet and closing the prosecution's case: first what is missing, then the act.

Both belong to the court record of casework; they are here because they ask the points to prove.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from casework import access, court_record, roles
from casework.forms.attempt import attempt
from casework.models import Proceeding, TrialStep
from casework.procedure import steps
from evidence.forms.proof import NeverthelessForm
from evidence.proof import alarms, filing

METHODS = ["GET", "HEAD", "POST"]
CLOSED = TrialStep.Kind.PROSECUTION_CLOSED


@require_http_methods(METHODS)
def charge_sheet_file(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.PROSECUTE)
    found = court_record.get_proceeding(case, pk)
    if found.kind != Proceeding.Kind.TRIAL:
        raise Http404
    sheet = found.charge_sheets.latest("version")
    sheet.proceeding = found
    told = alarms.of_sheet(sheet, user)
    lacks = filing.missing(told)
    sent = request.POST if request.method == "POST" else None
    form = NeverthelessForm("filed_on", gettext_lazy("Filed on"), sent, lacks=bool(lacks))
    if request.method == "POST" and form.is_valid():
        typed: Any = form.cleaned_data
        if attempt(form, lambda: filing.file(sheet, actor=user, **typed)):
            messages.success(request, _("Filed. The charge sheet is fixed. Enter the pleas next."))
            return redirect("casework:proceeding", case.reference, found.pk)
    context = {"case": case, "proceeding": found, "sheet": sheet, "form": form, "alarms": told}
    return render(request, "casework/charge_sheet_file.html", context)


@require_http_methods(METHODS)
def prosecution_close(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.PROSECUTE)
    found = court_record.get_proceeding(case, pk)
    told = alarms.of_proceeding(found, user)
    lacks = filing.missing(told)
    sent = request.POST if request.method == "POST" else None
    form = NeverthelessForm("happened_on", gettext_lazy("Closed on"), sent, lacks=bool(lacks))
    if request.method == "POST" and form.is_valid():
        typed: Any = form.cleaned_data
        if attempt(form, lambda: filing.close(found, actor=user, **typed)):
            messages.success(request, _("The prosecution's case is closed."))
            return redirect("casework:proceeding", case.reference, found.pk)
    why_not = steps.refusal(found, CLOSED)
    context = {"case": case, "proceeding": found, "form": form, "alarms": told, "why_not": why_not}
    return render(request, "evidence/prosecution_close.html", context)
