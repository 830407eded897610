"""What the court decided: decisions charge by charge, and corrections of the record."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import access, court_record, outcomes, roles
from casework.forms.attempt import attempt
from casework.forms.court_charges import CorrectionForm, DecisionsForm
from casework.models import Case, Charge, Outcome, Proceeding

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def outcome_new(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The verdict page: one choice per count and accused."""
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    found = court_record.get_proceeding(case, pk)
    sheets = [sheet for sheet in court_record.before(found) if sheet.is_filed]
    form = DecisionsForm(found, sheets, request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, _decide(request, found, form))
    ):
        messages.success(request, _("The decisions are on record."))
        return redirect("casework:proceeding", case.reference, found.pk)
    context = {"case": case, "proceeding": found, "form": form}
    return render(request, "casework/outcome_new.html", context)


def _decide(request: HttpRequest, proceeding: Proceeding, form: DecisionsForm) -> Any:
    """The operation that fits the kind of proceeding, with what the form holds."""
    actor: Any = request.user
    data = form.cleaned_data
    values = {name: data[name] for name in ("decided_on", "reason", "cause")}
    chosen = form.chosen()
    if proceeding.kind == Proceeding.Kind.APPEAL:
        return lambda: outcomes.decide_appeal(proceeding, results=chosen, actor=actor, **values)
    return lambda: outcomes.decide(proceeding, decisions=chosen, actor=actor, **values)


def _decided(case: Case, pk: int) -> Outcome:
    """The decision that stands on a charge of this case."""
    rows = Charge.objects.filter(count__charge_sheet__proceeding__case=case)
    charge = get_object_or_404(
        rows.select_related("accused", "count__charge_sheet__proceeding"), pk=pk
    )
    outcome: Outcome | None = (
        charge.outcomes.current().select_related("proceeding", "supersedes", "sentence").first()
    )
    if outcome is None:
        raise Http404
    outcome.charge = charge
    outcome.proceeding.case = case
    return outcome


@require_http_methods(METHODS)
def outcome_correct(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    outcome = _decided(case, pk)
    actor: Any = request.user
    initial = {"decision": outcome.decision, "decided_on": outcome.decided_on}
    form = CorrectionForm(outcome, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: outcomes.correct(outcome, actor=actor, **fields)):
            messages.success(request, _("Corrected. What stood before stays on record."))
            return redirect("casework:proceeding", case.reference, outcome.proceeding_id)
    context = {"case": case, "outcome": outcome, "proceeding": outcome.proceeding, "form": form}
    return render(request, "casework/outcome_correct.html", context)
