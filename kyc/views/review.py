"""Decisions about a party: their history, and a new one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from casework import access
from casework.forms.attempt import attempt
from kyc import parties
from kyc.diligence import merging, reviews, standing
from kyc.forms.merge import ReviewForm
from kyc.models import Merge, Review
from kyc.views.party import editable_party, get_party


@require_safe
def party_reviews(request: HttpRequest, pk: int) -> HttpResponse:
    """How the checklist stands, what was decided and why, and which records were merged when."""
    party = get_party(request.user, pk)
    group = merging.group(party)
    made = Review.objects.visible_to(request.user).filter(party__in=group)
    merges = Merge.objects.visible_to(request.user).filter(kept__in=group)
    words = standing.regimes()
    context = {
        "party": party,
        "known": standing.known(request.user, [party])[party.pk],
        "reviews": [
            (review, words.get(review.regime, review.regime), reviews.told(review))
            for review in made.select_related("decided_by", "party")
        ],
        "merges": merges.select_related("kept", "absorbed", "merged_by", "undone_by"),
        "may_edit": parties.may_edit(request.user, party) and party.merged_into_id is None,
    }
    return render(request, "kyc/party_reviews.html", context)


def review_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide under a checklist, with a reason."""
    party = editable_party(request.user, pk)
    known = standing.known(request.user, [party])[party.pk]
    form = ReviewForm(request.POST or None, regimes=standing.regimes(), regime=known.regime)
    if request.method == "POST" and form.is_valid():
        actor, data = access.person(request), form.cleaned_data
        if attempt(form, lambda: reviews.decide(party, actor=actor, **data)):
            messages.success(request, gettext("The decision is on the record."))
            return redirect("kyc:party-reviews", pk)
    context = {"form": form, "party": party, "known": known}
    return render(request, "kyc/review_add.html", context)
