"""Screening: a party's findings, the findings that wait, and judging one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from casework import access, roles
from casework.errors import NotAllowed
from casework.forms.attempt import attempt
from kyc import parties
from kyc.forms.screening import JudgeForm
from kyc.models import Hit, Watchlist
from kyc.views.party import get_party
from kyc.watch import screening, screening_pages

PER_PAGE = 25
SORTS = {"score": ("-score", "pk"), "newest": ("-found_at", "pk")}


@require_safe
def party_screening(request: HttpRequest, pk: int) -> HttpResponse:
    """The names on lists that this party may be, side by side with it."""
    party = get_party(request.user, pk)
    rows = list(screening_pages.of_party(request.user, party))
    alarms = [h for h in rows if h.entry.watchlist.meaning == Watchlist.Meaning.ALARM]
    context = {
        "party": party,
        "standing": screening_pages.sights(request.user, [h for h in alarms if not h.closed_at]),
        "past": [hit for hit in alarms if hit.closed_at],
        "trusted": screening_pages.trusted(rows),
        "lists": [
            (row, screening_pages.screened_at(party, row))
            for row in screening_pages.lists_in_force()
        ],
        "may_edit": parties.may_edit(request.user, party),
    }
    return render(request, "kyc/party_screening.html", context)


@require_safe
def screening_list(request: HttpRequest) -> HttpResponse:
    """Findings that wait for a judgement, and how far the runs have come."""
    found, runs = screening_pages.open_hits(request.user), screening_pages.runs()
    lists = screening_pages.by_list(found)
    wanted, sort = request.GET.get("list", ""), request.GET.get("sort", "")
    is_list = wanted in {str(pk) for pk, *_ in lists}
    shown = found.filter(entry__watchlist=int(wanted)) if is_list else found
    rows = screening_pages.with_all(shown).order_by(*SORTS.get(sort, SORTS["score"]))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "sights": screening_pages.sights(request.user, page),
        "lists": lists,
        "total": sum(count for *_, count in lists),
        "wanted": wanted,
        "sort": sort,
        "runs": runs,
        "is_running": any(row.run.finished_at is None for row in runs),
        "reads_register": access.holds(request.user, roles.VIEW_REGISTER),
    }
    return render(request, "kyc/screening_list.html", context)


def hit_judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether the party is the one on the list; saying it again takes it back."""
    actor = access.person(request)
    visible = screening_pages.with_all(Hit.objects.visible_to(actor))
    hit: Hit = get_object_or_404(visible, pk=pk)
    if not screening.may_judge(actor, hit):
        raise NotAllowed(gettext("Your position does not judge names on lists."))
    initial = {"judgement": hit.judgement, "reason": hit.reason}
    form = JudgeForm(request.POST or None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: screening.judge(hit, actor=actor, **form.cleaned_data))
        is not None
    ):
        messages.success(request, gettext("Your judgement is on the record."))
        return redirect("kyc:party-screening", hit.party_id)
    sight = screening_pages.sights(actor, [hit])[0]
    return render(request, "kyc/hit_judge.html", {"form": form, "sight": sight, "hit": hit})
