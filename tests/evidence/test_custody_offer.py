"""Offering an exhibit: who may, to whom, and that a second click adds nothing."""

from collections.abc import Callable

import pytest
from django.test import Client

from casework import access
from casework.models import Case, User
from evidence import custody
from evidence.models import Exhibit
from tests.evidence.acts import address, send, text, tusks

SignIn = Callable[[User], Client]


@pytest.fixture
def exhibit(case: Case, investigator: User) -> Exhibit:
    return tusks(case, investigator)


@pytest.mark.parametrize(
    ("who", "status"),
    [("investigator", 200), ("custodian", 200), ("prosecutor", 200), ("auditor", 403),
     ("outsider", 404)],
)  # fmt: skip
def test_who_may_open_the_page(
    who: str, status: int, exhibit: Exhibit, sign_in: SignIn, request: pytest.FixtureRequest
) -> None:
    browser = sign_in(request.getfixturevalue(who))
    assert browser.get(address("custody-offer", exhibit)).status_code == status


def test_the_holder_offers_it(
    exhibit: Exhibit, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    typed = {"to": custodian.pk, "purpose": "Storage", "seal_number": "WS-M 006120", "count": "24"}
    assert send(sign_in(investigator), "custody-offer", exhibit, typed).status_code == 302
    offer = exhibit.custody.awaiting_acknowledgement().get()
    assert (offer.to_user, offer.weight_mg) == (custodian, 206_850_000)
    exhibit.refresh_from_db()
    assert exhibit.holder == investigator


def test_somebody_who_does_not_hold_it_is_told_who_does(
    exhibit: Exhibit, custodian: User, prosecutor: User, sign_in: SignIn
) -> None:
    typed = {"to": prosecutor.pk, "purpose": "My own purpose"}
    page = text(send(sign_in(custodian), "custody-offer", exhibit, typed))
    assert "Sgt Amina Wekesa holds this exhibit. Only the holder can do this." in page
    assert "My own purpose" in page
    assert exhibit.custody.count() == 1


def test_only_people_of_the_team_can_be_chosen(
    exhibit: Exhibit, investigator: User, outsider: User, auditor: User, sign_in: SignIn
) -> None:
    browser = sign_in(investigator)
    page = text(browser.get(address("custody-offer", exhibit)))
    for person in (outsider, auditor, investigator):
        assert f'<option value="{person.pk}"' not in page
    typed = {"to": outsider.pk, "purpose": "Storage"}
    assert send(browser, "custody-offer", exhibit, typed).status_code == 200
    assert exhibit.custody.count() == 1


def test_a_restricted_exhibit_is_offered_only_to_those_who_see_it(
    case: Case, investigator: User, custodian: User, prosecutor: User, sign_in: SignIn
) -> None:
    hidden = tusks(case, investigator, is_restricted=True)
    page = text(sign_in(investigator).get(address("custody-offer", hidden)))
    assert f'<option value="{custodian.pk}"' not in page
    assert f'<option value="{prosecutor.pk}"' in page


def test_a_second_click_says_that_it_is_recorded(
    exhibit: Exhibit, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    browser = sign_in(investigator)
    typed = {"to": custodian.pk, "purpose": "Storage"}
    send(browser, "custody-offer", exhibit, typed, after=1)
    page = text(send(browser, "custody-offer", exhibit, typed, after=1))
    assert "Event 2 was recorded since you opened this page" in page
    assert exhibit.custody.count() == 2


def test_a_grant_that_ended_ends_the_choice(
    case: Case, exhibit: Exhibit, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    grant = case.user_grants.get(user=custodian)
    access.revoke(grant, actor=investigator, reason="Moved")
    page = text(sign_in(investigator).get(address("custody-offer", exhibit)))
    assert f'<option value="{custodian.pk}"' not in page


def test_an_offer_is_taken_back_with_a_reason(
    exhibit: Exhibit, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    custody.offer(exhibit, to=custodian, purpose="Storage", actor=investigator)
    browser = sign_in(investigator)
    page = text(send(browser, "custody-withdraw", exhibit, {"reason": ""}))
    assert "Write why." in page
    assert send(browser, "custody-withdraw", exhibit, {"reason": "Not today"}).status_code == 302
    assert exhibit.custody.get(sequence=3).kind == "withdrawn"


def test_a_count_that_shrank_has_to_be_explained(
    exhibit: Exhibit, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    browser = sign_in(investigator)
    typed = {"to": custodian.pk, "purpose": "Storage", "seal_number": "WS-M 006120", "count": "23"}
    answer = send(browser, "custody-offer", exhibit, typed)
    assert "24 stood in the chain, there are 23 now. Explain the difference." in text(answer)
    assert not exhibit.custody.awaiting_acknowledgement().exists()
    told = typed | {"discrepancy": "One tusk was counted twice at the quay."}
    assert send(browser, "custody-offer", exhibit, told).status_code == 302
    offer = exhibit.custody.awaiting_acknowledgement().get()
    assert (offer.count, offer.discrepancy) == (23, told["discrepancy"])
