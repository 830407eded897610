"""The pages of the other acts: each records its event, and refuses what custody refuses."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from casework import clock, hearings
from casework.models import Case, User
from evidence import custody
from evidence.models import CustodyEvent, Exhibit
from evidence.views.acts import ACTS
from tests.casework import court_stories as court
from tests.evidence.acts import address, send, text, tusks

SignIn = Callable[[User], Client]
HOLDERS: dict[str, dict[str, Any]] = {
    "seal": {"seal_number": "WS-M 7", "cut_seal_number": "WS-M 006120", "seal_intact": "yes"},
    "reweigh": {"weight_mg": "206", "scale": "ES-04", "scale_calibrated_on": "2026-01-09"},
    "examine": {"purpose": "Species", "note": "Lines seen", "new_seal_number": "LAB-1"},
    "copy": {"purpose": "Analysis", "note": "Image of the memory"},
    "sample": {"label": "E1/S1", "description": "Sawdust", "purpose": "DNA", "weight_mg": "12 g",
               "scale": "LB", "seal_number": "LAB-2"},
    "return": {"to_name": "Mwamba Stores", "authority": "Court 3, order of 2 May"},
    "produce": {"place": "Court 3", "purpose": "MFI-7, through PW3"},
    "correct": {"event": "1", "note": "The scale was ES-05"},
    "declare": {"percent": "4", "reason": "Fresh ivory dries"},
    "loss": {"note": "Not on shelf 4 at the count; the lead was told"},
    "hand-out": {"to_name": "Asha Clerk", "to_number": "CR-114", "organisation": "Court registry",
                 "purpose": "Production", "signed": "paper"},
}  # fmt: skip
KINDS = {"seal": "sealed", "reweigh": "reweighed", "examine": "examined", "copy": "copied",
         "sample": "sampled", "return": "returned", "produce": "produced",
         "correct": "corrected", "declare": "declared", "loss": "lost",
         "hand-out": "handed_out"}  # fmt: skip


@pytest.fixture
def exhibit(case: Case, investigator: User) -> Exhibit:
    return tusks(case, investigator)


@pytest.mark.parametrize("act", HOLDERS)
def test_the_act_becomes_an_event(
    act: str, exhibit: Exhibit, investigator: User, sign_in: SignIn
) -> None:
    answer = send(sign_in(investigator), f"custody-{act}", exhibit, HOLDERS[act])
    assert answer.status_code == 302, text(answer)
    assert exhibit.custody.get(sequence=2).kind == KINDS[act]


@pytest.mark.parametrize("act", HOLDERS)
def test_a_second_click_adds_nothing(
    act: str, exhibit: Exhibit, investigator: User, sign_in: SignIn
) -> None:
    browser = sign_in(investigator)
    send(browser, f"custody-{act}", exhibit, HOLDERS[act], after=1)
    page = text(send(browser, f"custody-{act}", exhibit, HOLDERS[act], after=1))
    assert "was recorded since you opened this page" in page or "is taken in this case" in page
    assert exhibit.custody.count() == 2


@pytest.mark.parametrize(
    "act", [act for act in HOLDERS if act not in ("produce", "correct", "loss")]
)
def test_only_the_holder_acts(act: str, exhibit: Exhibit, custodian: User, sign_in: SignIn) -> None:
    page = text(send(sign_in(custodian), f"custody-{act}", exhibit, HOLDERS[act]))
    assert "Only the holder can do this." in page
    assert CustodyEvent.objects.count() == 1


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("outsider", 404)])
def test_who_may_not_open_the_page(
    act: str,
    who: str,
    status: int,
    exhibit: Exhibit,
    sign_in: SignIn,
    request: pytest.FixtureRequest,
) -> None:
    browser = sign_in(request.getfixturevalue(who))
    assert browser.get(address(f"custody-{act}", exhibit)).status_code == status


@pytest.mark.parametrize("act", ACTS)
def test_an_empty_form_is_refused_field_by_field(
    act: str, exhibit: Exhibit, investigator: User, sign_in: SignIn
) -> None:
    answer = send(sign_in(investigator), f"custody-{act}", exhibit, {})
    assert answer.status_code == 200
    assert "to correct" in text(answer)
    assert exhibit.custody.count() == 1


def test_a_restricted_exhibit_has_no_page_for_those_without_the_right(
    case: Case, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    hidden = tusks(case, investigator, is_restricted=True)
    assert sign_in(custodian).get(address("custody-seal", hidden)).status_code == 404


def test_a_sample_becomes_an_exhibit_with_its_own_chain(
    exhibit: Exhibit, investigator: User, sign_in: SignIn
) -> None:
    send(sign_in(investigator), "custody-sample", exhibit, HOLDERS["sample"])
    part = Exhibit.objects.get(parent=exhibit)
    assert [event.kind for event in part.custody.all()] == ["sampled", "reweighed", "sealed"]
    assert custody.chain(part).standing.weight_mg == 12_000
    assert part.holder == investigator


@pytest.mark.parametrize(
    ("day", "told"), [("2999-01-01", "in the future"), ("1999-01-01", "before the last event")]
)
def test_an_act_is_neither_in_the_future_nor_before_the_last(
    day: str, told: str, exhibit: Exhibit, investigator: User, sign_in: SignIn
) -> None:
    typed = {**HOLDERS["seal"], "happened_at_0": day, "happened_at_1": "10:00"}
    page = text(send(sign_in(investigator), "custody-seal", exhibit, typed))
    assert told in page
    assert "WS-M 7" in page


def test_a_strange_last_event_is_no_error(
    exhibit: Exhibit, investigator: User, sign_in: SignIn
) -> None:
    browser = sign_in(investigator)
    for after in ("x", "-1", "9" * 30):
        typed = {**HOLDERS["seal"], "after": after}
        assert browser.post(address("custody-seal", exhibit), typed).status_code == 200
    assert exhibit.custody.count() == 1


def test_production_names_the_hearing(
    case: Case, exhibit: Exhibit, investigator: User, prosecutor: User, sign_in: SignIn
) -> None:
    pair = court.Pair(investigator, prosecutor)
    trial = court.opened(court.accepted(case, pair, day=clock.today()), pair, day=clock.today())
    hearing = hearings.schedule(
        trial, kind=court.code("hearing_type", "mention"), actor=prosecutor,
        starts_at=clock.now() + timedelta(days=1),
    )  # fmt: skip
    typed = {"hearing": hearing.pk, "purpose": "MFI-7, through PW3"}
    assert send(sign_in(prosecutor), "custody-produce", exhibit, typed).status_code == 302
    event = exhibit.custody.get(sequence=2)
    assert event.place.startswith(str(trial.court))
    assert event.purpose.startswith("MFI-7, through PW3. Mention of ")
    assert trial.number in event.purpose


def test_the_list_says_what_is_missing_and_what_is_out(
    case: Case, exhibit: Exhibit, investigator: User, sign_in: SignIn
) -> None:
    other, browser = tusks(case, investigator), sign_in(investigator)
    send(browser, "custody-loss", exhibit, HOLDERS["loss"])
    send(browser, "custody-hand-out", other, HOLDERS["hand-out"])
    page = text(browser.get("/exhibits/"))
    assert "reported missing" in page
    assert "Asha Clerk" in page
