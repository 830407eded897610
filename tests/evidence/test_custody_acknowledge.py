"""Acknowledging: read first, compare, then take it or not; two answers cannot both stand."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from casework.models import Case, User
from evidence import custody
from evidence.models import CustodyEvent, Exhibit
from evidence.views.custody_acknowledge import pieces
from tests.evidence.acts import address, send, text, tusks

SignIn = Callable[[User], Client]
READ = {"seal_number": "WS-M 006120", "seal_intact": "yes", "count": "24"}


@pytest.fixture
def offered(case: Case, investigator: User, custodian: User) -> Exhibit:
    exhibit = tusks(case, investigator)
    custody.offer(exhibit, to=custodian, purpose="Storage", actor=investigator)
    return exhibit


def answer(browser: Client, exhibit: Exhibit, read: dict[str, Any], **more: Any) -> Any:
    """Compare, then send what the page shows, as the second click does."""
    page = send(browser, "custody-acknowledge", exhibit, read)
    compared = text(page).split('name="compared" value="')[1].split('"')[0]
    return send(browser, "custody-acknowledge", exhibit, {**read, "compared": compared, **more})


@pytest.mark.parametrize(
    ("who", "status"),
    [("custodian", 200), ("investigator", 403), ("prosecutor", 403), ("auditor", 403),
     ("outsider", 404)],
)  # fmt: skip
def test_only_the_receiver_opens_the_page(
    who: str, status: int, offered: Exhibit, sign_in: SignIn, request: pytest.FixtureRequest
) -> None:
    browser = sign_in(request.getfixturevalue(who))
    assert browser.get(address("custody-acknowledge", offered)).status_code == status


def test_what_was_offered_is_not_shown_before_the_reading(
    offered: Exhibit, custodian: User, sign_in: SignIn
) -> None:
    browser = sign_in(custodian)
    assert "006120" not in text(browser.get(address("custody-acknowledge", offered)))
    page = text(send(browser, "custody-acknowledge", offered, {"seal_number": ""}))
    assert "006120" not in page
    assert "Read the seal and type its number." in page


def test_the_first_click_compares_and_records_nothing(
    offered: Exhibit, custodian: User, sign_in: SignIn
) -> None:
    page = text(send(sign_in(custodian), "custody-acknowledge", offered, READ))
    assert "WS-M 006120" in page
    assert "Same" in page
    assert offered.custody.count() == 2


def test_the_second_click_takes_it(offered: Exhibit, custodian: User, sign_in: SignIn) -> None:
    assert answer(sign_in(custodian), offered, READ).status_code == 302
    offered.refresh_from_db()
    assert offered.holder == custodian
    assert offered.custody.get(sequence=3).seal_intact is True


def test_spaces_and_dashes_are_no_difference(
    offered: Exhibit, custodian: User, sign_in: SignIn
) -> None:
    assert answer(sign_in(custodian), offered, {**READ, "seal_number": "wsm006120"})
    assert offered.custody.get(sequence=3).seal_number == "WS-M 006120"


def test_a_difference_is_shown_and_must_be_explained(
    offered: Exhibit, custodian: User, sign_in: SignIn
) -> None:
    browser, read = sign_in(custodian), {**READ, "seal_number": "WS-M 006102"}
    page = text(answer(browser, offered, read))
    assert "<u>20</u>" in page
    assert "Explain the difference, or refuse the exhibit." in page
    assert offered.custody.count() == 2
    assert answer(browser, offered, read, discrepancy="Digits 06102").status_code == 302
    assert offered.custody.get(sequence=3).discrepancy == "Digits 06102"


def test_a_reading_changed_after_the_comparison_is_compared_again(
    offered: Exhibit, custodian: User, sign_in: SignIn
) -> None:
    browser = sign_in(custodian)
    page = text(send(browser, "custody-acknowledge", offered, READ))
    compared = page.split('name="compared" value="')[1].split('"')[0]
    changed = {**READ, "count": "23", "compared": compared}
    assert "Accept with one difference" in text(
        send(browser, "custody-acknowledge", offered, changed)
    )
    assert offered.custody.count() == 2


def test_refusing_carries_the_reading_over(
    offered: Exhibit, custodian: User, sign_in: SignIn
) -> None:
    browser = sign_in(custodian)
    first = send(browser, "custody-acknowledge", offered, {**READ, "refuse": "1"})
    assert "seal_number=WS-M+006120" in first.headers["Location"]
    page = text(browser.get(first.headers["Location"]))
    assert 'value="WS-M 006120"' in page
    done = send(browser, "custody-refuse", offered, {**READ, "reason": "Sack is torn"})
    assert done.status_code == 302
    assert offered.custody.get(sequence=3).note == "Sack is torn"
    offered.refresh_from_db()
    assert offered.holder != custodian


def test_an_answer_that_came_second_is_told_so(
    offered: Exhibit, custodian: User, sign_in: SignIn
) -> None:
    browser = sign_in(custodian)
    answer(browser, offered, READ)
    again = send(browser, "custody-acknowledge", offered, READ, after=2)
    assert again.headers["Location"] == address("exhibit", offered)
    assert "Nothing waits for your answer here" in text(browser.get(address("exhibit", offered)))
    assert offered.custody.count() == 3


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("count", "many", "whole number"),
        ("weight_mg", "-1", "below zero"),
        ("weight_mg", "206", "Name the scale"),
        ("seal_intact", "", "say whether it is intact"),
        ("seal_number", "x" * 99, "at most"),
        ("happened_at_0", "2999-01-01", "Write the time"),
    ],
)
def test_a_wrong_value_is_named_and_the_rest_stays(
    name: str, value: str, told: str, offered: Exhibit, custodian: User, sign_in: SignIn
) -> None:
    typed = {**READ, "discrepancy": "kept words", name: value}
    page = text(send(sign_in(custodian), "custody-acknowledge", offered, typed))
    assert told in page
    assert offered.custody.count() == 2


def test_differing_characters_are_marked() -> None:
    assert pieces("WS-M 006120", "WS-M 006102") == [("WS-M 0061", False), ("20", True)]
    assert ("9", True) in pieces("AB9", "AB")


def test_two_telephones_that_answer_at_once_make_one_event(
    offered: Exhibit, custodian: User
) -> None:
    telephones = [Client(), Client()]
    compared = ""
    for telephone in telephones:
        telephone.force_login(custodian)
        page = text(send(telephone, "custody-acknowledge", offered, READ, after=2))
        compared = page.split('name="compared" value="')[1].split('"')[0]
    for telephone in telephones:
        send(telephone, "custody-acknowledge", offered, {**READ, "compared": compared}, after=2)
    assert CustodyEvent.objects.filter(exhibit=offered, kind="acknowledged").count() == 1
