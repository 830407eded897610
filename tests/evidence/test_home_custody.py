"""What home tells the giver, the second person, and whoever handed an exhibit out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from casework import clock
from casework.models import Case, User
from evidence import custody, waiting, waiting_number
from evidence.acts import destruction, handouts, handovers, incidents
from evidence.acts.handouts import Outside
from evidence.models import Exhibit
from tests.evidence.acts import text, tusks
from tests.evidence.test_destruction import DONE, ORDER

SignIn = Callable[[User], Client]


@pytest.fixture
def exhibit(case: Case, investigator: User) -> Exhibit:
    return tusks(case, investigator)


def test_the_giver_is_told_of_a_refusal(
    exhibit: Exhibit, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    offer = custody.offer(exhibit, to=custodian, actor=investigator)
    custody.refuse(offer, reason="The sack is torn", actor=custodian)
    page = text(sign_in(investigator).get("/"))
    assert "Joseph Kilonzi did not take E1" in page
    assert "The sack is torn" in page
    assert "did not take E1" not in text(sign_in(custodian).get("/"))


def test_the_lead_and_the_holder_are_told_of_a_loss_until_it_is_found(
    exhibit: Exhibit, investigator: User, custodian: User, prosecutor: User, sign_in: SignIn
) -> None:
    offer = custody.offer(exhibit, to=custodian, actor=investigator)
    custody.acknowledge(
        offer, actor=custodian, seal_number="WS-M 006120", seal_intact=True, count=24
    )
    incidents.report_loss(exhibit, actor=custodian, note="Not on its shelf")
    for user in (investigator, custodian):
        page = text(sign_in(user).get("/"))
        assert "E1 is reported missing" in page
        assert "Not on its shelf" in page
        assert waiting_number.number(user) == 1
    assert "reported missing" not in text(sign_in(prosecutor).get("/"))
    incidents.report_found(exhibit, actor=custodian, note="Behind the door")
    assert "reported missing" not in text(sign_in(investigator).get("/"))
    assert waiting_number.number(investigator) == 0


def test_the_second_person_is_asked(
    exhibit: Exhibit, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    destruction.propose(exhibit, second=custodian, order=ORDER, actor=investigator, **DONE)
    assert "Say what you saw: destruction of E1" in text(sign_in(custodian).get("/"))


def test_what_is_out_too_long_and_its_paper(
    exhibit: Exhibit, investigator: User, sign_in: SignIn
) -> None:
    handouts.hand_out(
        exhibit, to=Outside("Asha Clerk", "CR-114", "Registry"), purpose="Production",
        expected_back_on=clock.today(), is_signed_on_paper=True, actor=investigator,
    )  # fmt: skip
    with clock.telling(clock.now() + timedelta(days=2)):
        page = text(sign_in(investigator).get("/"))
    assert "Add the signed form of E1, handed to Asha Clerk" in page
    assert "E1 is not back from Asha Clerk" in page


def test_many_handovers_are_one_thing_to_do(
    case: Case, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    made = [tusks(case, investigator) for _number in range(7)]
    handovers.offer_all(made, to=custodian, actor=investigator)
    page = text(sign_in(custodian).get("/"))
    assert "Take over 7 exhibits" in page
    assert "Acknowledge E1" not in page


@pytest.mark.parametrize(("handed", "counted"), [(5, 5), (7, 1)])
def test_the_header_counts_what_the_page_lists(
    handed: int, counted: int, case: Case, investigator: User, custodian: User
) -> None:
    made = [tusks(case, investigator) for _number in range(handed)]
    handovers.offer_all(made, to=custodian, actor=investigator)
    assert waiting_number.number(custodian) == counted == len(list(waiting.of(custodian)))
