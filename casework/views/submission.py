"""The file's way to the prosecutor: its stages, sending it, the decision, queries and answers."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, roles, submissions
from casework.charging import files, stages
from casework.charging.stage import Stage
from casework.forms.attempt import attempt
from casework.forms.charging import (
    FilesForm,
    QueryAnswerForm,
    SubmissionDecisionForm,
    SubmissionForm,
)
from casework.models import Case, SubmissionQuery

METHODS = ["GET", "HEAD", "POST"]
PAGE_SIZE = 50


@require_safe
def submission(request: HttpRequest, reference: str) -> HttpResponse:
    """The file of a case: each time it was sent, what was decided, asked and answered, and when."""
    case = access.get_case(request.user, reference)
    context = {"case": case, "rounds": stages.rounds(case), "now": stages.of_case(case)}
    return render(request, "casework/submission.html", context)


@require_http_methods(METHODS)
def submission_new(request: HttpRequest, reference: str) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.SUBMIT)
    actor: Any = request.user
    unanswered = submissions.open_queries(case)
    form = SubmissionForm(
        request.POST or None, has_open_queries=bool(unanswered), initial={"to": _last(case)}
    )
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: submissions.submit(case, actor=actor, **fields)):
            messages.success(request, _("Sent. The prosecutor can read the case from now on."))
            return redirect("casework:submission", case.reference)
    context = {
        "case": case, "form": form, "waiting": submissions.waiting_for(case),
        "unanswered": unanswered,
    }  # fmt: skip
    return render(request, "casework/submission_new.html", context)


def _last(case: Case) -> int | None:
    """Who had the file the last time: a returned file goes back to the same desk."""
    sent = case.submissions.order_by("submitted_at", "pk").last()
    return sent.prosecutor_id if sent else None


@require_http_methods(METHODS)
def submission_decide(request: HttpRequest, reference: str) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    found = submissions.waiting_for(case)
    if found is None:
        raise Http404
    found.case = case
    actor: Any = request.user
    form = SubmissionDecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: submissions.decide(found, actor=actor, **fields)):
            messages.success(request, _("Your decision is on record."))
            return redirect("casework:submission", case.reference)
    context = {"case": case, "form": form, "submission": found, "rounds": stages.rounds(case)[1:]}
    return render(request, "casework/submission_decide.html", context)


@require_http_methods(METHODS)
def submission_answer(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """One query of the prosecutor, and the investigator's answer to it."""
    case = access.get_case(request.user, reference, roles.SUBMIT)
    rows = SubmissionQuery.objects.select_related("submission__decided_by")
    query = get_object_or_404(rows, submission__case=case, pk=pk)
    query.submission.case = case
    actor: Any = request.user
    form = QueryAnswerForm(request.POST or None, initial={"answer": query.answer})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["answer"]
        if attempt(form, lambda: submissions.answer(query, answer=text, actor=actor)):
            messages.success(request, _("Your answer is on record."))
            return redirect("casework:submission", case.reference)
    context = {"case": case, "form": form, "query": query}
    return render(request, "casework/submission_answer.html", context)


@require_safe
def submission_list(request: HttpRequest) -> HttpResponse:
    """Files on their way to court by stage, the longest waiting first, and how long stages take."""
    user = access.person(request)
    form = FilesForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = Paginator(files.listed(user, **chosen), PAGE_SIZE).get_page(request.GET.get("page"))
    scope = {name: chosen.get(name) for name in ("agency", "prosecutor")}
    context = {
        "form": form,
        "chosen_stage": Stage(chosen["stage"]) if chosen.get("stage") else None,
        "page": page,
        "files": files.told(page.object_list),
        "stages": files.by_stage(user, **scope),
        "times": files.times(user, **scope),
        "is_counting": files.counts_agency(user),
        "is_narrowed": any(chosen.values()),
    }
    return render(request, "casework/submission_list.html", context)
