"""A file of a case: what is known of it, its picture, its bytes, and what is said about it."""

from typing import TypeVar

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, roles
from casework.forms.attempt import attempt
from evidence import files, images
from evidence.forms.files import FileAmendForm
from evidence.images import NotShown
from evidence.models import Attachment

R = TypeVar("R", HttpResponse, FileResponse)

# A browser must neither guess a type nor run anything: what is sent is bytes or our own JPEG.
SEALED_POLICY = "default-src 'none'; sandbox"


@require_safe
def file(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    attachment = files.find(access.person(request), reference, number)
    files.record_read(attachment, actor=access.person(request), how="page")
    context = {
        "case": attachment.case,
        "attachment": attachment,
        "not_shown": _why_not_shown(attachment),
        "may_amend": roles.EXHIBIT in attachment.case.granted_actions,
    }
    return render(request, "evidence/file.html", context)


def _why_not_shown(attachment: Attachment) -> str:
    try:
        images.preview(attachment.file, images.SIZES[-1])
    except NotShown as refused:
        return str(refused.message)
    return ""


@require_http_methods(["GET", "POST"])
def file_amend(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    user = access.person(request)
    attachment = files.find(user, reference, number, roles.EXHIBIT)
    said = ("caption", "kind", "is_sensitive")
    form = FileAmendForm(
        request.POST or None,
        initial={name: getattr(attachment, name) for name in said},
        can_hide=roles.SENSITIVE in attachment.case.granted_actions,
    )
    if request.method == "POST" and form.is_valid():
        values = {name: getattr(attachment, name) for name in said} | form.cleaned_data
        if attempt(form, lambda: files.amend(attachment, actor=user, **values)):
            messages.success(request, _("Changed. The bytes stay as they were taken in."))
            return redirect("evidence:file", reference, number)
    context = {"case": attachment.case, "attachment": attachment, "form": form}
    return render(request, "evidence/file_amend.html", context)


@require_safe
def file_download(request: HttpRequest, reference: str, number: int) -> FileResponse | HttpResponse:
    attachment = files.find(access.person(request), reference, number)
    path = files.path_of(attachment.file.digest)
    if not path.is_file():
        raise files.Damaged(
            _("The bytes of this file are missing from the store. Tell your administrator.")
        )
    files.record_read(attachment, actor=access.person(request), how="download")
    response = FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type="application/octet-stream",
    )
    response["Repr-Digest"] = files.digest_header(attachment.file)
    return _sealed(response)


@require_safe
def file_image(request: HttpRequest, reference: str, number: int, size: int) -> HttpResponse:
    attachment = files.find(access.person(request), reference, number)
    if size not in images.SIZES:
        raise NotShown(_("Pictures are shown at 400 and at 1600 pixels."))
    tag = f'"{attachment.file.digest[:32]}-{size}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified()
    try:
        picture = images.preview(attachment.file, size).read_bytes()
    except NotShown as refused:
        return _sealed(
            HttpResponse(refused.message, status=refused.status, content_type="text/plain")
        )
    files.record_read(attachment, actor=access.person(request), how=f"picture {size}")
    response = HttpResponse(picture, content_type="image/jpeg")
    response["ETag"] = tag
    return _sealed(response)


def _sealed(response: R) -> R:
    response["Content-Security-Policy"] = SEALED_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    # Kept only to be asked for again: who lost the right loses the picture with the next request.
    response["Cache-Control"] = "private, no-cache"
    return response
