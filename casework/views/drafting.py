"""The beginning of a charge sheet: all accused of a case added on one page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from casework import access, roles
from casework.forms.attempt import attempt
from casework.forms.drafting import AccusedSeveralForm
from casework.models import Case
from casework.procedure import drafting


@require_http_methods(["GET", "HEAD", "POST"])
def accused_several(request: HttpRequest, reference: str) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.PROSECUTE)
    form = AccusedSeveralForm(case, user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        added = attempt(form, lambda: drafting.add_several(case, actor=user, **form.typed()))
        if added:
            told = ngettext("%(n)d accused added.", "%(n)d accused added.", len(added))
            messages.success(request, told % {"n": len(added)})
            return _next(case)
    return render(request, "casework/accused_several.html", {"case": case, "form": form})


def _next(case: Case) -> HttpResponse:
    """To the first count of an empty draft; else back to the charges."""
    for trial in case.proceedings.filter(kind="trial").order_by("-opened_on", "-pk"):
        sheet = trial.charge_sheets.order_by("version").last()
        if sheet is not None and sheet.filed_on is None and not sheet.counts.exists():
            return redirect("casework:count-new", case.reference, trial.pk)
    return redirect("casework:proceeding-list", case.reference)
