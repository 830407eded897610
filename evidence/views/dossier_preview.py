"""The preview of a dossier: how far it is, what it found, and its volumes as drafts."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework import access, roles
from evidence import downloads
from evidence.filestore import serving
from evidence.issuing import previews


@require_safe
def dossier_preview(request: HttpRequest, reference: str) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.DOSSIER)
    found = previews.find(case, user)
    if found is None:
        raise Http404
    return render(request, "evidence/dossier_preview.html", {"case": case, "preview": found})


@require_safe
def dossier_preview_volume(request: HttpRequest, reference: str, volume: int) -> FileResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.DOSSIER)
    path = previews.volume_path(case, user, volume)
    previews.record_read(case, actor=user, volume=volume)
    name = f"{case.reference}-draft-{volume}.pdf"
    response = serving.sealed(downloads.of_file(path, name, downloads.PDF))
    response["Cache-Control"] = "private, no-store"
    return response
