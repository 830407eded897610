"""Decisions on bail: conditions, sureties, and corrections of their record."""

import pytest
from django.test import Client

from casework.errors import NotAllowed, RuleBroken
from casework.models import Accused, BailDecision, User
from casework.sentencing import bail
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> Pair:
    return Pair(investigator, prosecutor)


@pytest.fixture
def accused(pair: Pair) -> Accused:
    (charge,) = stories.charged(pair)
    return charge.accused


def granted(accused: Accused, pair: Pair) -> BailDecision:
    return bail.decide(
        accused.case.proceedings.get(), accused=accused, actor=pair.prosecutor,
        decision=stories.code("bail", "granted_bond"), decided_on=stories.OPENED, amount=500_000,
    )  # fmt: skip


def test_a_decision_is_recorded_with_its_sureties(
    accused: Accused, pair: Pair, client: Client
) -> None:
    client.force_login(pair.prosecutor)
    trial = accused.case.proceedings.get()
    page = f"/cases/{accused.case.reference}/proceedings/{trial.pk}/bail/"
    for number in ("1", "x", "9" * 30):
        assert client.get(f"{page}?accused={number}").status_code == 200
    typed = {
        "accused": accused.pk, "decision": stories.code("bail", "granted_bond").pk,
        "decided_on": str(stories.OPENED), "amount": "500000", "currency": "KES",
        "conditions": "Passport deposited", "sureties": "Zawadi Mwakio, KES 500,000",
    }  # fmt: skip
    assert client.post(page, typed).status_code == 302
    shown = client.get(f"/cases/{accused.case.reference}/accused/1/").content.decode()
    assert "Zawadi Mwakio" in shown


def test_a_wrong_record_is_corrected_and_its_history_kept(
    accused: Accused, pair: Pair, client: Client
) -> None:
    row = granted(accused, pair)
    client.force_login(pair.prosecutor)
    page = f"/cases/{accused.case.reference}/bail/{row.pk}/correct/"
    typed = {
        "decision": row.decision_id, "decided_on": str(row.decided_on), "amount": "5000000",
        "currency": "KES", "correction": "A zero was missing",
    }  # fmt: skip
    assert client.post(page, {**typed, "correction": ""}).status_code == 200
    assert client.post(page, typed).status_code == 302
    row.refresh_from_db()
    assert row.amount == 5_000_000
    kept = row.history.order_by("history_date").values_list("amount", "history_change_reason")
    assert list(kept) == [(500_000, None), (5_000_000, "A zero was missing")]


def test_what_is_no_decision_on_bail_is_refused(accused: Accused, pair: Pair) -> None:
    row = granted(accused, pair)
    other = stories.code("court_order", "return")
    with pytest.raises(RuleBroken, match="decisions on bail"):
        bail.correct(row, why="Odd", decision=other, actor=pair.prosecutor)
    with pytest.raises(NotAllowed):
        bail.correct(row, why="Odd", amount=1, actor=pair.investigator)


def test_a_decision_of_another_case_is_not_found(
    accused: Accused, pair: Pair, client: Client
) -> None:
    row = granted(accused, pair)
    (other,) = stories.charged(pair)
    client.force_login(pair.prosecutor)
    reference = other.accused.case.reference
    assert client.get(f"/cases/{reference}/bail/{row.pk}/correct/").status_code == 404
