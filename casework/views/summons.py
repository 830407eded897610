"""Summonses: issuing them for a hearing, and what became of each."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from casework import access
from casework.days import summonses
from casework.forms.attempt import attempt
from casework.forms.days import ServiceForm, SummonsForm
from casework.models import Hearing, HearingNeed, Summons
from casework.witnesses.witnesses import WRITERS

METHODS = ["GET", "HEAD", "POST"]
JOINED = ("witness", "hearing__kind", "hearing__proceeding__court")


@require_http_methods(METHODS)
def summons_new(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    user = access.person(request)
    case = access.get_case_for(user, reference, *WRITERS)
    rows = Hearing.objects.select_related("kind", "proceeding__court")
    hearing = get_object_or_404(rows, proceeding__case=case, pk=pk)
    hearing.proceeding.case = case
    form = SummonsForm(case, request.POST or None, initial={"witnesses": _open(hearing)})
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        called = list(fields.pop("witnesses"))
        made = attempt(form, lambda: summonses.issue(hearing, called, actor=user, **fields))
        if made:
            said = ngettext("%(n)d summons issued.", "%(n)d summonses issued.", len(made))
            messages.success(request, said % {"n": len(made)})
            return redirect("evidence:hearing", case.reference, hearing.pk)
    context = {"case": case, "hearing": hearing, "form": form}
    return render(request, "casework/summons_new.html", context)


def _open(hearing: Hearing) -> list[int]:
    """The witnesses that the hearing needs and nobody has called."""
    called = hearing.summonses.filter(state__in=summonses.RUNNING).values("witness")
    needed = HearingNeed.objects.of_case(hearing.proceeding.case).filter(
        hearing=hearing, witness__isnull=False
    )
    return list(needed.exclude(witness__in=called).values_list("witness", flat=True))


@require_http_methods(METHODS)
def summons(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    user = access.person(request)
    case = access.get_case_for(user, reference, *WRITERS)
    rows = Summons.objects.of_case(case).select_related(*JOINED)
    found = get_object_or_404(rows, pk=pk)
    initial = {name: getattr(found, name) for name in ("state", "served_on", "served_by", "note")}
    form = ServiceForm(request.POST or None, initial=initial)
    is_sent = request.method == "POST" and form.is_valid()
    if (
        is_sent
        and attempt(form, lambda: summonses.record(found, actor=user, **form.cleaned_data))
        is not None
    ):
        messages.success(request, _("What became of the summons is on record."))
        return redirect("evidence:hearing", case.reference, found.hearing_id)
    context = {"case": case, "summons": found, "hearing": found.hearing, "form": form}
    return render(request, "casework/summons.html", context)
