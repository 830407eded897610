"""What is said of a party: adding a fact, verifying it, contradicting it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext

from casework import access
from casework.errors import NotAllowed
from casework.forms.attempt import attempt
from casework.models import User
from kyc import parties
from kyc.diligence.party_page import editable_cases
from kyc.forms.party import ContradictForm, FactForm, VerifyForm
from kyc.models import Fact, Party
from kyc.views.party import get_party


def fact_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A statement about the party, or the reason why nobody can make it."""
    actor = access.person(request)
    party = get_party(actor, pk)
    cases = editable_cases(actor, party)
    if not parties.may_edit(actor, party) and not cases:
        raise NotAllowed(gettext("Your position does not change the register of parties."))
    form = FactForm(request.POST or None, party=party, user=actor, cases=cases)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: _add(party, form, actor)) is not None
    ):
        messages.success(request, gettext("The fact is on the record."))
        return redirect("kyc:party", pk)
    has_stake = any(form[name].value() or form[name].errors for name in form.STAKE)
    context = {"form": form, "party": party, "has_stake": has_stake}
    return render(request, "kyc/fact_add.html", context)


def _add(party: Party, form: FactForm, actor: User) -> Fact:
    data: dict[str, Any] = form.cleaned_data
    return parties.add_fact(
        party,
        kind=data["kind"],
        value=data["value"],
        related_party=data["related_party"],
        unknown_reason=data["unknown_reason"],
        expires_on=data["expires_on"],
        attachment=data.get("attachment"),
        stake=form.stake(),
        origin=form.origin(data.get("case")),
        actor=actor,
    )


def fact_verify(request: HttpRequest, pk: int) -> HttpResponse:
    """How and when a fact was checked."""
    actor = access.person(request)
    fact = _get_fact(actor, pk)
    form = VerifyForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: parties.verify(fact, actor=actor, **form.cleaned_data))
        is not None
    ):
        return redirect("kyc:party", fact.party_id)
    return render(request, "kyc/fact_verify.html", {"form": form, "fact": fact})


def fact_contradict(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found instead; both stay on the record, side by side."""
    actor = access.person(request)
    fact = _get_fact(actor, pk)
    form = ContradictForm(request.POST or None, fact=fact)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: _contradict(fact, form, actor)) is not None
    ):
        return redirect("kyc:party", fact.party_id)
    return render(request, "kyc/fact_contradict.html", {"form": form, "fact": fact})


def _contradict(fact: Fact, form: ContradictForm, actor: User) -> tuple[Fact, Fact]:
    found, method = form.cleaned_data["found"], form.cleaned_data["method"]
    return parties.contradict(
        fact, found=found, method=method, origin=form.origin(fact.case), actor=actor
    )


def _get_fact(actor: access.Reader, pk: int) -> Fact:
    """The fact, for a reader who may write where it belongs: 404 unseen, NotAllowed read-only."""
    facts = Fact.objects.visible_to(actor).select_related("party__own_case", "case", "kind")
    fact: Fact = get_object_or_404(facts, pk=pk)
    if not parties.may_write(actor, fact.case or fact.party.own_case):
        raise NotAllowed(gettext("Your position does not change the register of parties."))
    return fact
