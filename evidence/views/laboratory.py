"""Requests to laboratories: the list, the memo, its receipt, the report with its findings."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, clock, roles
from casework.forms.attempt import attempt
from casework.models import Case, Laboratory, User
from evidence import downloads, exhibits, readings
from evidence.forms.laboratory import FindingForm, ReceiptForm, ReportForm, RequestForm
from evidence.models import Exhibit, Finding, LaboratoryRequest, RequestedItem
from evidence.papers import alarms, laboratory, laboratory_memo, laboratory_page
from evidence.papers.laboratory_page import Row

METHODS = ["GET", "HEAD", "POST"]


@require_safe
def case_laboratory(request: HttpRequest, reference: str) -> HttpResponse:
    case = access.get_case(request.user, reference)
    context = {
        "case": case,
        "rows": laboratory_page.read(case, request.user),
        "compared": alarms.of(case, request.user),
        "may_add": roles.EXHIBIT in case.granted_actions,
        "may_answer": roles.PROSECUTE in case.granted_actions,
    }
    return render(request, "evidence/case_laboratory.html", context)


@require_http_methods(METHODS)
def laboratory_send(request: HttpRequest, reference: str) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.EXHIBIT)
    form = _request_form(request, case, user)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and (made := attempt(form, lambda: _send(case, form, user))):
        messages.success(request, _("Recorded. Print the memo, then hand the exhibits over."))
        return redirect("evidence:laboratory", reference, made.number)
    return render(request, "evidence/laboratory_send.html", {"case": case, "form": form})


def _request_form(
    request: HttpRequest, case: Case, user: User, old: LaboratoryRequest | None = None
) -> RequestForm:
    seen = Exhibit.objects.visible_to(user).filter(case=case).order_by("pk")
    initial: dict[str, Any] = {"sent_by": user.get_full_name(), "sent_on": clock.today()}
    for label in request.GET.getlist("exhibit"):
        if exhibits.is_label(label) and (found := seen.filter(label=label).first()):
            initial[f"take_{found.pk}"] = True
    if old is not None:
        names = ("laboratory", "question", "sent_by", "carried_by", "sent_on", "due_on")
        initial |= {name: getattr(old, name) for name in names}
        for item in RequestedItem.objects.visible_to(user).filter(request=old):
            initial |= {f"take_{item.exhibit_id}": True, f"marks_{item.exhibit_id}": item.marks}
    sent = request.POST if request.method == "POST" else None
    # What was combined, destroyed or given back is not there to send.
    rows = [one for one in readings.annotate(seen) if old or one.holder_id or one.out_to]
    return RequestForm(sent, exhibits=rows, initial=initial, is_change=old is not None)


def _send(
    case: Case, form: RequestForm, user: User, old: LaboratoryRequest | None = None
) -> LaboratoryRequest:
    cleaned = form.cleaned_data
    chosen: Laboratory = cleaned["laboratory"] or laboratory.laboratory(
        name=cleaned["name"], accreditation=cleaned["accreditation"], address=cleaned["address"],
        actor=user,
    )  # fmt: skip
    return laboratory.send(
        case, to=chosen, items=form.items(), actor=user, replaces=old, **form.values()
    )


@require_safe
def laboratory_request(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    user = access.person(request)
    row = _row(user, reference, number)
    case = row.request.case
    context = {
        "case": case,
        "row": row,
        "compared": [one for one in alarms.of(case, user)
                     if one.finding.report.request_id == row.request.pk],
        "may_change": roles.EXHIBIT in case.granted_actions,
        "may_answer": roles.PROSECUTE in case.granted_actions,
    }  # fmt: skip
    return render(request, "evidence/laboratory.html", context)


def _row(user: User, reference: str, number: int, action: str = roles.VIEW) -> Row:
    case = access.get_case(user, reference, action)
    found = laboratory_page.read(case, user, number)
    if not found:
        raise Http404
    found[0].request.case = case
    return found[0]


@require_http_methods(METHODS)
def laboratory_amend(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    user = access.person(request)
    row = _row(user, reference, number, roles.EXHIBIT)
    old, case = row.request, row.request.case
    form = _request_form(request, case, user, old)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and attempt(form, lambda: _send(case, form, user, old)) is not None:
        messages.success(request, _("Recorded. What stood before is kept."))
        return redirect("evidence:laboratory", reference, number)
    context = {"case": case, "row": row, "form": form}
    return render(request, "evidence/laboratory_amend.html", context)


@require_http_methods(METHODS)
def laboratory_receive(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    user = access.person(request)
    row = _row(user, reference, number, roles.EXHIBIT)
    form = ReceiptForm(
        *_sent(request), is_change=row.receipt is not None, initial={"received_on": clock.today()}
    )
    is_sent = request.method == "POST" and form.is_valid()
    if (
        is_sent
        and attempt(form, lambda: laboratory.receive(row.request, actor=user, **form.cleaned_data))
        is not None
    ):
        messages.success(request, _("The receipt is on record."))
        return redirect("evidence:laboratory", reference, number)
    context = {"case": row.request.case, "row": row, "form": form}
    return render(request, "evidence/laboratory_receive.html", context)


def _sent(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


@require_http_methods(METHODS)
def laboratory_report(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    user = access.person(request)
    row = _row(user, reference, number, roles.EXHIBIT)
    is_change, sent = row.report is not None, _sent(request)
    form = ReportForm(*sent, is_change=is_change, initial=_of_report(row))
    parts = [FindingForm(*sent[:1], item=i.row, initial=_of_finding(i.finding)) for i in row.items]
    is_whole = request.method == "POST" and all([form.is_valid(), *(p.is_valid() for p in parts)])
    if is_whole:
        found = [one for part in parts if (one := part.found())]
        values: Any = form.cleaned_data
        if attempt(
            form, lambda: laboratory.report(row.request, findings=found, actor=user, **values)
        ):
            messages.success(request, _("The report is on record."))
            return redirect("evidence:laboratory", reference, number)
    context = {"case": row.request.case, "row": row, "form": form, "parts": parts,
               "forms": [form, *parts]}  # fmt: skip
    return render(request, "evidence/laboratory_report.html", context)


def _of_report(row: Row) -> dict[str, Any]:
    """What the report before it says: a later one changes that, it does not begin again."""
    if row.report is None:
        return {"reported_on": clock.today()}
    names = ("expert", "qualification", "reported_on", "reference")
    return {name: getattr(row.report, name) for name in names}


def _of_finding(found: Finding | None) -> dict[str, Any]:
    if found is None:
        return {}
    names = ("certainty", "method", "count", "weight_mg", "text")
    told = {name: getattr(found, name) for name in names}
    return {**told, "taxon": found.taxon or found.taxon_as_given, "specimen": found.specimen_id}


@require_safe
def laboratory_memo_pdf(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The memo as paper, with places to sign for the receipt."""
    row = _row(access.person(request), reference, number)
    name = f"memo-{row.request.case.reference}-L{number}.pdf"
    return downloads.of_bytes(laboratory_memo.pdf(row), name)
