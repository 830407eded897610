"""The charge sheet: its counts while it is a draft, its filing, and the pleas to it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, charges, court_record, court_steps, roles
from casework.forms.attempt import attempt
from casework.forms.court_charges import CountForm, PleasForm
from casework.models import Case, ChargeSheet, Count, Proceeding
from casework.procedure import drafting

METHODS = ["GET", "HEAD", "POST"]


@require_safe
def charge_sheet(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The charges as they stand, and the draft of a charge sheet with what changes it."""
    case = access.get_case(request.user, reference)
    found = _trial(case, pk)
    sheets = court_record.before(found)
    draft = next((sheet for sheet in sheets if not sheet.is_filed), None)
    stands = next((sheet for sheet in sheets if sheet.is_as_it_stands), None)
    may = roles.PROSECUTE in case.granted_actions
    context = {
        "case": case, "proceeding": found, "sheet": draft or stands, "draft": draft,
        "stands": stands, "may_change": may and draft is not None,
        "may_amend": may and court_steps.acts(found, sheets)["may_amend"],
        "versions": found.charge_sheets.exclude(filed_on=None).select_related("filed_by"),
    }  # fmt: skip
    return render(request, "casework/charge_sheet.html", context)


def _trial(case: Case, pk: int) -> Proceeding:
    found = court_record.get_proceeding(case, pk)
    if found.kind != Proceeding.Kind.TRIAL:
        raise Http404
    return found


@require_http_methods(METHODS)
def count_new(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    found = _trial(case, pk)
    sheet = get_object_or_404(found.charge_sheets.order_by("-version")[:1])
    sheet.proceeding = found
    actor: Any = request.user
    form = _count_form(request, case, sheet, drafting.first_values(case, sheet))
    if form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: charges.add_count(sheet, actor=actor, **fields)):
            messages.success(request, _("The count is on the draft."))
            page = "count-new" if "another" in request.POST else "charge-sheet"
            return redirect(f"casework:{page}", case.reference, found.pk)
    context = {"case": case, "proceeding": found, "form": form}
    return render(request, "casework/count_new.html", context)


def _count_form(
    request: HttpRequest,
    case: Case,
    sheet: ChargeSheet,
    initial: dict[str, Any] | None = None,
    but: Count | None = None,
) -> CountForm:
    """What was typed, checked; or unchecked with the law of the day typed, where that is asked."""
    if "law" in request.POST:
        return CountForm.looking(case, request.POST, sheet, but)
    return CountForm(case, request.POST or None, initial=initial, sheet=sheet, but=but)


def _count(case: Case, pk: int, number: int) -> Count:
    return court_record.get_count(_trial(case, pk), number)


@require_http_methods(METHODS)
def count_edit(request: HttpRequest, reference: str, pk: int, number: int) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    count = _count(case, pk, number)
    actor: Any = request.user
    initial = {name: getattr(count, name) for name in charges.WRITTEN}
    initial["accused"] = [charge.accused_id for charge in count.charges.all()]
    initial["offence"] = charges.typed_words(count)
    form = _count_form(request, case, count.charge_sheet, initial, but=count)
    if form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: charges.change_count(count, actor=actor, **fields)):
            messages.success(request, _("The count is changed."))
            return redirect("casework:charge-sheet", case.reference, pk)
    proceeding = count.charge_sheet.proceeding
    context = {"case": case, "proceeding": proceeding, "count": count, "form": form}
    return render(request, "casework/count_edit.html", context)


@require_http_methods(METHODS)
def count_remove(request: HttpRequest, reference: str, pk: int, number: int) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    count = _count(case, pk, number)
    actor: Any = request.user
    if request.method == "POST":
        charges.remove_count(count, actor=actor)
        messages.success(request, _("The count is taken out of the draft."))
        return redirect("casework:charge-sheet", case.reference, pk)
    context = {"case": case, "proceeding": count.charge_sheet.proceeding, "count": count}
    return render(request, "casework/count_remove.html", context)


@require_http_methods(METHODS)
def plea_new(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    found = court_record.get_proceeding(case, pk)
    if found.kind == Proceeding.Kind.APPEAL:
        raise Http404
    sheets = [sheet for sheet in court_record.before(found) if sheet.is_filed]
    actor: Any = request.user
    form = PleasForm(found, sheets, request.POST or None)
    if request.method == "POST" and form.is_valid():
        day, pleas = form.cleaned_data["entered_on"], form.chosen()
        if attempt(
            form, lambda: charges.enter_pleas(found, pleas=pleas, entered_on=day, actor=actor)
        ):
            messages.success(request, _("The pleas are on record."))
            return redirect("casework:proceeding", case.reference, found.pk)
    context = {"case": case, "proceeding": found, "form": form}
    return render(request, "casework/plea_new.html", context)
