"""Opening a case in an emergency: for a shift, with a reason, seen by the lead."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from casework import access, roles
from casework.errors import NotAllowed
from casework.forms.attempt import attempt
from casework.forms.team import BreakGlassForm
from casework.models import Case, User


@require_http_methods(["GET", "HEAD", "POST"])
def break_glass(request: HttpRequest) -> HttpResponse:
    """Without the permission every reference gets the same answer, so that none is given away."""
    actor = access.person(request)
    if not access.holds(actor, roles.BREAK_GLASS):
        raise NotAllowed(gettext("Your position does not open cases in an emergency."))
    form = BreakGlassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        case = attempt(form, lambda: _open(form, actor))
        if case is not None:
            messages.warning(request, gettext("You read this case now, and its lead is told."))
            return redirect("casework:case", case.reference)
    return render(request, "casework/break_glass.html", {"form": form})


def _open(form: BreakGlassForm, actor: User) -> Case:
    data = form.cleaned_data
    return access.break_glass(data["reference"], reason=data["reason"], actor=actor)
