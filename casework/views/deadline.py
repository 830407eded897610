"""Deadlines: setting one, saying it is done, opening it again, and answering one of the law."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import access
from casework.duties import deadlines, due, writing
from casework.duties.deadlines import Key
from casework.errors import NotAllowed
from casework.forms.attempt import attempt
from casework.forms.duties import AnswerForm, DeadlineForm, DoneForm, ReopenForm, initial
from casework.models import Case, Deadline

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def deadline_add(request: HttpRequest, reference: str) -> HttpResponse:
    case = access.get_case_for(request.user, reference, *writing.WRITERS)
    actor = access.person(request)
    form = DeadlineForm(case, actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: deadlines.add(case, actor=actor, **fields)):
            messages.success(request, _("The deadline is set."))
            return redirect("casework:case-duties", reference)
    return render(request, "casework/deadline_add.html", {"case": case, "form": form})


def _get(case: Case, pk: int) -> Deadline:
    rows = Deadline.objects.of_case(case).select_related("accused", "proceeding", "done_by")
    row: Deadline = get_object_or_404(rows, pk=pk)
    row.case = case
    return row


@require_http_methods(METHODS)
def deadline(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """What it is, and what can be done with it: say it is done, or open it again."""
    case = access.get_case(request.user, reference)
    row, actor = _get(case, pk), access.person(request)
    may_write = bool(case.granted_actions.intersection(writing.WRITERS))
    may_close = may_write or row.assigned_to_id == actor.pk
    form: Any = (DoneForm if row.done_on is None else ReopenForm)(request.POST or None)
    if request.method == "POST":
        if not may_close:
            raise NotAllowed
        act = deadlines.done if row.done_on is None else deadlines.reopen
        if form.is_valid() and attempt(form, lambda: act(row, actor=actor, **form.cleaned_data)):
            messages.success(request, _("It is on record."))
            return redirect("casework:case-duties", reference)
    context = {"case": case, "row": row, "may_write": may_write, "form": form,
               "may_act": may_write or (may_close and row.done_on is None)}  # fmt: skip
    return render(request, "casework/deadline.html", context)


@require_http_methods(METHODS)
def deadline_change(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case_for(request.user, reference, *writing.WRITERS)
    row, actor = _get(case, pk), access.person(request)
    if row.limit_code:
        raise Http404  # the law sets its day
    form = DeadlineForm(case, actor, request.POST or None, initial=initial(row, DeadlineForm))
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: deadlines.change(row, actor=actor, **fields)):
            messages.success(request, _("Changed. What stood before is in the history."))
            return redirect("casework:deadline", reference, pk)
    context = {"case": case, "row": _get(case, pk), "form": form}
    return render(request, "casework/deadline_change.html", context)


@require_http_methods(METHODS)
def deadline_answer(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """A period of the law that no act on record ends: a person says how it was kept."""
    case = access.get_case_for(request.user, reference, *writing.WRITERS)
    asked, actor = Key.read(key), access.person(request)
    row = next((row for row in due.of_case(case, actor) if asked and row.key == asked), None)
    if row is None or asked is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "title": row.title, "due_on": row.due_on}
        if attempt(form, lambda: deadlines.answer(case, asked, actor=actor, **given)):
            messages.success(request, _("It is on record as your word."))
            return redirect("casework:case-duties", reference)
    context = {"case": case, "due": row, "form": form}
    return render(request, "casework/deadline_answer.html", context)
