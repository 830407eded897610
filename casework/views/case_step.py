"""Taking a case to a status that a person decides, with the reason."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import access, cases, roles
from casework.forms.attempt import attempt
from casework.forms.case import CaseStepForm


@require_http_methods(["GET", "HEAD", "POST"])
def case_step(request: HttpRequest, reference: str) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.EDIT)
    actor: Any = request.user
    form = CaseStepForm(case, request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: cases.step(case, actor=actor, **fields)):
            messages.success(request, _("The case is now: %s.") % case.get_status_display())
            return redirect("casework:case", case.reference)
    context = {"case": case, "form": form, "steps": cases.STEPS.get(case.status, ())}
    return render(request, "casework/case_step.html", context)
