"""The dossiers of a case: what goes in, building one, watching it, and taking it home."""

from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, roles
from casework.forms.attempt import attempt
from evidence.forms.dossier import DossierForm
from evidence.issuing import bundling, contents, dossiers, steps
from evidence.models import Dossier


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
        "lines": contents.lines(case, user),
        "dossiers": rows.select_related("requested_by__agency", "head").order_by("-number"),
    }
    return render(request, "evidence/dossier_list.html", context)


@require_safe
def dossier(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    found = dossiers.find(access.person(request), reference, number)
    context = {"case": found.case, "dossier": found, "steps": steps.of(found)}
    return render(request, "evidence/dossier.html", context)


@require_safe
def dossier_volume(request: HttpRequest, reference: str, number: int, volume: int) -> FileResponse:
    user = access.person(request)
    found = dossiers.find(user, reference, number)
    row, path = dossiers.volume_path(found, volume)
    dossiers.record_download(found, actor=user, kind=f"volume {volume}")
    return _download(path, bundling.name_of(found, row), "application/pdf")


@require_safe
def dossier_bundle(request: HttpRequest, reference: str, number: int) -> FileResponse:
    user = access.person(request)
    found = dossiers.find(user, reference, number)
    path = dossiers.bundle_path(found)
    dossiers.record_download(found, actor=user, kind="bundle")
    return _download(path, path.name, "application/zip")


def _download(path: Path, name: str, media_type: str) -> FileResponse:
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name)
    response["Content-Type"] = media_type
    response["Cache-Control"] = "private, no-store"
    return response
