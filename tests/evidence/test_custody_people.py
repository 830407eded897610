"""Handovers between agencies, for those who left, of what is hidden; and what the giver learns."""

from collections.abc import Callable

import pytest
from django.http import Http404
from django.test import Client

from casework import access, people
from casework.errors import DomainError, RuleBroken
from casework.models import Case, CaseUserGrant, User
from evidence import answers, custody, exhibits
from evidence.acts import handouts
from evidence.acts.handouts import Outside
from evidence.models import Exhibit
from tests.evidence.acts import address, text, tusks

SignIn = Callable[[User], Client]


@pytest.fixture
def exhibit(case: Case, investigator: User) -> Exhibit:
    return tusks(case, investigator)


@pytest.fixture
def officer(case: Case, outsider: User, investigator: User) -> User:
    """Of another agency, and on the team of this case."""
    access.grant(case, role="custodian", to=outsider, actor=investigator, reason="Joint operation")
    return outsider


def test_another_agency_takes_it_in_the_same_chain(
    exhibit: Exhibit, investigator: User, officer: User, sign_in: SignIn
) -> None:
    offer = custody.offer(exhibit, to=officer, actor=investigator, purpose="Scanner")
    custody.acknowledge(offer, seal_number="WS-M 006120", count=24, actor=officer)
    chain = custody.chain(exhibit)
    assert chain.break_ is None
    assert chain.holder is not None
    assert (chain.holder.agency, len(chain.events)) == ("Customs", 3)
    page = text(sign_in(officer).get(address("exhibit", exhibit)))
    assert "Peter Mwangangi (Customs)" in page
    assert "Sgt Amina Wekesa (Wildlife Service)" in page


def test_and_hands_it_on_and_back(
    exhibit: Exhibit, investigator: User, officer: User, custodian: User
) -> None:
    offer = custody.offer(exhibit, to=officer, actor=investigator)
    custody.acknowledge(offer, seal_number="WS-M 006120", count=24, actor=officer)
    out = handouts.hand_out(
        exhibit, to=Outside("Ann Driver", "D-7", "Harbour Couriers"), purpose="Transport",
        is_signed_on_paper=True, actor=officer,
    )  # fmt: skip
    handouts.take_back(out, seal_number="WS-M 006120", count=24, actor=custodian)
    chain = custody.chain(exhibit)
    assert chain.break_ is None
    assert [e.plain.receiver.agency for e in chain.events if e.plain.receiver] == [
        "Wildlife Service", "Customs", "Customs", "Harbour Couriers", "Wildlife Service",
    ]  # fmt: skip


def test_the_chain_goes_on_when_the_grant_of_the_other_agency_ends(
    case: Case, exhibit: Exhibit, investigator: User, officer: User, outsider: User
) -> None:
    offer = custody.offer(exhibit, to=officer, actor=investigator)
    access.revoke(case.user_grants.get(user=officer), actor=investigator, reason="Ended")
    with pytest.raises(Http404):
        custody.acknowledge(offer, seal_number="WS-M 006120", count=24, actor=outsider)
    custody.withdraw(offer, reason="They left the team", actor=investigator)
    assert custody.chain(exhibit).break_ is None


def test_a_lead_who_stands_in_does_not_offer_to_themselves(
    case: Case, investigator: User, custodian: User, prosecutor: User
) -> None:
    kept = tusks(case, custodian)
    people.deactivate(custodian, actor=investigator, reason="Left the service")
    with pytest.raises(RuleBroken, match="cannot offer it to yourself") as caught:
        custody.offer(kept, to=investigator, actor=investigator)
    assert caught.value.field == "to"
    offer = custody.offer(kept, to=prosecutor, actor=investigator)
    taken = custody.acknowledge(offer, seal_number="WS-M 006120", count=24, actor=prosecutor)
    assert (taken.from_user, taken.recorder) == (custodian, prosecutor)


def test_what_its_holder_could_not_see_is_not_restricted(
    exhibit: Exhibit, investigator: User, custodian: User, prosecutor: User
) -> None:
    offer = custody.offer(exhibit, to=custodian, actor=investigator)
    with pytest.raises(DomainError, match="Joseph Kilonzi has it in hand") as caught:
        exhibits.amend(exhibit, is_restricted=True, reason="Informant", actor=investigator)
    assert caught.value.field == "is_restricted"
    custody.acknowledge(offer, seal_number="WS-M 006120", count=24, actor=custodian)
    exhibit.refresh_from_db()
    with pytest.raises(DomainError, match="Let it be handed"):
        exhibits.amend(exhibit, is_restricted=True, reason="Informant", actor=investigator)
    offer = custody.offer(exhibit, to=prosecutor, actor=custodian)
    custody.acknowledge(offer, seal_number="WS-M 006120", count=24, actor=prosecutor)
    exhibit.refresh_from_db()
    exhibits.amend(exhibit, is_restricted=True, reason="Informant", actor=investigator)
    assert exhibit.is_restricted


def test_a_refusal_is_told_to_the_giver_until_they_act(
    exhibit: Exhibit, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    offer = custody.offer(exhibit, to=custodian, actor=investigator)
    refusal = custody.refuse(offer, reason="The sack is torn", actor=custodian)
    assert list(answers.refusals_to(investigator)) == [refusal]
    assert not answers.refusals_to(custodian).exists()
    page = text(sign_in(investigator).get(address("exhibit", exhibit)))
    assert "Joseph Kilonzi did not take it." in page
    assert "The sack is torn" in page
    custody.seal(exhibit, seal_number="WS-M 9", actor=investigator)
    assert not answers.refusals_to(investigator).exists()


def test_a_difference_is_told_to_the_giver(
    exhibit: Exhibit, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    offer = custody.offer(exhibit, to=custodian, actor=investigator)
    taken = custody.acknowledge(
        offer, seal_number="WS-M 006120", count=23, discrepancy="One fell", actor=custodian
    )
    assert list(answers.differences_to(investigator)) == [taken]
    page = text(sign_in(investigator).get(address("exhibit", exhibit)))
    assert "One fell" in page


def test_the_lead_acts_for_a_holder_who_is_off_the_case(
    case: Case, exhibit: Exhibit, investigator: User, custodian: User, officer: User,
    sign_in: SignIn,
) -> None:  # fmt: skip
    offer = custody.offer(exhibit, to=officer, actor=investigator)
    custody.acknowledge(offer, seal_number="WS-M 006120", count=24, actor=officer)
    with pytest.raises(RuleBroken, match="Only the holder"):
        custody.examine(exhibit, actor=investigator)
    grant = CaseUserGrant.objects.live().get(content_object=case, user=officer)
    access.revoke(grant, actor=investigator, reason="The joint operation ended")
    with pytest.raises(RuleBroken, match="Only the holder"):
        custody.offer(exhibit, to=investigator, actor=custodian)
    page = text(sign_in(investigator).get(address("exhibit", exhibit)))
    assert address("custody-offer", exhibit) in page
    taken = custody.offer(exhibit, to=custodian, actor=investigator, purpose="Left with us")
    custody.acknowledge(taken, seal_number="WS-M 006120", count=24, actor=custodian)
    exhibit.refresh_from_db()
    assert exhibit.holder == custodian
