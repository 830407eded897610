"""Many exhibits at once: one offer for all or none, and a scan list of what arrives."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework import access, cases
from casework.models import Case, User
from evidence import custody
from evidence.acts import handovers, incidents
from evidence.acts.handovers import Arrival, BatchRefused
from evidence.models import CustodyEvent, Exhibit
from evidence.store import labels
from tests.evidence.acts import text, tusks

SignIn = Callable[[User], Client]
OFFER, RECEIVE = "/exhibits/hand-over/", "/exhibits/receive/"
FIFTY = 50


@pytest.fixture
def things(case: Case, investigator: User) -> list[Exhibit]:
    return [tusks(case, investigator, seal_number=f"WS-M 10{n}", count=n + 1) for n in range(3)]


def typed_for(offers: list[CustodyEvent], **changes: Any) -> dict[str, Any]:
    """Every exhibit ticked, with its seal and count as offered."""
    typed: dict[str, Any] = {"has_looked": "on"}
    for offer in offers:
        typed |= {
            f"x{offer.pk}-is_here": "on",
            f"x{offer.pk}-seal_number": offer.seal_number,
            f"x{offer.pk}-count": offer.count,
        }
    return {name: value for name, value in (typed | changes).items() if value is not None}


def receive(browser: Client, typed: dict[str, Any]) -> Any:
    """Compare, then send what the page shows."""
    page = text(browser.post(RECEIVE, typed))
    found = page.split('name="compared" value="')
    compared = found[1].split('"')[0] if len(found) > 1 else ""
    return browser.post(RECEIVE, {**typed, "compared": compared})


def test_one_offer_for_all(things: list[Exhibit], investigator: User, custodian: User) -> None:
    events = handovers.offer_all(things, to=custodian, actor=investigator, purpose="Storage")
    assert len(events) == 3
    assert [e.seal_number for e in events] == ["WS-M 100", "WS-M 101", "WS-M 102"]
    assert handovers.offers_to(custodian).count() == 3


def test_all_or_none_and_every_reason_is_named(
    things: list[Exhibit], case: Case, investigator: User, custodian: User, prosecutor: User
) -> None:
    incidents.report_loss(things[0], note="Not here", actor=investigator)
    custody.offer(things[1], to=prosecutor, actor=investigator)
    foreign = tusks(case, custodian)
    with pytest.raises(BatchRefused) as caught:
        handovers.offer_all([*things, foreign], to=custodian, actor=investigator)
    told = {problem.exhibit: problem.why for problem in caught.value.problems}
    assert "missing" in told[things[0]]
    assert "offered to Grace" in told[things[1]]
    assert "Only the holder" in told[foreign] or "hold it already" in told[foreign]
    assert things[2] not in told
    assert not handovers.offers_to(custodian).exists()


def test_what_did_not_arrive_stays_offered(
    things: list[Exhibit], investigator: User, custodian: User
) -> None:
    offers = handovers.offer_all(things, to=custodian, actor=investigator)
    arrived = [
        Arrival(offer, {"seal_number": offer.seal_number, "count": offer.count})
        for offer in offers[:2]
    ]
    handovers.acknowledge_all(arrived, actor=custodian)
    assert list(handovers.offers_to(custodian)) == [offers[2]]
    assert Exhibit.objects.filter(holder=custodian).count() == 2


def test_codes_ticks_and_labels_name_the_same_exhibits(
    things: list[Exhibit], investigator: User, custodian: User, sign_in: SignIn
) -> None:
    lines = [labels.address(things[0]), f"{things[1].case.reference} E2", "e3", "E3", " "]
    typed = {
        "codes": "\r\n".join(lines), "chosen": [things[0].pk], "to": custodian.pk,
        "purpose": "Storage",
    }  # fmt: skip
    answer = sign_in(investigator).post(OFFER, typed)
    assert answer.status_code == 302, text(answer)
    assert handovers.offers_to(custodian).count() == 3


def test_an_unknown_line_and_a_secret_one_get_the_same_words(
    things: list[Exhibit], case: Case, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    hidden = tusks(case, investigator, is_restricted=True)
    typed = {"codes": f"{case.reference} {hidden.label}", "to": investigator.pk, "purpose": "x"}
    tusks(case, custodian)
    page = text(sign_in(custodian).post(OFFER, typed))
    assert "These lines name no exhibit that you may see" in page
    typed["codes"] = f"{case.reference} E99"
    assert "These lines name no exhibit that you may see" in text(
        sign_in(custodian).post(OFFER, typed)
    )


def test_the_page_names_what_is_in_the_way_and_lets_the_others_go(
    things: list[Exhibit], investigator: User, custodian: User, sign_in: SignIn
) -> None:
    incidents.report_loss(things[0], note="Not here", actor=investigator)
    browser = sign_in(investigator)
    typed = {"chosen": [row.pk for row in things], "to": custodian.pk, "purpose": "Storage"}
    page = text(browser.post(OFFER, typed))
    assert "These cannot go with the others" in page
    assert "reported missing" in page
    assert "Offer the other 2" in page
    assert not handovers.offers_to(custodian).exists()
    answer = browser.post(OFFER, {**typed, "left_out": str(things[0].pk)})
    assert answer.status_code == 302
    assert handovers.offers_to(custodian).count() == 2


def test_exhibits_of_two_cases_go_in_one_offer(
    things: list[Exhibit], investigator: User, custodian: User
) -> None:
    other = cases.open_case(title="Second", tier="port", actor=investigator)
    access.grant(other, role="custodian", to=custodian, actor=investigator, reason="Store")
    second = tusks(other, investigator)
    handovers.offer_all([*things, second], to=custodian, actor=investigator)
    assert handovers.offers_to(custodian).count() == 4


def test_the_list_is_read_before_what_was_offered_is_shown(
    things: list[Exhibit], investigator: User, custodian: User, sign_in: SignIn
) -> None:
    offers = handovers.offer_all(things, to=custodian, actor=investigator)
    browser = sign_in(custodian)
    page = text(browser.get(RECEIVE))
    assert "E1" in page
    assert "WS-M 100" not in page
    first = text(browser.post(RECEIVE, typed_for(offers)))
    assert "Take 3 over" in first
    assert Exhibit.objects.filter(holder=custodian).count() == 0
    assert receive(browser, typed_for(offers)).status_code == 302
    assert Exhibit.objects.filter(holder=custodian).count() == 3


def test_a_difference_is_explained_for_its_exhibit(
    things: list[Exhibit], investigator: User, custodian: User, sign_in: SignIn
) -> None:
    offers = handovers.offer_all(things, to=custodian, actor=investigator)
    browser, pk = sign_in(custodian), offers[1].pk
    typed = typed_for(offers, **{f"x{pk}-seal_number": "WS-M 999"})
    page = text(receive(browser, typed))
    assert "Seal WS-M 101 was offered, you read WS-M 999" in page
    assert "Explain the difference" in page
    assert Exhibit.objects.filter(holder=custodian).count() == 0
    assert receive(browser, typed | {f"x{pk}-discrepancy": "Replaced"}).status_code == 302
    assert CustodyEvent.objects.get(answers=pk).discrepancy == "Replaced"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"has_looked": None}, "Look at every seal"),
        ({"seal_number": ""}, "Read the seal and type its number"),
        ({"count": ""}, "Count the pieces"),
        ({"weight_mg": "206"}, "Name the scale"),
    ],
)
def test_what_is_forgotten_is_named(
    changes: dict[str, Any],
    told: str,
    things: list[Exhibit],
    investigator: User,
    custodian: User,
    sign_in: SignIn,
) -> None:
    offers = handovers.offer_all(things, to=custodian, actor=investigator)
    of_row = {
        name if name == "has_looked" else f"x{offers[0].pk}-{name}": value
        for name, value in changes.items()
    }
    assert told in text(sign_in(custodian).post(RECEIVE, typed_for(offers, **of_row)))


def test_nothing_ticked_and_an_offer_withdrawn_meanwhile(
    things: list[Exhibit], investigator: User, custodian: User, sign_in: SignIn
) -> None:
    offers = handovers.offer_all(things, to=custodian, actor=investigator)
    browser = sign_in(custodian)
    assert "Nothing is ticked" in text(browser.post(RECEIVE, {"has_looked": "on"}))
    custody.withdraw(offers[0], reason="Wrong one", actor=investigator)
    assert "answered meanwhile" in text(browser.post(RECEIVE, typed_for(offers)))


def test_nobody_takes_what_is_offered_to_another(
    things: list[Exhibit], investigator: User, custodian: User, prosecutor: User, sign_in: SignIn
) -> None:
    offers = handovers.offer_all(things, to=custodian, actor=investigator)
    browser = sign_in(prosecutor)
    assert "Nothing waits for you" in text(browser.get(RECEIVE))
    browser.post(RECEIVE, typed_for(offers))
    assert not CustodyEvent.objects.filter(kind="acknowledged").exists()


def test_fifty_exhibits_in_as_many_queries_as_three(
    case: Case,
    investigator: User,
    custodian: User,
    sign_in: SignIn,
    django_assert_max_num_queries: Any,
) -> None:
    made = [tusks(case, investigator) for _number in range(FIFTY)]
    browser = sign_in(investigator)
    assert browser.get(OFFER).status_code == 200
    with django_assert_max_num_queries(16):
        browser.get(OFFER)
    offers = handovers.offer_all(made, to=custodian, actor=investigator)
    browser = sign_in(custodian)
    browser.get(RECEIVE)
    with django_assert_max_num_queries(16):
        browser.get(RECEIVE)
    assert receive(browser, typed_for(offers)).status_code == 302
    assert Exhibit.objects.filter(holder=custodian).count() == FIFTY
    assert reverse("evidence:handover-receive") == RECEIVE
