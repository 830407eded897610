"""A summons that nobody has served waits for the officer who leads the case."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from casework import clock, hearings
from casework.days import summonses
from casework.models import Hearing, Summons, User
from casework.witnesses import witnesses
from evidence import waiting, waiting_number
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair

SignIn = Callable[[User], Client]


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> Pair:
    return Pair(investigator, prosecutor)


@pytest.fixture
def ahead(pair: Pair) -> Hearing:
    trial = stories.charged(pair)[0].count.charge_sheet.proceeding
    return hearings.schedule(
        trial, kind=stories.code("hearing_type", "hearing"), actor=pair.prosecutor,
        starts_at=clock.now() + timedelta(days=10),
    )  # fmt: skip


@pytest.fixture
def paper(ahead: Hearing, pair: Pair) -> Summons:
    seen = witnesses.add(ahead.proceeding.case, name="Salim Mwero", actor=pair.investigator)
    (issued,) = summonses.issue(ahead, [seen], issued_on=clock.today(), actor=pair.prosecutor)
    return issued


def test_it_waits_on_home_until_its_service_is_on_record(
    paper: Summons, pair: Pair, sign_in: SignIn
) -> None:
    browser = sign_in(pair.investigator)
    address = f"/cases/{paper.witness.case.reference}/summonses/{paper.pk}/"
    assert address in browser.get("/").content.decode()
    assert waiting_number.number(pair.investigator) == len(list(waiting.of(pair.investigator))) == 1
    assert waiting_number.number(pair.prosecutor) == 0
    summonses.record(
        paper, state="served", served_on=clock.today(), served_by="Cpl Barasa",
        actor=pair.investigator,
    )  # fmt: skip
    assert address not in browser.get("/").content.decode()


def test_it_is_late_in_the_last_days_before_the_hearing(paper: Summons, pair: Pair) -> None:
    (row,) = waiting.of(pair.investigator)
    assert not row.is_late
    with clock.telling(paper.hearing.starts_at - timedelta(days=2)):
        (row,) = waiting.of(pair.investigator)
    assert row.is_late
