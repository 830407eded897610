"""The sentence on a charge: passing it, correcting its record, and what became of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, clock, outcomes, roles
from casework.forms.attempt import attempt
from casework.forms.sentencing import (
    SentenceCorrectionForm,
    SentenceEventCorrectionForm,
    SentenceEventForm,
    SentenceForm,
    WithdrawalForm,
    event_initial,
)
from casework.models import Case, Charge, Outcome, Sentence, SentenceEvent
from casework.sentencing import corrections, events, sentences, sums, values

METHODS = ["GET", "HEAD", "POST"]


def get_charge(case: Case, pk: int) -> Charge:
    """A charge of a case already authorised, or a 404."""
    rows = Charge.objects.filter(count__charge_sheet__proceeding__case=case).select_related(
        "accused", "count__provision", "count__charge_sheet__proceeding"
    )
    charge: Charge = get_object_or_404(rows, pk=pk)
    charge.accused.case = case
    return charge


def _decisions(charge: Charge) -> list[Outcome]:
    rows = charge.outcomes.select_related(
        "sentence__after__outcome__charge__count", "sentence__recorded_by", "proceeding__court"
    )
    found = list(rows.order_by("pk"))
    for row in found:
        row.charge = charge
        row.proceeding.case = charge.accused.case
    return found


def _in_force(charge: Charge) -> Sentence:
    found = sentences.in_force(_decisions(charge))
    if found is None:
        raise Http404
    return found


@require_safe
def sentence(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The sentence in force with all that became of it, and those that fell."""
    case = access.get_case(request.user, reference)
    charge = get_charge(case, pk)
    decisions = _decisions(charge)
    found = sentences.in_force(decisions)
    passed = [row for row in decisions if getattr(row, "sentence", None) is not None]
    if not passed:
        raise Http404
    context = {
        "case": case,
        "charge": charge,
        "line": sums.of_charge(found) if found else None,
        "decisions": decisions,
        "fallen": sums.fallen(decisions),
        "proceeding": passed[-1].proceeding,
        "warnings": sentences.warnings(charge, values.of(found)) if found else (),
    }
    return render(request, "casework/sentence.html", context)


@require_http_methods(METHODS)
def sentence_new(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    charge = get_charge(case, pk)
    outcome = next(iter(reversed(_decisions(charge))), None)
    if outcome is None:
        raise Http404
    actor: Any = request.user
    form = SentenceForm(request.POST or None, others=_others(charge))
    warnings = _warned(request, form, charge)
    if request.method == "POST" and form.is_valid() and not warnings:
        fields = form.cleaned_data
        if attempt(form, lambda: outcomes.sentence(outcome, actor=actor, **fields)):
            messages.success(request, _("The sentence is on record."))
            return redirect("casework:proceeding", case.reference, outcome.proceeding_id)
    context = {
        "case": case, "outcome": outcome, "proceeding": outcome.proceeding, "form": form,
        "charge": charge, "warnings": warnings,
    }  # fmt: skip
    return render(request, "casework/sentence_new.html", context)


def _others(charge: Charge) -> list[Sentence]:
    return [one for one in sentences.of_accused(charge.accused)
            if one.outcome.charge_id != charge.pk]  # fmt: skip


def _warned(request: HttpRequest, form: SentenceForm, charge: Charge) -> list[Any]:
    """What the law says of what was typed, unless it was said already that the court ordered it
    so: a confirmation stands for the very warnings that were shown with it."""
    if request.method != "POST" or not form.is_valid():
        return []
    given = {name: form.cleaned_data.get(name) for name in values.FIELDS}
    found = sentences.warnings(charge, {k: v for k, v in given.items() if v is not None})
    shown = set(request.POST.get("ordered_so", "").split())
    return [] if {warning.code for warning in found} <= shown else found


@require_http_methods(METHODS)
def sentence_correct(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    charge = get_charge(case, pk)
    found = _in_force(charge)
    actor: Any = request.user
    form = SentenceCorrectionForm(
        request.POST or None, others=_others(charge), initial=values.of(found)
    )
    warnings = _warned(request, form, charge)
    if request.method == "POST" and form.is_valid() and not warnings:
        fields = {**form.cleaned_data}
        why = fields.pop("correction")
        if attempt(form, lambda: corrections.correct(found, why=why, actor=actor, **fields)):
            messages.success(request, _("Corrected. What stood before stays on record."))
            return redirect("casework:sentence", case.reference, charge.pk)
    context = {
        "case": case, "charge": charge, "proceeding": found.outcome.proceeding, "form": form,
        "warnings": warnings,
    }  # fmt: skip
    return render(request, "casework/sentence_correct.html", context)


@require_http_methods(METHODS)
def sentence_event_new(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    charge = get_charge(case, pk)
    found = _in_force(charge)
    actor: Any = request.user
    form = SentenceEventForm(found, request.POST or None, initial={"happened_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: events.record(found, actor=actor, **fields)):
            messages.success(request, _("On record."))
            return redirect("casework:sentence", case.reference, charge.pk)
    context = {
        "case": case, "charge": charge, "line": sums.of_charge(found), "form": form,
        "proceeding": found.outcome.proceeding,
    }  # fmt: skip
    return render(request, "casework/sentence_event_new.html", context)


def _event(charge: Charge, pk: int) -> SentenceEvent:
    rows: Any = SentenceEvent.objects
    rows = rows.standing().select_related("sentence__outcome__proceeding")
    event: SentenceEvent = get_object_or_404(rows, sentence__outcome__charge=charge, pk=pk)
    event.sentence.outcome.charge = charge
    event.sentence.outcome.proceeding.case = charge.accused.case
    return event


@require_http_methods(METHODS)
def sentence_event_correct(
    request: HttpRequest, reference: str, pk: int, event: int
) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    charge = get_charge(case, pk)
    row = _event(charge, event)
    actor: Any = request.user
    initial = event_initial(row, SentenceEventCorrectionForm.base_fields)
    form = SentenceEventCorrectionForm(row.sentence, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = {**form.cleaned_data}
        why = fields.pop("correction")
        if attempt(form, lambda: events.correct(row, why=why, actor=actor, **fields)):
            messages.success(request, _("Corrected. What stood before stays on record."))
            return redirect("casework:sentence", case.reference, charge.pk)
    context = {"case": case, "charge": charge, "event": row, "form": form}
    return render(request, "casework/sentence_event_correct.html", context)


@require_http_methods(METHODS)
def sentence_event_withdraw(
    request: HttpRequest, reference: str, pk: int, event: int
) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    charge = get_charge(case, pk)
    row = _event(charge, event)
    actor: Any = request.user
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["correction"]
        if attempt(form, lambda: events.take_back(row, why=why, actor=actor)):
            messages.success(request, _("Taken back. What stood before stays on record."))
            return redirect("casework:sentence", case.reference, charge.pk)
    context = {"case": case, "charge": charge, "event": row, "form": form}
    return render(request, "casework/sentence_event_withdraw.html", context)
