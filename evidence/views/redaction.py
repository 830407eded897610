"""Redacted copies: begun on a file, marked page by page, carried out, looked at."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRefresh

from casework import access, watched
from casework.forms.attempt import attempt
from casework.models import User
from evidence import files
from evidence.filestore import images, serving
from evidence.filestore.images import NotShown
from evidence.forms.redaction import BeginForm, grounds
from evidence.models import Attachment, Redaction
from evidence.redaction import marking, redactions, telling
from evidence.redaction.desk import Desk

ORIGINAL, COPY = "original", "copy"


@require_http_methods(["GET", "POST"])
def redaction_begin(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    user = access.person(request)
    attachment = files.find(user, reference, number)
    redactions.require(user, attachment)
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        purpose = form.cleaned_data["purpose"]
        made = attempt(form, lambda: redactions.begin(attachment, purpose=purpose, actor=user))
        if made:
            return redirect("evidence:redaction", reference, made.pk)
    rows = Redaction.objects.visible_to(user).filter(original=attachment).order_by("-pk")
    context = {
        "case": attachment.case,
        "attachment": attachment,
        "form": form,
        "rows": rows.select_related("begun_by", "looked_by", "result")[:50],
    }
    return render(request, "evidence/redaction_begin.html", context)


@require_http_methods(["GET", "POST"])
def redaction(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    user = access.person(request)
    found = redactions.find(user, reference, number)
    desk = Desk(found, _page(request, found))
    desk.take(request.POST if request.method == "POST" else None, user)
    if desk.said:
        messages.success(request, desk.said)
        number = desk.next.pk if desk.next else number
        where = reverse("evidence:redaction", args=[reference, number])
        return redirect(f"{where}?page={desk.page}")
    is_worked_on = redactions.is_worked_on(found)
    if not is_worked_on and watched.asks(request, "work"):
        return HttpResponseClientRefresh()
    if not is_worked_on:  # meanwhile no page of the original is shown
        redactions.record_view(found, actor=user, page=desk.page)
    return render(request, "evidence/redaction.html", _context(desk))


def _context(desk: Desk) -> dict[str, object]:
    found = desk.redaction
    marks = list(found.marks.all())
    is_done = found.done_at is not None
    return {
        "case": found.original.case,
        "redaction": found,
        "desk": desk,
        "forms": desk.forms,
        "marks": [(mark, telling.of_mark(mark)) for mark in marks],
        "here": [mark for mark in marks if mark.page == desk.page],
        "findings": telling.after(found) if is_done else telling.before(found),
        "is_worked_on": redactions.is_worked_on(found),
        "pages": range(1, marking.pages_of(found) + 1),
        "is_paper": found.original.file.media_type == images.PAPER,
        "grounds": grounds(),
    }


def _page(request: HttpRequest, found: Redaction) -> int:
    """The page that was asked for; anything else is the first."""
    asked = request.GET.get("page", "1")
    page = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    return page if 1 <= page <= marking.pages_of(found) else 1


@require_safe
def redaction_page(
    request: HttpRequest, reference: str, number: int, side: str, page: int
) -> HttpResponse:
    user = access.person(request)
    found = redactions.find(user, reference, number)
    of = _side(found, side, user)
    tag = f'"{of.file.digest[:32]}-{page}-sheet"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified()
    try:
        picture = images.sheet(of.file, page).read_bytes()
    except NotShown as refused:
        answer = HttpResponse(refused.message, status=refused.status, content_type="text/plain")
        return serving.sealed(answer)
    files.record_read(of, actor=user, how=f"page {page}")
    response = HttpResponse(picture, content_type="image/jpeg")
    response["ETag"] = tag
    return serving.sealed(response)


def _side(found: Redaction, side: str, user: User) -> Attachment:
    """The original, or the copy where there is one that this person may see."""
    if side == ORIGINAL:
        return found.original
    copies = Attachment.objects.visible_to(user).filter(redacted_by=found)
    seen: Attachment | None = copies.select_related("file").first() if side == COPY else None
    if seen is None:
        raise Http404
    seen.case = found.original.case
    return seen
