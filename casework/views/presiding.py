"""A change of magistrate in a proceeding."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import access, court_record, roles
from casework.days import presiding
from casework.forms.attempt import attempt
from casework.forms.days import PresidingForm
from casework.models import PresidingChange


@require_http_methods(["GET", "HEAD", "POST"])
def presiding_new(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    found = court_record.get_proceeding(case, pk)
    actor: Any = request.user
    form = PresidingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: presiding.change(found, actor=actor, **fields)):
            messages.success(request, _("The change is on record. Hearings to come follow it."))
            return redirect("casework:case-hearings", case.reference)
    changes = PresidingChange.objects.filter(proceeding=found).select_related("cause")
    context = {"case": case, "proceeding": found, "form": form, "changes": changes}
    return render(request, "casework/presiding_new.html", context)
