"""The versions of a bill of lading: what changed, a new one, and what we typed wrong."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, roles
from casework.forms.attempt import attempt
from kyc.cargo import bills, consignment_pages, version_pages
from kyc.diligence.statements import open_files
from kyc.forms.bill import BillCorrectionForm, BillForm
from kyc.models import BillOfLading
from kyc.views.consignment import address, fetch


@require_safe
def bill(request: HttpRequest, reference: str, seizure: int, number: int) -> HttpResponse:
    """Any two versions side by side; the last two where none are asked for."""
    user = access.person(request)
    case = access.get_case(user, reference)
    found = fetch(user, case, seizure, number)
    rows = list(found.bills.select_related("recorded_by"))
    is_all = "all" in request.GET
    two = version_pages.chosen(rows, request.GET.get("old"), request.GET.get("new"))
    papers = {file.pk: file for file in open_files(user, [case]).filter(bills__in=rows)}
    loaded, arrived = version_pages.way(found, rows)
    timings = [version_pages.timing_words(row.changed_at, loaded, arrived) for row in rows]
    page = {
        "case": case,
        "consignment": found,
        "versions": list(
            zip(rows, timings, [papers.get(r.attachment_id) for r in rows], strict=True)
        ),
        "pair": version_pages.bill_pair(*two, is_all=is_all) if two else None,
        "numbers": [row.version for row in rows],
        "is_all": is_all,
        "corrections": version_pages.corrections(rows),
        "can_edit": roles.EDIT in case.granted_actions,
    }
    return render(request, "kyc/bill.html", page)


@require_http_methods(["GET", "POST"])
def bill_add(request: HttpRequest, reference: str, seizure: int, number: int) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.EDIT)
    found = fetch(user, case, seizure, number)
    last = consignment_pages.bill_of(found)
    data = request.POST if request.method == "POST" else None
    initial = BillForm.initial_of(last, is_new=True)
    form = BillForm(data, case=case, user=user, initial=initial)
    if form.is_valid():
        made = attempt(form, lambda: bills.add_version(found, actor=user, **form.values()))
        if made is not None:
            said = _("Version %(number)s is on the record.") % {"number": made.version}
            messages.success(request, said)
            return redirect("kyc:bill", *address(found))
    page = {"case": case, "consignment": found, "last": last, "form": form}
    return render(request, "kyc/bill_add.html", page)


@require_http_methods(["GET", "POST"])
def bill_correct(
    request: HttpRequest, reference: str, seizure: int, number: int, version: int
) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.EDIT)
    found = fetch(user, case, seizure, number)
    row = get_object_or_404(
        BillOfLading.objects.visible_to(user), consignment=found, version=version
    )
    data = request.POST if request.method == "POST" else None
    initial = BillForm.initial_of(row, is_new=False)
    form = BillCorrectionForm(data, bill=row, case=case, user=user, initial=initial)
    if (
        form.is_valid()
        and attempt(form, lambda: bills.correct(row, actor=user, **form.values())) is not None
    ):
        messages.success(request, _("The version is corrected; its history keeps what stood."))
        return redirect("kyc:bill", *address(found))
    page = {"case": case, "consignment": found, "bill": row, "form": form}
    return render(request, "kyc/bill_correct.html", page)
