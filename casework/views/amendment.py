"""Amending a filed charge sheet: the next draft, counts in the place of others, old versions."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, charges, court_record, roles
from casework.forms.attempt import attempt
from casework.forms.court_charges import CountForm
from casework.forms.procedure import AmendForm
from casework.models import Case, ChargeSheet, Count, Proceeding
from casework.procedure import amendments, standing

METHODS = ["GET", "HEAD", "POST"]


def _trial(case: Case, pk: int) -> Proceeding:
    found = court_record.get_proceeding(case, pk)
    if found.kind != Proceeding.Kind.TRIAL:
        raise Http404
    return found


@require_safe
def charge_sheet_version(
    request: HttpRequest, reference: str, pk: int, version: int
) -> HttpResponse:
    """A charge sheet as it was filed."""
    case = access.get_case(request.user, reference)
    found = _trial(case, pk)
    get_object_or_404(found.charge_sheets.exclude(filed_on=None), version=version)
    sheet = next(one for one in court_record.sheets([found]) if one.sheet.version == version)
    context = {"case": case, "proceeding": found, "sheet": sheet}
    return render(request, "casework/charge_sheet_version.html", context)


@require_http_methods(METHODS)
def charge_sheet_amend(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    found = _trial(case, pk)
    actor: Any = request.user
    form = AmendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["amended_why"]
        if attempt(form, lambda: amendments.begin(found, why=why, actor=actor)):
            messages.success(request, _("The draft is open. Replace or add counts, then file it."))
            return redirect("casework:charge-sheet", case.reference, found.pk)
    context = {"case": case, "proceeding": found, "form": form}
    return render(request, "casework/charge_sheet_amend.html", context)


def _draft(trial: Proceeding) -> ChargeSheet:
    sheet = amendments.draft_of(trial)
    if sheet is None:
        raise Http404
    sheet.proceeding = trial
    return sheet


@require_http_methods(METHODS)
def charge_sheet_discard(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    found = _trial(case, pk)
    sheet = _draft(found)
    actor: Any = request.user
    if request.method == "POST":
        amendments.discard(sheet, actor=actor)
        messages.success(request, _("Thrown away. The charges stand as they were."))
        return redirect("casework:charge-sheet", case.reference, found.pk)
    context = {"case": case, "proceeding": found, "sheet": sheet}
    return render(request, "casework/charge_sheet_discard.html", context)


@require_http_methods(METHODS)
def count_replace(request: HttpRequest, reference: str, pk: int, count: int) -> HttpResponse:
    """A count of the draft in the place of one that stands, with its words to begin from."""
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    found = _trial(case, pk)
    sheet = _draft(found)
    old = get_object_or_404(standing.live_counts(found), pk=count)
    actor: Any = request.user
    form = _form(request, case, sheet, old)
    if form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: amendments.replace(sheet, old, actor=actor, **fields)):
            messages.success(request, _("The count is on the draft, in the place of the other."))
            return redirect("casework:charge-sheet", case.reference, found.pk)
    context = {"case": case, "proceeding": found, "form": form, "old": old}
    return render(request, "casework/count_replace.html", context)


def _form(request: HttpRequest, case: Case, sheet: ChargeSheet, old: Count) -> CountForm:
    if "law" in request.POST:
        return CountForm.looking(case, request.POST, sheet, old)
    initial = {name: getattr(old, name) for name in charges.WRITTEN}
    initial["accused"] = [one.accused_id for one in old.charges.all()]
    initial["offence"] = charges.typed_words(old)
    return CountForm(case, request.POST or None, initial=initial, sheet=sheet, but=old)
