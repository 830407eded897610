"""The seizure's page and amending it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import Case, SeizedItem, Seizure, User
from tests.kyc import scene

SignIn = Callable[[User], Client]


@pytest.fixture
def seizure(case: Case, investigator: User) -> Seizure:
    return scene.seize(case, investigator, people_present="Sgt Amina Wekesa\nCpl Juma Barasa")


def address(seizure: Seizure, tail: str = "") -> str:
    return f"/cases/{seizure.case.reference}/seizures/{seizure.number}/{tail}"


def edited(seizure: Seizure, **changes: Any) -> dict[str, Any]:
    item = seizure.items.get()
    return {
        "place": "Mombasa KEMBA",
        "seized_at_0": "2026-03-14",
        "seized_at_1": "05:40",
        "items-TOTAL_FORMS": "2",
        "items-INITIAL_FORMS": "1",
        "items-0-item_number": "1",
        "items-0-taxon": "Loxodonta africana",
        "items-0-specimen": item.specimen_id,
        "items-0-count": "24",
        "items-0-weight_mg": "206.85",
        "items-0-scale": "SC-14",
        **changes,
    }


def test_the_page_shows_what_was_found_and_in_what(
    seizure: Seizure, investigator: User, sign_in: SignIn
) -> None:
    page = sign_in(investigator).get(address(seizure)).content.decode()
    for shown in ("Loxodonta africana", "App. I/II on 14\N{NO-BREAK SPACE}Mar", "Corralis Dawn"):
        assert shown in page
    assert "206.85\N{NO-BREAK SPACE}kg" in page
    assert "2 people named" in page


def test_who_may_read_and_amend(
    seizure: Seizure, investigator: User, prosecutor: User, outsider: User, sign_in: SignIn
) -> None:
    expected = ((investigator, 200, 200), (prosecutor, 200, 403), (outsider, 404, 404))
    for person, reads, amends in expected:
        browser = sign_in(person)
        assert browser.get(address(seizure)).status_code == reads
        assert browser.get(address(seizure, "edit/")).status_code == amends
        assert browser.post(address(seizure, "edit/"), {}).status_code == amends


def test_numbers_that_are_not_there_are_not_found(
    seizure: Seizure, investigator: User, sign_in: SignIn
) -> None:
    browser = sign_in(investigator)
    for number in (2, 10**30):
        url = f"/cases/{seizure.case.reference}/seizures/{number}/"
        assert browser.get(url).status_code == 404


def test_amending_changes_and_adds(seizure: Seizure, investigator: User, sign_in: SignIn) -> None:
    added = {"items-1-description": "A tarpaulin", "items-1-count": "1"}
    changed = edited(seizure, place="Voi road", **{"items-0-count": "25"}, **added)
    answer = sign_in(investigator).post(address(seizure, "edit/"), changed)
    assert answer["Location"] == address(seizure)
    assert [item.count for item in SeizedItem.objects.all()] == [25, 1]
    seizure.refresh_from_db()
    assert (seizure.place, seizure.port) == ("Voi road", None)


def test_an_unchanged_form_changes_nothing(
    seizure: Seizure, investigator: User, sign_in: SignIn
) -> None:
    sign_in(investigator).post(address(seizure, "edit/"), edited(seizure))
    item = SeizedItem.objects.get()
    assert item.history.count() == 1
    assert item.weight_mg == 206_850_000


def test_what_is_wrong_is_said_and_nothing_is_changed(
    seizure: Seizure, investigator: User, sign_in: SignIn
) -> None:
    wrong = edited(seizure, place="Elsewhere", **{"items-0-weight_mg": "-1"})
    page = sign_in(investigator).post(address(seizure, "edit/"), wrong).content.decode()
    assert "A weight cannot be below zero." in page
    assert 'value="Elsewhere"' in page
    seizure.refresh_from_db()
    assert seizure.place == ""


def test_the_page_costs_the_same_at_3_and_at_30_rows(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    browser = sign_in(investigator)
    costs = []
    for rows in (3, 30):
        seizure = scene.seize(case, investigator, rows=rows)
        for tail in ("", "edit/"):
            browser.get(address(seizure, tail))
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert browser.get(address(seizure, tail)).status_code == 200
            costs.append(len(queries))
    assert costs[:2] == costs[2:]
