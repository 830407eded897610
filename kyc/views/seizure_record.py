"""Record a seizure: the intake page, which opens a case or adds to one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import access, roles
from casework.errors import NotAllowed
from kyc.cargo import consignments
from kyc.forms.intake import Intake


@require_http_methods(["GET", "POST"])
def seizure_record(request: HttpRequest) -> HttpResponse:
    user = access.person(request)
    if not access.holds(user, roles.RECORD_SEIZURE):
        raise NotAllowed(_("Your position does not record seizures. Ask an investigator."))
    intake = Intake(request.POST if request.method == "POST" else None)
    if request.method == "POST" and intake.is_valid():
        seizure = intake.attempt(lambda: consignments.record_seizure(actor=user, **intake.values()))
        if seizure is not None:
            said = _("Recorded. This opened case %(reference)s.")
            messages.success(request, said % {"reference": seizure.case.reference})
            return redirect("kyc:seizure", seizure.case.reference, seizure.number)
    return render(request, "kyc/seizure_record.html", {"intake": intake})


@require_http_methods(["GET", "POST"])
def seizure_add(request: HttpRequest, reference: str) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.EDIT)
    intake = Intake(request.POST if request.method == "POST" else None, opens_case=False)
    if request.method == "POST" and intake.is_valid():
        seizure = intake.attempt(
            lambda: consignments.add_seizure(case, actor=user, **intake.values())
        )
        if seizure is not None:
            messages.success(request, _("The seizure is on the record."))
            return redirect("kyc:seizure", case.reference, seizure.number)
    return render(request, "kyc/seizure_add.html", {"intake": intake, "case": case})
