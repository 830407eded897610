"""Sending the file to the prosecutor, and the prosecutor's decision on it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import access, roles, submissions
from casework.forms.attempt import attempt
from casework.forms.court import SubmissionDecisionForm, SubmissionForm

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def submission_new(request: HttpRequest, reference: str) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.SUBMIT)
    actor: Any = request.user
    form = SubmissionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: submissions.submit(case, actor=actor, **fields)):
            messages.success(request, _("Sent. The prosecutor can read the case from now on."))
            return redirect("casework:proceeding-list", case.reference)
    context = {"case": case, "form": form, "waiting": submissions.waiting_for(case)}
    return render(request, "casework/submission_new.html", context)


@require_http_methods(METHODS)
def submission_decide(request: HttpRequest, reference: str) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    submission = submissions.waiting_for(case)
    if submission is None:
        raise Http404
    submission.case = case
    actor: Any = request.user
    form = SubmissionDecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: submissions.decide(submission, actor=actor, **fields)):
            messages.success(request, _("Your decision is on record."))
            return redirect("casework:proceeding-list", case.reference)
    context = {"case": case, "form": form, "submission": submission}
    return render(request, "casework/submission_decide.html", context)
