"""What a count says of its species and exhibits, and the answer to a finding against it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import access, clock, court_record, roles
from casework.forms.attempt import attempt
from casework.models import Case, Count
from evidence.forms.laboratory import CountAnswerForm, CountSpeciesForm
from evidence.models import Exhibit, Finding
from evidence.papers import alarms

METHODS = ["GET", "HEAD", "POST"]


def _count(case: Case, pk: int, number: int) -> Count:
    return court_record.get_count(court_record.get_proceeding(case, pk), number)


@require_http_methods(METHODS)
def count_species(request: HttpRequest, reference: str, pk: int, number: int) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.PROSECUTE)
    count = _count(case, pk, number)
    seen = Exhibit.objects.visible_to(user).filter(case=case).order_by("pk")
    form = CountSpeciesForm(
        request.POST if request.method == "POST" else None,
        exhibits=seen,
        initial={"taxon": count.taxon, "exhibits": count.exhibits.all()},
    )
    if request.method == "POST" and form.is_valid():
        values: Any = {"taxon": form.cleaned_data["taxon"],
                       "exhibits": list(form.cleaned_data["exhibits"])}  # fmt: skip
        if attempt(form, lambda: alarms.name_species(count, actor=user, **values)):
            messages.success(request, _("Recorded. It is held against every report from now on."))
            return redirect("casework:charge-sheet", reference, pk)
    proceeding = count.charge_sheet.proceeding
    context = {"case": case, "proceeding": proceeding, "count": count, "form": form}
    return render(request, "evidence/count_species.html", context)


@require_http_methods(METHODS)
def count_answer(
    request: HttpRequest, reference: str, pk: int, number: int, finding: int
) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.PROSECUTE)
    count = _count(case, pk, number)
    rows = Finding.objects.visible_to(user).filter(report__request__case=case)
    found = get_object_or_404(
        rows.select_related("taxon", "report__request__laboratory", "item__exhibit"), pk=finding
    )
    sent = request.POST if request.method == "POST" else None
    form = CountAnswerForm(sent, initial={"decided_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        values: Any = form.cleaned_data
        if attempt(form, lambda: alarms.answer(count, found, actor=user, **values)):
            messages.success(request, _("Answered. The finding and your reason stay together."))
            return redirect("casework:charge-sheet", reference, pk)
    compared = next((one for one in alarms.of(case, user)
                     if (one.count, one.finding) == (count, found)), None)  # fmt: skip
    proceeding = count.charge_sheet.proceeding
    context = {"case": case, "proceeding": proceeding, "count": count, "form": form,
               "compared": compared}  # fmt: skip
    return render(request, "evidence/count_answer.html", context)
