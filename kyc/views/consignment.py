"""The consignments of a case: their list, one of them, and what is typed about it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, roles
from casework.forms.attempt import attempt
from casework.models import Case, Seizure, User
from kyc import consignment_pages, consignments
from kyc.forms.consignment import (
    BaseBoxFormSet,
    BoxFormSet,
    ConsignmentDetailForm,
    ContainerForm,
    SealForm,
)
from kyc.models import Consignment, Container, Involvement


def fetch(user: User, case: Case, seizure: int, number: int) -> Consignment:
    """A consignment of a case the reader may see, with all that its pages show; else Http404."""
    rows = consignment_pages.with_parts(Consignment.objects.visible_to(user))
    found = rows.filter(seizure__case=case, seizure__number=seizure, number=number).first()
    if found is None:
        raise Http404
    found.seizure.case = case
    return found


def _here(consignment: Consignment) -> tuple[str, str, int, int]:
    seizure = consignment.seizure
    return "kyc:consignment", seizure.case.reference, seizure.number, consignment.number


def _typed(form: ConsignmentDetailForm, boxes: BaseBoxFormSet) -> dict[str, Any]:
    """The arguments of `consignments.add` and `amend` from two valid forms."""
    return {
        "boxes": boxes.boxes(),
        "bill": form.fields_of_bill(),
        **form.fields_of_consignment(),
    }


@require_safe
def case_consignments(request: HttpRequest, reference: str) -> HttpResponse:
    """The seizures of a case with their consignments."""
    user = access.person(request)
    case = access.get_case(user, reference)
    page = {
        "case": case,
        "seizures": consignment_pages.seizures_of(case, user),
        "can_edit": roles.EDIT in case.granted_actions,
    }
    return render(request, "kyc/case_consignments.html", page)


@require_safe
def consignment(request: HttpRequest, reference: str, seizure: int, number: int) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference)
    found = fetch(user, case, seizure, number)
    involved = Involvement.objects.visible_to(user).filter(consignment=found)
    page = {
        "case": case,
        "consignment": found,
        "bill": consignment_pages.bill_of(found),
        "containers": found.containers.all(),
        "seals": found.seals.all(),
        "weights": consignment_pages.weights_of(found),
        "involvements": involved.select_related("party", "role"),
        "can_edit": roles.EDIT in case.granted_actions,
    }
    return render(request, "kyc/consignment.html", page)


@require_http_methods(["GET", "POST"])
def consignment_add(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.EDIT)
    seizure = get_object_or_404(Seizure.objects.visible_to(user), case=case, number=number)
    data = request.POST if request.method == "POST" else None
    form, boxes = ConsignmentDetailForm(data), BoxFormSet(data, prefix="boxes")
    if [form.is_valid(), boxes.is_valid()] == [True, True]:
        made = attempt(
            form,
            lambda: consignments.add(seizure, actor=user, **_typed(form, boxes)),
        )
        if made:
            messages.success(request, _("The consignment is on the record."))
            return redirect(*_here(made))
    page = {"case": case, "seizure": seizure, "form": form, "boxes": boxes}
    return render(request, "kyc/consignment_add.html", page)


@require_http_methods(["GET", "POST"])
def consignment_edit(
    request: HttpRequest, reference: str, seizure: int, number: int
) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.EDIT)
    found = fetch(user, case, seizure, number)
    data = request.POST if request.method == "POST" else None
    initial = ConsignmentDetailForm.initial_of(found, consignment_pages.bill_of(found))
    form, boxes = ConsignmentDetailForm(data, initial=initial), BoxFormSet(data, prefix="boxes")
    if [form.is_valid(), boxes.is_valid()] == [True, True]:
        made = attempt(
            form,
            lambda: consignments.amend(found, actor=user, **_typed(form, boxes)),
        )
        if made:
            messages.success(request, _("The consignment is amended."))
            return redirect(*_here(found))
    page = {"case": case, "consignment": found, "form": form, "boxes": boxes}
    return render(request, "kyc/consignment_edit.html", page)


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
        return redirect(*_here(found))
    return render(request, "kyc/seal_add.html", {"case": case, "consignment": found, "form": form})


@require_http_methods(["GET", "POST"])
def container_edit(
    request: HttpRequest, reference: str, seizure: int, number: int, container: str
) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.EDIT)
    found = fetch(user, case, seizure, number)
    box = get_object_or_404(Container.objects.visible_to(user), consignment=found, number=container)
    initial = {"number": box.number, "is_recorded_as_found": box.is_recorded_as_found}
    form = ContainerForm(request.POST if request.method == "POST" else None, initial=initial)
    if (
        form.is_valid()
        and attempt(
            form, lambda: consignments.amend_container(box, actor=user, **form.cleaned_data)
        )
        is not None
    ):
        messages.success(request, _("The container number is corrected."))
        return redirect(*_here(found))
    page = {"case": case, "consignment": found, "container": box, "form": form}
    return render(request, "kyc/container_edit.html", page)
