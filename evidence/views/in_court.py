"""Exhibits in court: one act, its correction, the list of a court file, a day of acts at once."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, court_record, roles
from casework.errors import RuleBroken
from casework.forms.attempt import attempt
from casework.models import Case, Hearing, Proceeding, User
from evidence import exhibits
from evidence.forms.in_court import (
    DayForm,
    LineForm,
    MarkCorrectForm,
    MarkForm,
    TakeBackForm,
    witnesses_of,
)
from evidence.in_court import life, marks
from evidence.models import CourtMark, Exhibit

METHODS = ["GET", "HEAD", "POST"]
A_PAGE = 50  # lines of the grid


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) <= 9 else None


@require_http_methods(METHODS)
def mark_add(request: HttpRequest, reference: str, label: str) -> HttpResponse:
    user = access.person(request)
    found = exhibits.find(user, reference, label, roles.PROSECUTE)
    start = {"proceeding": _number(request.GET.get("proceeding"))}
    form = MarkForm(found.case, user, request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: marks.record(found, actor=user, **given)):
            messages.success(request, _("It is on record."))
            return redirect("evidence:exhibit", reference, label)
    context = {"case": found.case, "exhibit": found, "form": form}
    return render(request, "evidence/mark_add.html", context)


def _mark(user: User, found: Exhibit, pk: int) -> CourtMark:
    rows = life.readable(user).filter(exhibit=found, proceeding__case=found.case)
    mark: CourtMark = get_object_or_404(rows, pk=pk, successor=None, is_withdrawn=False)
    mark.exhibit, mark.proceeding.case = found, found.case
    return mark


@require_http_methods(METHODS)
def mark_correct(request: HttpRequest, reference: str, label: str, pk: int) -> HttpResponse:
    user = access.person(request)
    found = exhibits.find(user, reference, label, roles.PROSECUTE)
    mark = _mark(user, found, pk)
    stands = {name: getattr(mark, name) for name in marks.FIELDS}
    form = MarkCorrectForm(mark, user, request.POST or None, initial=stands)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        given["happened_on"] = marks.day_of(given["hearing"], given["happened_on"])
        if attempt(form, lambda: marks.correct(mark, actor=user, **given)):
            messages.success(request, _("Corrected. The old entry stays in the record."))
            return redirect("evidence:exhibit", reference, label)
    context = {"case": found.case, "exhibit": found, "mark": mark, "form": form}
    return render(request, "evidence/mark_correct.html", context)


@require_http_methods(METHODS)
def mark_take_back(request: HttpRequest, reference: str, label: str, pk: int) -> HttpResponse:
    user = access.person(request)
    found = exhibits.find(user, reference, label, roles.PROSECUTE)
    mark, form = _mark(user, found, pk), TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["correction"]
        if attempt(form, lambda: marks.take_back(mark, correction=why, actor=user)):
            messages.success(request, _("Taken back. The entry stays in the record."))
            return redirect("evidence:exhibit", reference, label)
    context = {"case": found.case, "exhibit": found, "mark": mark, "form": form}
    return render(request, "evidence/mark_take_back.html", context)


@require_safe
def proceeding_exhibits(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The exhibits of a court file, as its registry and the dossier list them; made for paper."""
    user = access.person(request)
    case = access.get_case(user, reference)
    found = court_record.get_proceeding(case, pk)
    rows = life.of_proceeding(found, user)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "case": case,
        "proceeding": found,
        "page": page,
        "rows": rows if request.GET.get("all") else page.object_list,
        "taken": sum(row.settled.kind == CourtMark.Kind.ADMITTED for row in rows),
        "may_record": roles.PROSECUTE in case.granted_actions,
        "others": court_record.proceedings_of(case).exclude(pk=found.pk),
    }
    return render(request, "evidence/proceeding_exhibits.html", context)


@require_http_methods(METHODS)
def proceeding_exhibits_record(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """A grid: what the court did with each exhibit at one hearing, all or nothing."""
    user = access.person(request)
    case = access.get_case(user, reference, roles.PROSECUTE)
    found = court_record.get_proceeding(case, pk)
    shown = Exhibit.objects.visible_to(user).filter(case=case).order_by("pk")
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    day = DayForm(found, request.POST or None, initial=_asked(request, found))
    lines = _lines(found, list(page.object_list), case, user, request.POST or None)
    if request.method == "POST" and all([day.is_valid(), *(line.is_valid() for line in lines)]):
        made = attempt(day, lambda: _recorded(found, lines, day, user))
        if made:
            told = _("%(n)s exhibits are on record.") % {"n": len(made)}
            messages.success(request, told)
            return redirect("evidence:proceeding-exhibits", reference, pk)
    context = {"case": case, "proceeding": found, "day": day, "lines": lines, "page": page}
    return render(request, "evidence/proceeding_exhibits_record.html", context)


def _asked(request: HttpRequest, proceeding: Proceeding) -> dict[str, Any]:
    """The hearing that a page before this one named, or the last one held."""
    asked = _number(request.GET.get("hearing"))
    rows = Hearing.objects.filter(proceeding=proceeding)
    held = rows.filter(pk=asked) if asked else rows.filter(state=Hearing.State.HELD)
    last = held.order_by("-starts_at").first()
    return {"hearing": last.pk if last else None}


def _lines(
    proceeding: Proceeding, shown: list[Exhibit], case: Case, user: User, data: Any
) -> list[LineForm]:
    people = list(witnesses_of(case, user))
    kinds = life.next_acts(proceeding, shown)
    for exhibit in shown:
        exhibit.case = case
    return [LineForm(exhibit, kinds[exhibit.pk], people, data) for exhibit in shown]


def _recorded(
    proceeding: Proceeding, lines: list[LineForm], day: DayForm, user: User
) -> list[CourtMark]:
    """A refusal is said at the line it concerns."""
    filled = [(line, entry) for line in lines if (entry := line.entry()) is not None]
    try:
        return marks.record_all(
            proceeding, [entry for _line, entry in filled], actor=user, **day.cleaned_data
        )
    except RuleBroken as broken:
        position = getattr(broken, "position", None)
        if position is None or broken.field in day.fields:
            raise
        line = filled[position][0]
        line.add_error(broken.field if broken.field in line.fields else None, str(broken.message))
        told = _("%(label)s: %(why)s") % {"label": line.exhibit.label, "why": broken.message}
        raise RuleBroken(told) from broken
