"""The certificates of a case: what is there, what is missing, recording, signing, the draft."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, clock, roles
from casework.forms.attempt import attempt
from casework.models import Code
from evidence import downloads, files
from evidence.forms.certificates import CertificateForm, SignForm, WithdrawCertificateForm
from evidence.models import Attachment, Certificate
from evidence.papers import certificate_book, certificate_draft, certificates
from evidence.papers.certificates_required import Line

METHODS = ["GET", "HEAD", "POST"]


@require_safe
def case_certificates(request: HttpRequest, reference: str) -> HttpResponse:
    case = access.get_case(request.user, reference)
    book = certificate_book.read(case, request.user)
    context = {
        "case": case,
        "book": book,
        "groups": _groups(book.lines),
        "kinds": Code.objects.kind(certificates.KINDS).on(clock.today()),
        "may_add": roles.EXHIBIT in case.granted_actions,
    }
    return render(request, "evidence/case_certificates.html", context)


def _groups(lines: tuple[Line, ...]) -> list[tuple[str, list[Line]]]:
    """By exhibit, what belongs to none last."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.need.label, []).append(line)
    return sorted(found.items(), key=lambda pair: (not pair[0], len(pair[0]), pair[0]))


@require_http_methods(METHODS)
def certificate_add(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.EXHIBIT)
    chosen = certificates.kind_of(kind)
    needs = certificate_book.read(case, user).needs(kind)
    initial = {"covers": request.GET.getlist("covers")}
    form = CertificateForm(*_sent(request), kind=kind, needs=needs, initial=initial)
    if request.method == "POST" and form.is_valid():
        values: Any = {name: form.cleaned_data[name] for name in ("covers", "paper")}
        made = attempt(
            form,
            lambda: certificates.record(
                case, kind=chosen, statement=form.statement(), actor=user, **values
            ),
        )
        if made:
            messages.success(request, _("Recorded. Print it, have it signed, and bring it back."))
            return redirect("evidence:certificate", reference, made.pk)
    context = {"case": case, "kind": chosen, "form": form, "needs": needs}
    return render(request, "evidence/certificate_add.html", context)


def _sent(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


@require_safe
def certificate(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    user = access.person(request)
    row = certificates.find(user, reference, number)
    book = certificate_book.read(row.case, user)
    visible = Attachment.objects.of_case(row.case)
    context = {
        "case": row.case,
        "certificate": row,
        "lines": [line for line in book.lines if line.given == row.pk],
        "covers": row.covers.select_related("attachment__exhibit", "copy", "exhibit", "seizure"),
        "unstated": certificate_book.unstated(row),
        "versions": certificates.versions(row),
        "successor": Certificate.objects.filter(supersedes=row).first(),
        "paper": visible.filter(pk=row.paper_id or 0).select_related("file").first(),
        "may_change": _may_change(row),
    }
    return render(request, "evidence/certificate.html", context)


def _may_change(row: Certificate) -> bool:
    is_newest = not Certificate.objects.filter(supersedes=row).exists()
    return is_newest and not row.is_withdrawn and roles.EXHIBIT in row.case.granted_actions


@require_http_methods(METHODS)
def certificate_amend(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    user = access.person(request)
    row = certificates.find(user, reference, number, roles.EXHIBIT)
    needs = certificate_book.read(row.case, user).needs(row.kind.code)
    initial = {**vars(certificates.statement_of(row)), "covers": certificates.covers_of(row)}
    form = CertificateForm(
        *_sent(request), kind=row.kind.code, needs=needs, is_change=True, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        values: Any = {name: form.cleaned_data[name] for name in ("covers", "paper", "reason")}
        made = attempt(
            form,
            lambda: certificates.amend(row, statement=form.statement(), actor=user, **values),
        )
        if made:
            messages.success(request, _("Recorded. What stood before is kept."))
            return redirect("evidence:certificate", reference, made.pk)
    context = {"case": row.case, "certificate": row, "form": form}
    return render(request, "evidence/certificate_amend.html", context)


@require_http_methods(METHODS)
def certificate_sign(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    user = access.person(request)
    row = certificates.find(user, reference, number, roles.EXHIBIT)
    today = {"signed_on": clock.today()}
    form = SignForm(request.POST or None, request.FILES or None, initial=today)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: certificates.sign(row, actor=user, **form.cleaned_data))
        if made:
            messages.success(request, _("The signed paper is on file."))
            return redirect("evidence:certificate", reference, made.pk)
    context = {"case": row.case, "certificate": row, "form": form}
    return render(request, "evidence/certificate_sign.html", context)


@require_http_methods(METHODS)
def certificate_withdraw(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    user = access.person(request)
    row = certificates.find(user, reference, number, roles.EXHIBIT)
    form = WithdrawCertificateForm(*_sent(request)[:1])
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: certificates.withdraw(row, reason=reason, actor=user)):
            messages.success(request, _("Taken back. It counts no more, and stays readable."))
            return redirect("evidence:case-certificates", reference)
    context = {"case": row.case, "certificate": row, "form": form}
    return render(request, "evidence/certificate_withdraw.html", context)


@require_safe
def certificate_draft_pdf(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The paper to be signed, with its words made from what is recorded."""
    row = certificates.find(access.person(request), reference, number)
    _record_reads(row, access.person(request))
    name = f"certificate-{row.case.reference}-{row.pk}.pdf"
    return downloads.of_bytes(certificate_draft.pdf(row), name)


def _record_reads(row: Certificate, user: Any) -> None:
    for cover in row.covers.select_related("attachment__exhibit"):
        if cover.attachment is not None:
            files.record_read(cover.attachment, actor=user, how="certificate")
