"""A seizure's page, and amending it."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, roles, seized_items, seizures
from casework.forms.attempt import attempt
from casework.forms.seizure import BaseFoundFormSet, FoundForm, FoundFormSet, SeizureForm
from casework.models import Case, Seizure, User
from kyc.cargo import consignment_pages, court_questions


def fetch(user: User, case: Case, number: int) -> Seizure:
    """A seizure of a case the reader may see, with all that its pages show; else Http404."""
    seizure: Seizure | None = (
        Seizure.objects.visible_to(user)
        .select_related(
            "case", "port", "agency", "unit", "transport_mode", "detection_method", "goods",
            "recorded_by",
        )
        .prefetch_related("route")
        .filter(case=case, number=number)
        .first()
    )  # fmt: skip
    if seizure is None:
        raise Http404
    return seizure


@require_safe
def seizure(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference)
    found = fetch(user, case, number)
    items = list(seized_items.of_seizure(found))
    loads = list(consignment_pages.of_seizure(found))
    page = {
        "case": case,
        "seizure": found,
        "items": items,
        "consignments": loads,
        "route": seizures.named_route(found),
        "questions": court_questions.ask(consignment_pages.known(found, items, loads)),
        "can_edit": roles.EDIT in case.granted_actions,
        "can_register": roles.EXHIBIT in case.granted_actions,
    }
    return render(request, "kyc/seizure.html", page)


@require_http_methods(["GET", "POST"])
def seizure_edit(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.EDIT)
    found = fetch(user, case, number)
    data = request.POST if request.method == "POST" else None
    form = SeizureForm(data, initial=SeizureForm.initial_of(found))
    rows = found.items.select_related("taxon", "specimen")
    items = FoundFormSet(data, prefix="items", initial=[FoundForm.initial_of(i) for i in rows])
    is_whole = [form.is_valid(), items.is_valid()] == [True, True]
    if is_whole and attempt(form, lambda: _amend(found, form, items, user)) is not None:
        messages.success(request, _("The seizure is amended. Its history keeps what stood before."))
        return redirect("kyc:seizure", case.reference, found.number)
    page = {"case": case, "seizure": found, "form": form, "items": items}
    return render(request, "kyc/seizure_edit.html", page)


@transaction.atomic
def _amend(found: Seizure, form: SeizureForm, items: BaseFoundFormSet, user: User) -> Seizure:
    seizures.amend(found, actor=user, route=form.route(), **form.fields_of_seizure())
    seized_items.amend_all(found, items.rows(), actor=user)
    return found
