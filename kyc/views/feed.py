"""The feed for carriers: who is proposed, who is listed, deciding, taking out, the CSV."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from casework import access, clock
from casework.errors import NotAllowed
from casework.forms.attempt import attempt
from casework.models import User
from kyc.forms.feed import FeedDecisionForm, FeedWithdrawForm
from kyc.models import Party
from kyc.views.party import get_party
from kyc.watch import feed, feed_export

PER_PAGE = 25


@require_safe
def feed_list(request: HttpRequest) -> HttpResponse:
    """Proposals from cases the manager may read, parties in the feed, those taken out."""
    found = feed.standings(_decider(request))
    groups = {
        "proposed": [s for s in found if s.is_proposed],
        "shaken": [s for s in found if s.is_shaken],
        "listed": [s for s in found if s.is_listed],
        "out": [s for s in found if s.is_withdrawn or s.is_declined],
    }
    pages = {
        name: Paginator(rows, PER_PAGE).get_page(request.GET.get(name))
        for name, rows in groups.items()
    }
    return render(request, "kyc/feed_list.html", pages)


def feed_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """List a convicted party, or decide against it, with the reason in words."""
    actor = _decider(request)
    party = _convicted(actor, pk)
    form = FeedDecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        is_listed = form.cleaned_data["decision"] == "list"
        basis = form.cleaned_data["basis"]
        if attempt(form, lambda: feed.decide(party, is_listed=is_listed, basis=basis, actor=actor)):
            said = gettext("The party is in the feed.") if is_listed else gettext("Decided.")
            messages.success(request, said)
            return redirect("kyc:feed-list")
    context = {"form": form, "party": party, "now": feed.standing(actor, party)}
    return render(request, "kyc/feed_decide.html", context)


def feed_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a party out of the feed."""
    actor = _decider(request)
    entry = get_object_or_404(feed.listed(), pk=pk)
    form = FeedWithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["basis"]
        if attempt(form, lambda: feed.withdraw(entry, reason=reason, actor=actor)):
            return redirect("kyc:feed-list")
    context = {"form": form, "entry": entry, "now": feed.standing(actor, entry.party)}
    return render(request, "kyc/feed_withdraw.html", context)


@require_safe
def feed_csv(request: HttpRequest) -> HttpResponse:
    """The feed as carriers get it; who took it is on record."""
    text = feed_export.export(actor=_decider(request))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    name = f"feed-{clock.today().isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _convicted(actor: User, pk: int) -> Party:
    """A party that is or was up for decision; of others nothing is told."""
    party = get_party(actor, pk)
    now = feed.standing(actor, party)
    if not (now.convictions or now.overturned):
        raise NotAllowed(gettext("No conviction that you may read stands against this party."))
    return party


def _decider(request: HttpRequest) -> User:
    person = access.person(request)
    if not feed.may_decide(person):
        raise NotAllowed(gettext("Your position does not decide whom carriers are warned of."))
    return person
