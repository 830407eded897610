"""The consignments of a case: their list, one of them, and what is typed about it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, roles
from casework.forms.attempt import attempt
from casework.models import Case, Seizure, User
from kyc.cargo import consignment_pages, consignments, seal_words, version_pages, weight_words
from kyc.forms.consignment import (
    BaseBoxFormSet,
    BoxFormSet,
    ConsignmentDetailForm,
    ConsignmentEditForm,
    ContainerForm,
    StuffingForm,
    WeightsForm,
    initial_of,
)
from kyc.models import Consignment, Container, Involvement
from kyc.redflags import flag_pages
from kyc.ties import match_pages

PARTS: dict[type[forms.Form], str] = {
    WeightsForm: "kyc/consignment_weights.html",
    StuffingForm: "kyc/consignment_stuffing.html",
}


def fetch(user: User, case: Case, seizure: int, number: int) -> Consignment:
    """A consignment of a case the reader may see, with all that its pages show; else Http404."""
    rows = consignment_pages.with_parts(Consignment.objects.visible_to(user))
    found = rows.filter(seizure__case=case, seizure__number=seizure, number=number).first()
    if found is None:
        raise Http404
    found.seizure.case = case
    return found


def address(consignment: Consignment) -> tuple[str, int, int]:
    """What every address of a consignment begins with."""
    seizure = consignment.seizure
    return seizure.case.reference, seizure.number, consignment.number


def _typed(form: ConsignmentDetailForm, boxes: BaseBoxFormSet) -> dict[str, Any]:
    """The arguments of `consignments.add` from two valid forms."""
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
    bills = list(found.bills.all())
    entries = list(found.entries.all())
    two = version_pages.chosen(bills, None, None)
    page = {
        "case": case,
        "consignment": found,
        "bill": consignment_pages.bill_of(found),
        "pair": version_pages.bill_pair(*two, is_all=False) if two else None,
        "entry": consignment_pages.entry_of(found),
        "entry_changes": version_pages.changed_after_selection(entries),
        "containers": found.containers.all(),
        "ways": seal_words.ways(found),
        "doubles": seal_words.doubles(found.seals.all()),
        "matches": match_pages.of_consignment(found, user),
        "weights": weight_words.of(found),
        "involvements": involved.select_related("party", "role"),
        "flags": flag_pages.of_load(case, user, found.pk),
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
            return redirect("kyc:consignment", *address(made))
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
    form = ConsignmentEditForm(data, initial=initial_of(ConsignmentEditForm, found))
    boxes = BoxFormSet(data, prefix="boxes")
    if [form.is_valid(), boxes.is_valid()] == [True, True]:
        made = attempt(
            form,
            lambda: consignments.amend(found, actor=user, boxes=boxes.boxes(), **form.cleaned_data),
        )
        if made:
            messages.success(request, _("The consignment is amended."))
            return redirect("kyc:consignment", *address(found))
    page = {"case": case, "consignment": found, "form": form, "boxes": boxes}
    return render(request, "kyc/consignment_edit.html", page)


@require_http_methods(["GET", "POST"])
def consignment_weights(
    request: HttpRequest, reference: str, seizure: int, number: int
) -> HttpResponse:
    return _part(request, (reference, seizure, number), WeightsForm)


@require_http_methods(["GET", "POST"])
def consignment_stuffing(
    request: HttpRequest, reference: str, seizure: int, number: int
) -> HttpResponse:
    return _part(request, (reference, seizure, number), StuffingForm)


def _part(
    request: HttpRequest, where: tuple[str, int, int], shape: type[forms.Form]
) -> HttpResponse:
    """One part of a consignment on a page of its own."""
    user = access.person(request)
    case = access.get_case(user, where[0], roles.EDIT)
    found = fetch(user, case, where[1], where[2])
    data = request.POST if request.method == "POST" else None
    form = shape(data, initial=initial_of(shape, found))
    if (
        form.is_valid()
        and attempt(form, lambda: consignments.amend(found, actor=user, **form.cleaned_data))
        is not None
    ):
        messages.success(request, _("The consignment is amended."))
        return redirect("kyc:consignment", *address(found))
    page = {"case": case, "consignment": found, "form": form}
    return render(request, PARTS[shape], page)


@require_http_methods(["GET", "POST"])
def container_edit(
    request: HttpRequest, reference: str, seizure: int, number: int, container: str
) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.EDIT)
    found = fetch(user, case, seizure, number)
    box = get_object_or_404(Container.objects.visible_to(user), consignment=found, number=container)
    data = request.POST if request.method == "POST" else None
    form = ContainerForm(data, initial=initial_of(ContainerForm, box))
    if (
        form.is_valid()
        and attempt(
            form, lambda: consignments.amend_container(box, actor=user, **form.cleaned_data)
        )
        is not None
    ):
        messages.success(request, _("The container is corrected."))
        return redirect("kyc:consignment", *address(found))
    page = {"case": case, "consignment": found, "container": box, "form": form}
    return render(request, "kyc/container_edit.html", page)
