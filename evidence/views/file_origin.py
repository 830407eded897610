"""Where a file comes from: acquisition, copies, and its original, stated on pages of their own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import access, audit, roles
from casework.forms.attempt import attempt
from casework.models import User
from evidence import files
from evidence.filestore import acquisitions, copies, derivations
from evidence.forms import origin as forms
from evidence.models import CopyHop


@require_http_methods(["GET", "POST"])
def file_acquisition(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    user = access.person(request)
    attachment = files.find(user, reference, number, roles.EXHIBIT)
    standing = acquisitions.of(attachment)
    form = forms.AcquisitionForm(request.POST or None, initial=forms.as_initial(standing, user))
    if request.method == "POST" and form.is_valid():
        statement = form.statement()
        if attempt(form, lambda: acquisitions.acquire(attachment, statement, actor=user)):
            messages.success(request, _("Recorded. What was stated before is kept."))
            return redirect("evidence:file", reference, number)
    context = {"case": attachment.case, "attachment": attachment, "form": form, "row": standing}
    return render(request, "evidence/file_acquisition.html", context)


@require_http_methods(["GET", "POST"])
def file_copy(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    user = access.person(request)
    attachment = files.find(user, reference, number, roles.EXHIBIT)
    initial = {"person": audit.describe(user), "digest_after": attachment.file.digest}
    form = forms.CopyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        copy = form.copy()
        if attempt(form, lambda: copies.record(attachment, copy, actor=user)):
            messages.success(request, _("The copy is recorded."))
            return redirect("evidence:file", reference, number)
    context = {"case": attachment.case, "attachment": attachment, "form": form}
    return render(request, "evidence/file_copy.html", context)


@require_http_methods(["GET", "POST"])
def file_copy_correct(request: HttpRequest, reference: str, number: int, hop: int) -> HttpResponse:
    user = access.person(request)
    attachment = files.find(user, reference, number, roles.EXHIBIT)
    row = _standing(attachment.pk, hop)
    row.attachment = attachment
    ends = "withdraw" in request.POST
    sent = request.POST or None
    form = forms.CopyForm(None if ends else sent, initial=forms.copy_initial(row))
    ending = forms.WithdrawForm(sent if ends else None, prefix="end")
    if _followed(row, form, ending, user):
        messages.success(request, _("Recorded. The row that was wrong is kept below the list."))
        return redirect("evidence:file", reference, number)
    context = {"case": attachment.case, "attachment": attachment, "form": form, "ending": ending}
    return render(request, "evidence/file_copy_correct.html", context)


def _followed(
    row: CopyHop, form: forms.CopyForm, ending: forms.WithdrawForm, user: User
) -> CopyHop | None:
    """The row that came after it, where one of the two forms was sent and is right."""
    if ending.is_bound and ending.is_valid():
        reason = ending.cleaned_data["note"]
        return attempt(ending, lambda: copies.withdraw(row, reason=reason, actor=user))
    if form.is_bound and form.is_valid():
        return attempt(form, lambda: copies.correct(row, form.copy(), actor=user))
    return None


def _standing(number: int, hop: int) -> CopyHop:
    rows = CopyHop.objects.standing().filter(attachment=number)
    found: CopyHop = get_object_or_404(rows, pk=hop)
    return found


@require_http_methods(["GET", "POST"])
def file_original(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    user = access.person(request)
    attachment = files.find(user, reference, number, roles.EXHIBIT)
    standing = derivations.origin(attachment)
    initial = {"person": audit.describe(user)}
    if standing is not None and derivations.is_known_to(user, standing):
        initial = {name: getattr(standing, name) for name in forms.DERIVED}
    form = forms.DerivationForm(
        request.POST or None, initial=initial, attachment=attachment, user=user
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if attempt(form, lambda: derivations.derive(attachment, actor=user, **values)):
            messages.success(request, _("Recorded. The original stays as it is."))
            return redirect("evidence:file", reference, number)
    context = {"case": attachment.case, "attachment": attachment, "form": form}
    return render(request, "evidence/file_original.html", context)
