"""A file of a case: what is known of it, its picture, its bytes, and what is said about it."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, roles
from casework.forms.attempt import attempt
from evidence import files
from evidence.filestore import file_page, files_host, images, serving
from evidence.filestore.images import NotShown
from evidence.forms.files import FileAmendForm


@require_safe
def file(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    user = access.person(request)
    attachment = files.find(user, reference, number)
    files.record_read(attachment, actor=user, how="page")
    page = file_page.read(attachment, user, page=_page(request))
    context = {"case": attachment.case, "attachment": attachment, "page": page}
    return render(request, "evidence/file.html", context)


def _page(request: HttpRequest) -> int:
    """The page of a document that was asked for; anything else is the first."""
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isdecimal() and len(asked) < 4 else 1


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
def file_download(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    return _handed_out(request, reference, number, serving.ORIGINAL)


@require_safe
def file_public(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """A copy that shows the picture and tells nothing else."""
    return _handed_out(request, reference, number, serving.PUBLIC)


def _handed_out(request: HttpRequest, reference: str, number: int, what: str) -> HttpResponseBase:
    """From here, or by a short-lived link from the host for files."""
    user = access.person(request)
    attachment = files.find(user, reference, number)
    if settings.FILES_HOST:
        return redirect(files_host.link(attachment, what, user=user))
    return serving.answer(attachment, what, actor=user)


@require_safe
def file_image(request: HttpRequest, reference: str, number: int, size: int) -> HttpResponse:
    user = access.person(request)
    attachment = files.find(user, reference, number)
    if size not in images.SIZES:
        raise NotShown(_("Pictures are shown at 400 and at 1600 pixels."))
    page = _page(request)
    tag = f'"{attachment.file.digest[:32]}-{page}-{size}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified()
    try:
        picture = images.preview(attachment.file, size, page).read_bytes()
    except NotShown as refused:
        return serving.sealed(
            HttpResponse(refused.message, status=refused.status, content_type="text/plain")
        )
    files.record_read(attachment, actor=user, how=f"picture {size}")
    response = HttpResponse(picture, content_type="image/jpeg")
    response["ETag"] = tag
    return serving.sealed(response)
