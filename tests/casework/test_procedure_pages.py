"""The pages of what befalls charges after the filing: what they offer, do and refuse."""

from datetime import date, timedelta

import pytest
from django.test import Client

from casework.models import Charge, ChargeTransfer, Outcome, Proceeding, TrialStep, User
from casework.procedure import record, standing, steps
from casework.procedure.position import state
from casework.procedure.states import State
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair

TWO = ("Benson Tsofa", "Lucy Muriuki")


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> Pair:
    return Pair(investigator, prosecutor)


@pytest.fixture
def found(pair: Pair) -> list[Charge]:
    return stories.charged(pair, names=TWO)


@pytest.fixture
def browser(client: Client, prosecutor: User) -> Client:
    client.force_login(prosecutor)
    return client


def trial_of(charge: Charge) -> Proceeding:
    return charge.count.charge_sheet.proceeding


def at(trial: Proceeding, page: str = "") -> str:
    return f"/cases/{trial.case.reference}/proceedings/{trial.pk}/{page}"


def now(charge: Charge) -> State:
    return state(record.line_of(charge))


def words(browser: Client, page: str) -> str:
    answer = browser.get(page)
    assert answer.status_code == 200, page
    return plain(answer.content.decode())


def plain(page: str) -> str:
    """Days are written with spaces that do not break."""
    return page.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_count_is_amended_through_the_pages(found: list[Charge], browser: Client) -> None:
    trial = trial_of(found[0])
    browser.post(at(trial, "charge-sheet/amend/"), {"amended_why": "Hippopotamus"})
    assert "Hippopotamus" in words(browser, at(trial, "charge-sheet/"))
    page = at(trial, f"charge-sheet/replace/{found[0].count_id}/")
    assert "24 tusks" in words(browser, page)
    posted = {
        "offence_on": "2020-03-02", "provision": stories.provision().pk,
        "particulars": "Had 24 teeth", "accused": [found[0].accused_id],
    }  # fmt: skip
    browser.post(page, posted)
    draft = trial.charge_sheets.get(version=2)
    assert draft.counts.get().replaces == found[0].count
    browser.post(at(trial, "charge-sheet/file/"), {"filed_on": "2020-09-01", "despite": "It comes"})
    assert [now(one) for one in found] == [State.SUBSTITUTED, State.WITHDRAWN]
    shown = words(browser, at(trial))
    assert "Amended 1 Sep 2020" in shown
    assert "Replaced by an amended count" in words(browser, at(trial, "charge-sheet/versions/1/"))


def test_an_amended_draft_is_thrown_away(found: list[Charge], browser: Client) -> None:
    trial = trial_of(found[0])
    assert browser.get(at(trial, "charge-sheet/discard/")).status_code == 404
    browser.post(at(trial, "charge-sheet/amend/"), {"amended_why": "Hippopotamus"})
    words(browser, at(trial, "charge-sheet/discard/"))
    browser.post(at(trial, "charge-sheet/discard/"))
    assert trial.charge_sheets.count() == 1


def test_charges_are_severed_and_joined_through_the_pages(
    found: list[Charge], browser: Client
) -> None:
    trial = trial_of(found[0])
    posted = {
        "charges": [found[1].pk], "ordered_on": "2020-09-01", "court": trial.court_id,
        "number": "CR 9B/2020", "reason": "Absent",
    }  # fmt: skip
    browser.post(at(trial, "sever/"), posted)
    apart = Proceeding.objects.get(number="CR 9B/2020")
    assert list(standing.live_charges(apart)) == [found[1]]
    assert "Severed" in words(browser, at(trial))
    words(browser, at(apart, "charge-sheet/"))
    browser.post(at(trial, "join/"), {"charges": [found[1].pk], "ordered_on": "2020-09-02"})
    assert ChargeTransfer.objects.count() == 2
    assert "No charge is tried in this court file now" in words(browser, at(apart))


def test_severing_all_is_refused_and_keeps_what_was_typed(
    found: list[Charge], browser: Client
) -> None:
    posted = {
        "charges": [one.pk for one in found], "ordered_on": "2020-09-01",
        "number": '<b>"CR"</b>', "court": trial_of(found[0]).court_id,
    }  # fmt: skip
    answer = browser.post(at(trial_of(found[0]), "sever/"), posted).content.decode()
    assert "Leave one charge here" in answer
    assert "&lt;b&gt;&quot;CR&quot;" in answer


def test_a_withdrawal_has_a_cause(found: list[Charge], browser: Client) -> None:
    page = at(trial_of(found[0]), "withdraw/")
    posted = {"charges": [found[0].pk], "decision": "withdrawn", "decided_on": "2020-09-01"}
    assert browser.post(page, posted).context["form"].errors["cause"]
    browser.post(page, {**posted, "cause": stories.code("outcome_cause", "no_witnesses").pk})
    outcome = Outcome.objects.get()
    cause = stories.code("outcome_cause", "no_witnesses")
    assert (outcome.decision, outcome.cause) == ("withdrawn", cause)


