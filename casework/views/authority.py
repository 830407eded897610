"""Warrants and orders: recording one, correcting it, what was done under it, its end."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, audit, clock
from casework.duties import authorities, writing
from casework.forms.attempt import attempt
from casework.forms.duties import (
    AuthorityEndForm,
    AuthorityExecuteForm,
    AuthorityForm,
    about,
    initial,
)
from casework.models import Authority, Case
from casework.views.bail import chosen

METHODS = ["GET", "HEAD", "POST"]


def _get(case: Case, pk: int) -> Authority:
    rows = Authority.objects.of_case(case).select_related("kind", "court", "accused", "recorded_by")
    row: Authority = get_object_or_404(rows, pk=pk)
    row.case = case
    return row


def paper(row: Any, user: Any) -> Any:
    """The file beside it, where this reader may see it."""
    files: Any = apps.get_model("evidence", "Attachment")
    return files.objects.visible_to(user).filter(pk=row.attachment_id).first()


@require_safe
def authority(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, reference)
    row, user = _get(case, pk), access.person(request)
    if row.is_sensitive:
        audit.record("authority.read", actor=user, case=case, subject=row)
    context = {
        "case": case,
        "row": row,
        "standing": authorities.state(row, clock.today()),
        "paper": paper(row, user),
        "may_write": bool(case.granted_actions.intersection(writing.WRITERS)),
    }
    return render(request, "casework/authority.html", context)


@require_http_methods(METHODS)
def authority_add(request: HttpRequest, reference: str) -> HttpResponse:
    case = access.get_case_for(request.user, reference, *writing.WRITERS)
    actor = access.person(request)
    form = AuthorityForm(case, actor, request.POST or None, initial=about(chosen(request, case)))
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        made = attempt(form, lambda: authorities.add(case, actor=actor, **fields))
        if made:
            messages.success(request, _("It is on record."))
            return redirect("casework:authority", reference, made.pk)
    return render(request, "casework/authority_add.html", {"case": case, "form": form})


@require_http_methods(METHODS)
def authority_change(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case_for(request.user, reference, *writing.WRITERS)
    row, actor = _get(case, pk), access.person(request)
    stands = initial(row, AuthorityForm)
    form = AuthorityForm(case, actor, request.POST or None, initial=stands)
    if row.attachment_id and paper(row, actor) is None:
        del form.fields["attachment"]  # a file that this person may not see stays where it is
    return _act(request, row, form, "authority_change", lambda: authorities.change(
        row, actor=actor, **form.cleaned_data))  # fmt: skip


@require_http_methods(METHODS)
def authority_execute(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case_for(request.user, reference, *writing.WRITERS)
    row, actor = _get(case, pk), access.person(request)
    form = AuthorityExecuteForm(request.POST or None, initial={"executed_on": clock.today()})
    return _act(request, row, form, "authority_execute", lambda: authorities.execute(
        row, actor=actor, **form.cleaned_data))  # fmt: skip


@require_http_methods(METHODS)
def authority_end(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case_for(request.user, reference, *writing.WRITERS)
    row, actor = _get(case, pk), access.person(request)
    form = AuthorityEndForm(request.POST or None, initial={"ended_on": clock.today()})
    return _act(request, row, form, "authority_end", lambda: authorities.end(
        row, actor=actor, **form.cleaned_data))  # fmt: skip


def _act(
    request: HttpRequest, row: Authority, form: Any, page: str, act: Callable[[], Authority]
) -> HttpResponse:
    case = row.case  # the act reads the row again, and its case with it
    if request.method == "POST" and form.is_valid() and attempt(form, act):
        messages.success(request, _("It is on record."))
        return redirect("casework:authority", case.reference, row.pk)
    context = {"case": case, "row": _get(case, row.pk), "form": form}
    return render(request, f"casework/{page}.html", context)
