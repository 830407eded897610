"""Changing what a case says of itself."""

from typing import Any

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import access, cases, roles
from casework.forms.attempt import attempt
from casework.forms.case import CaseForm


@require_http_methods(["GET", "HEAD", "POST"])
def case_edit(request: HttpRequest, reference: str) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.EDIT)
    actor: Any = request.user
    # Not bound to the case itself: the operation compares what stands with what is asked.
    initial = model_to_dict(case, fields=CaseForm.Meta.fields)
    form = CaseForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: cases.change(case, actor=actor, **fields)):
            messages.success(request, _("Changed. The version before stays in the history."))
            return redirect("casework:case", case.reference)
    return render(request, "casework/case_edit.html", {"case": case, "form": form})