def test_only_open_steps_are_offered_and_a_wrong_one_is_corrected(
    found: list[Charge], browser: Client
) -> None:
    trial = trial_of(found[0])
    page = at(trial, "steps/new/")
    offered = browser.get(page).context["form"].fields["kind"].choices
    assert [kind for kind, _label in offered] == ["disclosed", "pretrial", "opened"]
    browser.post(page, {"kind": "opened", "happened_on": "2020-06-01"})
    step = TrialStep.objects.get()
    correct = at(trial, f"steps/{step.pk}/")
    browser.post(correct, {"happened_on": "2020-06-02", "why": "A day later"})
    assert steps.of_proceeding(trial).get().happened_on == date(2020, 6, 2)
    last = steps.of_proceeding(trial).get()
    browser.post(
        at(trial, f"steps/{last.pk}/"),
        {"happened_on": "2020-06-02", "why": "Never", "is_taken_back": "on"},
    )
    assert now(found[0]) == State.PLEADED
    assert browser.get(correct).status_code == 404


def test_a_cross_appeal_is_brought_and_both_are_decided_through_the_pages(
    found: list[Charge], pair: Pair, browser: Client
) -> None:
    trial = trial_of(found[0])
    stories.decide({found[0]: "convicted_trial", found[1]: "acquitted"}, pair)
    posted = {
        "appellant_side": "defence", "about": "conviction", "charges": [found[0].pk],
        "court": stories.court("high").pk, "number": "A 1", "opened_on": "2021-06-10",
    }  # fmt: skip
    browser.post(at(trial, "appeal/"), posted)
    first = Proceeding.objects.get(number="A 1")
    answer = {
        **posted, "appellant_side": "prosecution", "about": "sentence", "number": "A 2",
        "cross_to": first.pk, "opened_on": "2021-12-10",
    }  # fmt: skip
    told = plain(browser.post(at(trial, "appeal/"), answer, follow=True).content.decode())
    assert "The time to appeal ended on 15 Jun 2021" in told
    cross = Proceeding.objects.get(number="A 2")
    assert cross.cross_to == first
    assert "In answer to" in words(browser, at(cross))
    field = f"charge_{found[0].pk}"
    for court, result in ((first, "upheld"), (cross, "varied")):
        browser.post(at(court, "decisions/"), {"decided_on": "2022-02-01", field: result})
    assert now(found[0]) == State.CONVICTED
    assert "No sentence for A1 on count 1" in words(browser, at(cross))


def test_a_retrial_takes_pleas_and_a_verdict_on_its_pages(
    found: list[Charge], pair: Pair, browser: Client
) -> None:
    stories.decide({found[0]: "convicted_trial", found[1]: "acquitted"}, pair)
    brought = stories.appeal(trial_of(found[0]), pair)
    stories.decide_appeal(brought, {found[0]: "retrial"}, pair)
    again = stories.retried(brought, pair)
    field = f"charge_{found[0].pk}"
    browser.post(at(again, "pleas/"), {"entered_on": "2022-03-02", field: "not_guilty"})
    browser.post(at(again, "decisions/"), {"decided_on": "2022-09-01", field: "acquitted"})
    assert now(found[0]) == State.ACQUITTED
    assert "Sent back for retrial" in words(browser, at(again))
    assert browser.get(at(brought, "pleas/")).status_code == 404


def test_the_record_of_a_charge_says_what_may_follow_and_why_not(
    found: list[Charge], pair: Pair, browser: Client, investigator: User
) -> None:
    stories.step(trial_of(found[0]), "opened", pair)
    stories.decide({found[0]: "withdrawn"}, pair)
    page = f"/cases/{trial_of(found[0]).case.reference}/charges/{found[0].pk}/"
    shown = words(browser, page)
    for said in ("Hearing of evidence begun", "Plea: Not guilty", "Withdrawn", "may be charged"):
        assert said in shown
    browser.force_login(investigator)
    words(browser, page)


@pytest.mark.parametrize("key", ["99999999999999999999999", "x", "\x00"])
def test_a_tampered_choice_moves_nothing(found: list[Charge], browser: Client, key: str) -> None:
    posted = {"charges": [key], "ordered_on": "2020-09-01", "number": "N", "to": key}
    answer = browser.post(at(trial_of(found[0]), "sever/"), posted)
    assert answer.context["form"].errors["charges"]
    assert not ChargeTransfer.objects.exists()


def test_nothing_on_these_pages_is_for_whoever_may_only_read(
    found: list[Charge], client: Client, investigator: User
) -> None:
    client.force_login(investigator)
    for page in ("sever/", "join/", "withdraw/", "steps/new/", "charge-sheet/amend/"):
        assert client.post(at(trial_of(found[0]), page), {}).status_code == 403
    shown = client.get(at(trial_of(found[0]))).content.decode()
    assert "Change what is tried" not in shown


def test_joining_is_offered_only_where_there_is_something_to_join(
    pair: Pair, browser: Client
) -> None:
    one, two = stories.charged(pair, names=["Benson Tsofa", "Neema Kai"])
    trial = one.count.charge_sheet.proceeding
    apart = stories.severed([two], pair)
    assert at(trial, "join/") in browser.get(at(trial)).content.decode()
    stories.step(apart, "opened", pair, day=stories.AMENDED + timedelta(days=1))
    assert at(trial, "join/") not in browser.get(at(trial)).content.decode()
