"""Charges severed to a trial of their own, joined to another, or withdrawn."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import access, court_record, outcomes, roles
from casework.forms.attempt import attempt
from casework.forms.procedure import JoinForm, SeverForm, WithdrawForm
from casework.models import Case, Proceeding
from casework.procedure import transfers

METHODS = ["GET", "HEAD", "POST"]


def _trial(case: Case, pk: int) -> Proceeding:
    found = court_record.get_proceeding(case, pk)
    if found.kind != Proceeding.Kind.TRIAL:
        raise Http404
    return found


@require_http_methods(METHODS)
def charge_sever(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    found = _trial(case, pk)
    actor: Any = request.user
    form = SeverForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        to = attempt(form, lambda: transfers.sever(found, actor=actor, **fields))
        if to:
            messages.success(request, _("Severed. The charges are tried in this court file now."))
            return redirect("casework:proceeding", case.reference, to.pk)
    context = {"case": case, "proceeding": found, "form": form}
    return render(request, "casework/charge_sever.html", context)


@require_http_methods(METHODS)
def charge_join(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    found = _trial(case, pk)
    actor: Any = request.user
    form = JoinForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: transfers.join(found, actor=actor, **fields)):
            messages.success(request, _("Joined. The charges are tried in this court file now."))
            return redirect("casework:proceeding", case.reference, found.pk)
    context = {"case": case, "proceeding": found, "form": form}
    return render(request, "casework/charge_join.html", context)


@require_http_methods(METHODS)
def charge_withdraw(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    found = court_record.get_proceeding(case, pk)
    if found.kind == Proceeding.Kind.APPEAL:
        raise Http404
    actor: Any = request.user
    form = WithdrawForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        decisions = dict.fromkeys(fields.pop("charges"), fields.pop("decision"))
        if attempt(
            form, lambda: outcomes.decide(found, decisions=decisions, actor=actor, **fields)
        ):
            messages.success(request, _("The withdrawal is on record."))
            return redirect("casework:proceeding", case.reference, found.pk)
    context = {"case": case, "proceeding": found, "form": form}
    return render(request, "casework/charge_withdraw.html", context)
