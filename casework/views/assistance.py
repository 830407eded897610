"""Assistance asked of other states: drafting, changing, and what happened to a request."""

from django.apps import apps
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, audit, clock
from casework.duties import assistance as requests
from casework.duties import writing
from casework.forms.attempt import attempt
from casework.forms.duties import AssistanceForm, AssistanceStepForm, initial
from casework.models import AssistanceRequest, Case

METHODS = ["GET", "HEAD", "POST"]


def _get(case: Case, pk: int) -> AssistanceRequest:
    rows = AssistanceRequest.objects.of_case(case).select_related("form", "hearing__kind")
    row: AssistanceRequest = get_object_or_404(rows, pk=pk)
    row.case = case
    return row


@require_safe
def assistance(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, reference)
    row, user = _get(case, pk), access.person(request)
    if row.is_sensitive:
        audit.record("assistance.read", actor=user, case=case, subject=row)
    steps = row.steps.select_related("recorded_by").order_by("-happened_on", "-pk")
    files = apps.get_model("evidence", "Attachment").objects.visible_to(user)
    context = {
        "case": case,
        "row": row,
        "standing": requests.standing(row, clock.today()),
        "steps": steps,
        "files": {file.pk: file for file in files.filter(pk__in=steps.values("attachment"))},
        "may_write": bool(case.granted_actions.intersection(writing.WRITERS)),
        "may_step": bool(requests.STEPS[row.state]),
    }
    return render(request, "casework/assistance.html", context)


@require_http_methods(METHODS)
def assistance_add(request: HttpRequest, reference: str) -> HttpResponse:
    case = access.get_case_for(request.user, reference, *writing.WRITERS)
    actor = access.person(request)
    form = AssistanceForm(case, actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        made = attempt(form, lambda: requests.draft(case, actor=actor, **fields))
        if made:
            messages.success(request, _("The request is drafted. Record when it was sent."))
            return redirect("casework:assistance", reference, made.pk)
    return render(request, "casework/assistance_add.html", {"case": case, "form": form})


@require_http_methods(METHODS)
def assistance_change(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case_for(request.user, reference, *writing.WRITERS)
    row, actor = _get(case, pk), access.person(request)
    stands = initial(row, AssistanceForm)
    is_sent = row.state != AssistanceRequest.State.DRAFT
    form = AssistanceForm(case, actor, request.POST or None, initial=stands, is_sent=is_sent)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: requests.change(row, actor=actor, **fields)):
            messages.success(request, _("Changed. What stood before is in the history."))
            return redirect("casework:assistance", reference, pk)
    context = {"case": case, "row": _get(case, pk), "form": form}
    return render(request, "casework/assistance_change.html", context)


@require_http_methods(METHODS)
def assistance_step(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case_for(request.user, reference, *writing.WRITERS)
    row, actor = _get(case, pk), access.person(request)
    form = AssistanceStepForm(row, actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: requests.step(row, actor=actor, **fields)):
            messages.success(request, _("It is on record."))
            return redirect("casework:assistance", reference, pk)
    context = {"case": case, "row": _get(case, pk), "form": form}
    return render(request, "casework/assistance_step.html", context)
