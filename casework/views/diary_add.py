"""Writing a note into the diary of a case."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import access, cases, roles
from casework.errors import NotAllowed
from casework.forms.attempt import attempt
from casework.forms.case import DiaryForm


@require_http_methods(["GET", "HEAD", "POST"])
def diary_add(request: HttpRequest, reference: str) -> HttpResponse:
    case = access.get_case(request.user, reference)
    if not case.granted_actions & cases.NOTING:
        raise NotAllowed
    actor: Any = request.user
    may_hide = roles.SENSITIVE in case.granted_actions
    form = DiaryForm(request.POST or None, may_hide=may_hide)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: cases.note(case, actor=actor, **fields)):
            messages.success(request, _("The note stands in the timeline."))
            return redirect("casework:case", case.reference)
    return render(request, "casework/diary_add.html", {"case": case, "form": form})
