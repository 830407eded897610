"""A hearing with what it needs; the readiness board of the coming weeks."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, hearings, roles
from casework.days import needs, stalled
from casework.forms.attempt import attempt
from casework.forms.court_hearings import CalendarForm
from casework.models import Appearance, Case, Hearing, HearingNeed, PresidingChange
from casework.witnesses.witnesses import WRITERS
from evidence.days import board, readiness, suggestions
from evidence.forms.days import NeedForm, SettleForm

METHODS = ["GET", "HEAD", "POST"]
JOINED = (
    "kind", "result", "adjournment_reason", "proceeding__court", "proceeding__prosecutor",
    "prosecutor", "recorded_by",
)  # fmt: skip


def _hearing(case: Case, pk: int) -> Hearing:
    rows = Hearing.objects.select_related(*JOINED)
    found: Hearing = get_object_or_404(rows, proceeding__case=case, pk=pk)
    found.proceeding.case = case
    return found


@require_safe
def hearing(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference)
    found = _hearing(case, pk)
    (ready,) = readiness.read([found], user)
    may_write = bool(case.granted_actions.intersection(WRITERS))
    seen = Appearance.objects.of_case(case).filter(hearing=found)
    context = {
        "case": case,
        "hearing": found,
        "line": hearings.listed([found], prosecuted=_prosecuted(case))[0],
        "ready": ready,
        "is_listed": found.state == Hearing.State.LISTED,
        "suggestions": suggestions.of(found, case) if may_write else [],
        "appearances": seen.select_related("accused", "witness", "why_absent"),
        "changes": PresidingChange.objects.filter(proceeding=found.proceeding_id)
        .select_related("cause"),
        "signs": list(stalled.absent_in_a_row(found.proceeding, case)),
        "may_write": may_write,
    }  # fmt: skip
    return render(request, "evidence/hearing.html", context)


def _prosecuted(case: Case) -> set[int]:
    return {case.pk} if roles.PROSECUTE in case.granted_actions else set()


@require_http_methods(METHODS)
def need_add(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """One need, typed; or, from the hearing's page, the suggestions that were ticked."""
    user = access.person(request)
    case = access.get_case_for(user, reference, *WRITERS)
    found = _hearing(case, pk)
    form = NeedForm(case, request.POST or None)
    if request.method == "POST" and "take" in request.POST:
        return _take(request, found, case)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and attempt(form, lambda: needs.add(found, actor=user, **form.values())) is not None:
        messages.success(request, _("Added to what the hearing needs."))
        return redirect("evidence:hearing", case.reference, found.pk)
    context = {"case": case, "hearing": found, "form": form}
    return render(request, "evidence/need_add.html", context)


def _take(request: HttpRequest, found: Hearing, case: Case) -> HttpResponse:
    user = access.person(request)
    made = suggestions.take(found, request.POST.getlist("take"), case=case, actor=user)
    said = ngettext("%(n)d need added.", "%(n)d needs added.", len(made)) % {"n": len(made)}
    messages.success(request, said)
    return redirect("evidence:hearing", case.reference, found.pk)


@require_http_methods(METHODS)
def need(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Say that a need is ready, or take it out."""
    user = access.person(request)
    case = access.get_case_for(user, reference, *WRITERS)
    rows = HearingNeed.objects.of_case(case).select_related(
        "witness", "exhibit", "hearing__kind", "hearing__proceeding__case"
    )
    found = get_object_or_404(rows, pk=pk)
    initial = {"is_ready": found.is_ready, "what": found.what, "note": found.note}
    form = SettleForm(found, request.POST if request.method == "POST" else None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: _settle(form, found, user))
    ):
        messages.success(request, _("The change is kept."))
        return redirect("evidence:hearing", case.reference, found.hearing_id)
    (ready,) = readiness.read([found.hearing], user)
    line = next(one for one in ready.lines if one.need.pk == found.pk)
    context = {"case": case, "need": found, "hearing": found.hearing, "line": line, "form": form}
    return render(request, "evidence/need.html", context)


def _settle(form: SettleForm, found: HearingNeed, user: Any) -> bool:
    if "remove" in form.data:
        needs.remove(found, actor=user)
    else:
        needs.settle(found, actor=user, **form.cleaned_data)
    return True


@require_safe
def readiness_board(request: HttpRequest) -> HttpResponse:
    """Hearings of the coming weeks with their needs, by court, prosecutor, case or one's own."""
    user = access.person(request)
    form = CalendarForm(request.GET, auto_id="filter_%s")
    asked = form.asked()
    chosen = request.GET.get("weeks", "")
    weeks = int(chosen) if chosen in {str(one) for one in board.WEEKS} else 2
    query = request.GET.copy()
    query.pop("weeks", None)
    query.pop("page", None)
    context = {
        "form": form,
        "is_narrowed": bool(asked),
        "board": board.read(user, asked, weeks=weeks, number=request.GET.get("page")),
        "weeks": weeks,
        "choices": board.WEEKS,
        "kept": query.urlencode(),
    }
    return render(request, "evidence/readiness.html", context)
