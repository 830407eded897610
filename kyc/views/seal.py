"""Readings of a consignment's seals: a new one, and what we typed wrong."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import access, roles
from casework.forms.attempt import attempt
from kyc.cargo import consignments
from kyc.forms.seal import SealCorrectionForm, SealForm
from kyc.models import Seal
from kyc.views.consignment import address, fetch


@require_http_methods(["GET", "POST"])
def seal_add(request: HttpRequest, reference: str, seizure: int, number: int) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.EDIT)
    found = fetch(user, case, seizure, number)
    form = SealForm(request.POST if request.method == "POST" else None, consignment=found)
    if (
        form.is_valid()
        and attempt(form, lambda: consignments.add_seal(found, actor=user, **form.cleaned_data))
        is not None
    ):
        messages.success(request, _("The seal is on the record."))
        return redirect("kyc:consignment", *address(found))
    return render(request, "kyc/seal_add.html", {"case": case, "consignment": found, "form": form})


@require_http_methods(["GET", "POST"])
def seal_correct(
    request: HttpRequest, reference: str, seizure: int, number: int, seal: int
) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.EDIT)
    found = fetch(user, case, seizure, number)
    row = get_object_or_404(Seal.objects.visible_to(user), consignment=found, pk=seal)
    data = request.POST if request.method == "POST" else None
    form = SealCorrectionForm(data, consignment=found, initial=SealCorrectionForm.initial_of(row))
    if (
        form.is_valid()
        and attempt(form, lambda: consignments.amend_seal(row, actor=user, **form.cleaned_data))
        is not None
    ):
        messages.success(request, _("The reading is corrected; its history keeps what stood."))
        return redirect("kyc:consignment", *address(found))
    page = {"case": case, "consignment": found, "seal": row, "form": form}
    return render(request, "kyc/seal_correct.html", page)
