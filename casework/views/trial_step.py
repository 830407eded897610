"""The steps of a trial: recorded, corrected, taken back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import access, court_record, roles
from casework.forms.attempt import attempt
from casework.forms.procedure import StepCorrectionForm, StepForm
from casework.models import Proceeding, TrialStep
from casework.procedure import steps

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def trial_step_new(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    found = court_record.get_proceeding(case, pk)
    if found.kind == Proceeding.Kind.APPEAL:
        raise Http404
    actor: Any = request.user
    form = StepForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: steps.take(found, actor=actor, **fields)):
            messages.success(request, _("The step is on record."))
            return redirect("casework:proceeding", case.reference, found.pk)
    may_close = steps.refusal(found, TrialStep.Kind.PROSECUTION_CLOSED) is None
    context = {"case": case, "proceeding": found, "form": form, "may_close": may_close}
    return render(request, "casework/trial_step_new.html", context)


@require_http_methods(METHODS)
def trial_step_correct(request: HttpRequest, reference: str, pk: int, step: int) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    found = court_record.get_proceeding(case, pk)
    row = get_object_or_404(steps.of_proceeding(found), pk=step)
    row.proceeding = found
    actor: Any = request.user
    initial = {"happened_on": row.happened_on, "note": row.note}
    form = StepCorrectionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        gone, why = fields.pop("is_taken_back"), fields.pop("why")
        if attempt(
            form,
            lambda: (
                steps.take_back(row, why=why, actor=actor)
                if gone
                else steps.correct(row, why=why, actor=actor, **fields)
            ),
        ):
            messages.success(request, _("Corrected. What stood before stays on record."))
            return redirect("casework:proceeding", case.reference, found.pk)
    context = {"case": case, "proceeding": found, "form": form, "step": row}
    return render(request, "casework/trial_step_correct.html", context)
