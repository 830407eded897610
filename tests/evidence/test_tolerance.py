"""Tolerances declared in advance, weighings that differ, seals that are cut, old scales."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from casework.errors import DomainError
from casework.ledger.event import Scale
from casework.models import Case, User
from evidence import custody
from evidence.models import Exhibit
from evidence.store import scales
from tests.evidence.acts import address, send, text, tusks

SignIn = Callable[[User], Client]
READ: dict[str, Any] = {"seal_number": "WS-M 006120", "count": 24}
KILOGRAM = 1_000_000


@pytest.fixture
def exhibit(case: Case, investigator: User) -> Exhibit:
    return tusks(case, investigator)


def test_what_was_declared_before_the_offer_counts(
    exhibit: Exhibit, investigator: User, custodian: User
) -> None:
    custody.declare(
        exhibit, tolerance_mg=8 * KILOGRAM, reason="Fresh ivory dries", actor=investigator
    )
    offer = custody.offer(exhibit, to=custodian, actor=investigator)
    taken = custody.acknowledge(offer, actor=custodian, weight_mg=199 * KILOGRAM, **READ)
    assert (taken.tolerance_mg, taken.discrepancy) == (8 * KILOGRAM, "")


def test_a_declaration_reaches_no_reading_before_it(
    exhibit: Exhibit, investigator: User, custodian: User
) -> None:
    offer = custody.offer(exhibit, to=custodian, actor=investigator)
    with pytest.raises(DomainError, match="offered to Joseph"):
        custody.declare(exhibit, tolerance_mg=KILOGRAM, reason="Dries", actor=investigator)
    with pytest.raises(DomainError, match="you weighed 199 kg"):
        custody.acknowledge(offer, actor=custodian, weight_mg=199 * KILOGRAM, **READ)


def test_the_last_declaration_counts(exhibit: Exhibit, investigator: User) -> None:
    for kilograms in (8, 1):
        custody.declare(
            exhibit, tolerance_mg=kilograms * KILOGRAM, reason="Dries", actor=investigator
        )
    with pytest.raises(DomainError, match="Explain the difference"):
        custody.reweigh(exhibit, weight_mg=200 * KILOGRAM, scale="ES-04", actor=investigator)


@pytest.mark.parametrize(("mg", "field"), [(0, "tolerance"), (206_850_000, "tolerance")])
def test_a_tolerance_is_between_nothing_and_all(
    mg: int, field: str, exhibit: Exhibit, investigator: User
) -> None:
    with pytest.raises(DomainError) as caught:
        custody.declare(exhibit, tolerance_mg=mg, reason="Dries", actor=investigator)
    assert caught.value.field == field
    with pytest.raises(DomainError) as caught:
        custody.declare(exhibit, tolerance_mg=1000, reason=" ", actor=investigator)
    assert caught.value.field == "reason"


def test_a_weighing_that_differs_is_explained(exhibit: Exhibit, investigator: User) -> None:
    act: Any = custody.reweigh
    told = "206.85 kg stood in the chain, it is 200 kg now"
    with pytest.raises(DomainError, match=told) as caught:
        act(exhibit, weight_mg=200 * KILOGRAM, scale="ES-04", actor=investigator)
    assert caught.value.field == "discrepancy"
    with pytest.raises(DomainError, match="24 stood in the chain, there are 23 now"):
        act(exhibit, weight_mg=206_850_000, count=23, scale="ES-04", actor=investigator)
    done = act(
        exhibit, weight_mg=200 * KILOGRAM, scale="ES-04", discrepancy="Dried", actor=investigator
    )
    assert done.discrepancy == "Dried"


@pytest.mark.parametrize(
    ("typed", "mg"),
    [({"percent": "4"}, 8_274_000), ({"tolerance": "250 g"}, 250_000), ({"tolerance": "3"}, 3000)],
)
def test_the_page_takes_percent_or_a_weight(
    typed: dict[str, str], mg: int, exhibit: Exhibit, investigator: User, sign_in: SignIn
) -> None:
    browser = sign_in(investigator)
    answer = send(browser, "custody-declare", exhibit, {**typed, "reason": "Dries"})
    assert answer.status_code == 302, text(answer)
    assert exhibit.custody.get(sequence=2).tolerance_mg == mg
    page = text(browser.get(address("exhibit", exhibit)))
    assert "taken as equal, declared in event 2" in page


def test_one_of_the_two_is_written(exhibit: Exhibit, investigator: User, sign_in: SignIn) -> None:
    for typed in ({}, {"percent": "4", "tolerance": "250 g"}):
        page = text(
            send(sign_in(investigator), "custody-declare", exhibit, {**typed, "reason": "Dries"})
        )
        assert "one of the two" in page


def test_an_old_seal_is_read_before_it_is_cut(
    exhibit: Exhibit, investigator: User, sign_in: SignIn
) -> None:
    browser = sign_in(investigator)
    page = text(send(browser, "custody-seal", exhibit, {"seal_number": "WS-M 7"}))
    assert "Read the old seal before you cut it" in page
    typed = {"seal_number": "WS-M 7", "cut_seal_number": "WS-M 006120", "seal_intact": "no"}
    assert send(browser, "custody-seal", exhibit, typed).status_code == 302
    event = exhibit.custody.get(sequence=2)
    assert (event.seal_number, event.seal_intact) == ("WS-M 006120", False)
    assert event.new_seal_number == "WS-M 7"
    assert custody.chain(exhibit).standing.seal_number == "WS-M 7"


@pytest.mark.parametrize(
    ("calibrated", "told"),
    [
        (None, "calibration not stated"),
        (date(2026, 1, 9), "calibrated 9\N{NO-BREAK SPACE}Jan 2026"),
        (date(2024, 1, 9), "more than a year earlier"),
        (date(2026, 9, 9), "only after this weighing"),
    ],
)
def test_the_calibration_is_said(calibrated: date | None, told: str) -> None:
    assert told in scales.calibration_words(Scale("ES-04", calibrated), date(2026, 3, 1))


def test_the_scales_of_the_unit_are_remembered(
    exhibit: Exhibit, colleague: User, custodian: User, sign_in: SignIn
) -> None:
    assert scales.of_unit(colleague) == [("ES-04", None)]
    assert scales.of_unit(custodian) == []
    page = text(sign_in(colleague).get(address("custody-reweigh", exhibit)))
    assert '<option value="ES-04">' in page
    assert "Used here: ES-04 (calibration not stated)." in page
