"""What an accused admits: recording it, wording it anew, taking it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import access, clock, roles
from casework.forms.attempt import attempt
from casework.forms.witnesses import AdmissionChangeForm, AdmissionForm
from casework.models import Admission
from casework.witnesses import admissions

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def admission_new(request: HttpRequest, reference: str) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.PROSECUTE)
    form = AdmissionForm(case, request.POST or None, initial={"made_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: admissions.record(actor=user, **fields)):
            messages.success(request, _("The admission is on record."))
            return redirect("casework:case-witnesses", case.reference)
    return render(request, "casework/admission_new.html", {"case": case, "form": form})


@require_http_methods(METHODS)
def admission_change(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.PROSECUTE)
    rows = Admission.objects.of_case(case).standing().select_related("accused")
    found = get_object_or_404(rows, pk=pk)
    found.case = case
    initial = {"what": found.what, "made_on": found.made_on}
    form = AdmissionChangeForm(request.POST or None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: _keep(form, found, user)) is not None
    ):
        messages.success(request, _("The change is on record. What stood before is kept."))
        return redirect("casework:case-witnesses", case.reference)
    context = {"case": case, "admission": found, "form": form}
    return render(request, "casework/admission_change.html", context)


def _keep(form: AdmissionChangeForm, found: Admission, user: Any) -> Admission:
    fields = dict(form.cleaned_data)
    if fields.pop("is_gone"):
        return admissions.take_back(found, correction=fields["correction"], actor=user)
    return admissions.replace(found, actor=user, **fields)
