"""Service of a dossier: recording it, correcting it, taking it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import access
from casework.forms.attempt import attempt
from casework.models import User
from evidence.disclosure import service
from evidence.forms.disclosure import ServiceCorrectForm, ServiceForm, ServiceTakeBackForm
from evidence.issuing import dossiers
from evidence.models import DisclosureService, Dossier

METHODS = ["GET", "HEAD", "POST"]
KEPT = ("recipient", "capacity", "accused", "means", "served_at", "place", "note")


@require_http_methods(METHODS)
def dossier_service_add(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    user = access.person(request)
    found = dossiers.find(user, reference, number)
    form = ServiceForm(found.case, *_posted(request))
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: service.record(
            found, actor=user, upload=form.upload(), **form.values()
        ))  # fmt: skip
        if made:
            messages.success(request, _("The service is on record."))
            return redirect("evidence:dossier", reference, number)
    context = {"case": found.case, "dossier": found, "form": form}
    return render(request, "evidence/dossier_service_add.html", context)


def _posted(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _one(
    request: HttpRequest, reference: str, number: int, pk: int
) -> tuple[User, Dossier, DisclosureService]:
    user = access.person(request)
    dossier = dossiers.find(user, reference, number)
    rows = DisclosureService.objects.visible_to(user).filter(dossier=dossier, is_withdrawn=False)
    found: DisclosureService = get_object_or_404(rows.select_related("accused", "receipt"), pk=pk)
    found.dossier = dossier
    return user, dossier, found


@require_http_methods(METHODS)
def dossier_service_correct(
    request: HttpRequest, reference: str, number: int, pk: int
) -> HttpResponse:
    user, dossier, found = _one(request, reference, number, pk)
    initial = {name: getattr(found, name) for name in KEPT}
    form = ServiceCorrectForm(dossier.case, *_posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: service.correct(
            found, actor=user, upload=form.upload(), **form.values()
        ))  # fmt: skip
        if made:
            messages.success(request, _("Corrected. The earlier entry stays on record."))
            return redirect("evidence:dossier", reference, number)
    context = {"case": dossier.case, "dossier": dossier, "service": found, "form": form}
    return render(request, "evidence/dossier_service_correct.html", context)


@require_http_methods(METHODS)
def dossier_service_take_back(
    request: HttpRequest, reference: str, number: int, pk: int
) -> HttpResponse:
    user, dossier, found = _one(request, reference, number, pk)
    form = ServiceTakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: service.take_back(found, actor=user, **fields)):
            messages.success(request, _("Taken back. It stays on record and counts no longer."))
            return redirect("evidence:dossier", reference, number)
    context = {"case": dossier.case, "dossier": dossier, "service": found, "form": form}
    return render(request, "evidence/dossier_service_take_back.html", context)
