"""Holds on an exhibit: placing one, and releasing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import access
from casework.errors import NotAllowed
from casework.forms.attempt import attempt
from evidence import exhibits
from evidence.forms.in_court import HoldForm, HoldReleaseForm
from evidence.in_court import holds, lineage
from evidence.models import ExhibitHold

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def hold_add(request: HttpRequest, reference: str, label: str) -> HttpResponse:
    """Keep it for a case that this person works on; the exhibit only has to be visible."""
    user = access.person(request)
    found = exhibits.find(user, reference, label)
    cases = holds.cases_of(user)
    if not cases.exists():
        raise NotAllowed
    own = cases.filter(pk=found.case_id).values_list("pk", flat=True).first()
    form = HoldForm(cases, request.POST or None, initial={"case": own})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: holds.place(found, actor=user, **given)):
            messages.success(request, _("It must be kept until the hold is released."))
            return redirect("evidence:exhibit", reference, label)
    context = {"case": found.case, "exhibit": found, "form": form}
    return render(request, "evidence/hold_add.html", context)


@require_http_methods(METHODS)
def hold_release(request: HttpRequest, reference: str, label: str, pk: int) -> HttpResponse:
    user = access.person(request)
    found = exhibits.find(user, reference, label)
    bound = lineage.origins([found.pk])[found.pk]
    open_ = ExhibitHold.objects.filter(exhibit__in=bound, released_at__isnull=True)
    row = get_object_or_404(open_.select_related("case", "exhibit__case"), pk=pk)
    if not holds.cases_of(user).filter(pk=row.case_id).exists():
        raise NotAllowed
    form = HoldReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        if attempt(form, lambda: holds.release(row, why=why, actor=user)):
            messages.success(request, _("The hold is released."))
            return redirect("evidence:exhibit", reference, label)
    context = {"case": found.case, "exhibit": found, "hold": row, "form": form}
    return render(request, "evidence/hold_release.html", context)
