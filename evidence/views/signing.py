"""Signing a dossier in turn, refusing to, making its bundle again, and checking the signatures."""

from django.contrib import messages
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from casework import access
from casework.forms.attempt import attempt
from evidence import lacks
from evidence.forms.signing import RefuseForm, SignForm
from evidence.issuing import dossiers
from evidence.models import Dossier
from evidence.reading import all_of
from evidence.signing import acts, turns


@csrf_exempt  # checked by the view below, after the handler is chosen: a key never touches the disk
@sensitive_post_parameters("passphrase")
@require_http_methods(["GET", "POST"])
def dossier_sign(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    return _dossier_sign(request, reference, number)


@csrf_protect
def _dossier_sign(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    user = access.person(request)
    found = dossiers.find(user, reference, number)
    is_sent = request.method == "POST"
    form = SignForm(request.POST, request.FILES) if is_sent else SignForm()
    if is_sent and form.is_valid():
        told = form.cleaned_data
        choice = acts.Choice(
            told["certificate"], told["passphrase"], told["is_sure"], told["without_stamp"]
        )
        if attempt(form, lambda: acts.sign(found, choice, actor=user)):
            messages.success(request, _("You have signed every volume."))
            return redirect("evidence:dossier", reference, number)
    row = turns.next_of(found)
    if row is None and not is_sent:
        return redirect("evidence:dossier", reference, number)
    form.hide_what_is_not_asked()
    context = {"case": found.case, "dossier": found, "form": form, "next": row}
    context["is_theirs"] = row is not None and row.signer_id == user.pk
    context["lacks"] = _lacks(found, user)
    return render(request, "evidence/dossier_sign.html", context)


def _lacks(dossier: Dossier, user: access.Reader) -> list[lacks.Lack]:
    """What stands open in the case today, as far as the signer sees it."""
    rows = type(dossier.case).objects.filter(pk=dossier.case_id)
    return lacks.of(lacks.annotate(rows, all_of(user)).get())


@require_http_methods(["GET", "POST"])
def dossier_refuse(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    user = access.person(request)
    found = dossiers.find(user, reference, number)
    form = RefuseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["reason"]
        if attempt(form, lambda: turns.refuse(found, actor=user, reason=why) or True):
            return redirect("evidence:dossier", reference, number)
    if request.method == "GET" and turns.next_of(found) is None:
        return redirect("evidence:dossier", reference, number)
    context = {"case": found.case, "dossier": found, "form": form}
    return render(request, "evidence/dossier_refuse.html", context)


@require_http_methods(["GET", "POST"])
def dossier_retry(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Make the bundle of a signed dossier again, where that failed."""
    user = access.person(request)
    found = dossiers.find(user, reference, number)
    if request.method == "POST":
        turns.retry(found, actor=user)
    return redirect("evidence:dossier", reference, number)


@require_safe
def dossier_signatures(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Every signature of every volume, checked while the page is made."""
    found = dossiers.find(access.person(request), reference, number)
    if found.state not in (Dossier.State.BUILT, Dossier.State.ISSUED):
        return redirect("evidence:dossier", reference, number)
    context = {"case": found.case, "dossier": found, "volumes": acts.seen(found)}
    return render(request, "evidence/dossier_signatures.html", context)
