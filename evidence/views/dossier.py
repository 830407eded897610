"""The dossiers of a case: what goes in, building one, watching it, and taking it home."""

from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, roles
from casework.forms.attempt import attempt
from evidence import dossier_contents, dossier_steps, dossiers
from evidence.forms.dossier import DossierForm
from evidence.models import Dossier

TYPES = {"pdf": "application/pdf", "bundle": "application/zip"}


@require_http_methods(["GET", "POST"])
def dossier_list(request: HttpRequest, reference: str) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.DOSSIER)
    form = DossierForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["addressed_to"]
        made = attempt(form, lambda: dossiers.request_soon(case, actor=user, addressed_to=typed))
        if made:
            return redirect("evidence:dossier", reference, made.number)
    rows = Dossier.objects.visible_to(user).filter(case=case)
    context = {
        "case": case,
        "form": form,
        "lines": dossier_contents.lines(case, user),
        "dossiers": rows.select_related("requested_by__agency", "head").order_by("-number"),
    }
    return render(request, "evidence/dossier_list.html", context)


@require_safe
def dossier(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    found = dossiers.find(access.person(request), reference, number)
    context = {"case": found.case, "dossier": found, "steps": dossier_steps.of(found)}
    return render(request, "evidence/dossier.html", context)


@require_safe
def dossier_pdf(request: HttpRequest, reference: str, number: int) -> FileResponse:
    return _download(request, reference, number, "pdf")


@require_safe
def dossier_bundle(request: HttpRequest, reference: str, number: int) -> FileResponse:
    return _download(request, reference, number, "bundle")


def _download(request: HttpRequest, reference: str, number: int, kind: str) -> FileResponse:
    user = access.person(request)
    found = dossiers.find(user, reference, number)
    path: Path = dossiers.path_of(found, kind)
    dossiers.record_download(found, actor=user, kind=kind)
    response = FileResponse(path.open("rb"), as_attachment=True, filename=path.name)
    response["Content-Type"] = TYPES[kind]
    response["Cache-Control"] = "private, no-store"
    return response
