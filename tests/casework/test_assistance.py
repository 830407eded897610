"""Assistance from other states: steps in order, the form that a court here takes, and the day."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from casework import clock
from casework.duties import assistance, due
from casework.errors import RuleBroken
from casework.models import AssistanceRequest, AssistanceStep, Case, User
from tests.casework.court_stories import code


def request(case: Case, actor: User, **fields: Any) -> AssistanceRequest:
    given: dict[str, Any] = {
        "country": "TH", "partner": "Office of the Attorney General",
        "what": "The seizure record of the container", "due_on": clock.today() + timedelta(days=20),
        "form": code("evidence_form", "certified_copy"),
    }  # fmt: skip
    return assistance.draft(case, actor=actor, **(given | fields))


def step(row: AssistanceRequest, state: str, actor: User, **fields: Any) -> AssistanceStep:
    day = fields.pop("happened_on", clock.today())
    return assistance.step(row, state=state, happened_on=day, actor=actor, **fields)


def test_it_goes_from_draft_to_answer_and_each_step_stays(case: Case, prosecutor: User) -> None:
    row = request(case, prosecutor)
    for state in ("sent", "acknowledged"):
        step(row, state, prosecutor)
    step(row, "partly", prosecutor, is_form_met=True)
    step(row, "answered", prosecutor, is_form_met=True)
    assert [one.state for one in row.steps.all()] == ["sent", "acknowledged", "partly", "answered"]
    assert row.sent_on == clock.today()
    assert due.of_case(case, prosecutor) == []


def test_steps_come_in_their_order(case: Case, prosecutor: User) -> None:
    row = request(case, prosecutor)
    with pytest.raises(RuleBroken, match="does not follow"):
        step(row, "answered", prosecutor, is_form_met=True)
    step(row, "sent", prosecutor)
    with pytest.raises(RuleBroken, match="step before"):
        step(row, "acknowledged", prosecutor, happened_on=clock.today() - timedelta(days=1))


def test_what_came_in_another_form_is_no_answer(case: Case, prosecutor: User) -> None:
    row = request(case, prosecutor)
    step(row, "sent", prosecutor)
    with pytest.raises(RuleBroken, match="form asked for"):
        step(row, "answered", prosecutor)
    with pytest.raises(RuleBroken, match="would not take it"):
        step(row, "answered", prosecutor, is_form_met=False)
    step(row, "partly", prosecutor, is_form_met=False)
    assert assistance.standing(row, clock.today()) == ("cross", "Came in another form")
    step(row, "sent", prosecutor, note="Asked for certified copies")


def test_a_refusal_says_why(case: Case, prosecutor: User) -> None:
    row = request(case, prosecutor)
    step(row, "sent", prosecutor)
    with pytest.raises(RuleBroken) as caught:
        step(row, "refused", prosecutor)
    assert caught.value.field == "note"


def test_what_was_sent_is_not_changed(case: Case, prosecutor: User) -> None:
    row = request(case, prosecutor)
    step(row, "sent", prosecutor)
    with pytest.raises(RuleBroken, match="sent as it stands"):
        assistance.change(row, what="Something else", actor=prosecutor)
    row.refresh_from_db()
    assistance.change(row, their_number="AG 44", actor=prosecutor)
    assert AssistanceRequest.objects.get().their_number == "AG 44"


def test_it_is_late_when_the_day_passes_without_an_answer(case: Case, prosecutor: User) -> None:
    request(case, prosecutor, due_on=clock.today() - timedelta(days=1))
    (found,) = due.of_case(case, prosecutor)
    assert (found.state, found.kind) == ("late", "assistance")


def test_steps_are_written_once(case: Case, prosecutor: User) -> None:
    row = request(case, prosecutor)
    done = step(row, "sent", prosecutor)
    with pytest.raises(RuleBroken, match="written once"):
        done.save()


def test_the_pages_draft_send_and_answer(case: Case, prosecutor: User, sign_in: Any) -> None:
    browser: Client = sign_in(prosecutor)
    typed = {
        "country": "TH", "partner": "Customs Department", "what": "Scans",
        "due_on": str(clock.today()), "form": code("evidence_form", "certificate").pk,
    }  # fmt: skip
    made = browser.post(f"/cases/{case.reference}/assistance/new/", typed)
    assert made.status_code == 302
    url = made["Location"]
    answer = {"state": "sent", "happened_on": str(clock.today())}
    assert browser.post(f"{url}steps/new/", answer).status_code == 302
    came = {
        "state": "partly",
        "happened_on": str(clock.today()),
        "is_form_met": "false",
        "note": "Scans",
    }
    assert browser.post(f"{url}steps/new/", came).status_code == 302
    page = browser.get(url).content.decode()
    assert "has another form" in page
    assert "partner" not in browser.get(f"{url}edit/").context["form"].fields


def test_a_sensitive_request_is_not_there_for_others(
    case: Case, prosecutor: User, custodian: User, sign_in: Any
) -> None:
    row = request(case, prosecutor, is_sensitive=True)
    step(row, "sent", prosecutor)
    browser: Client = sign_in(custodian)
    assert browser.get(f"/cases/{case.reference}/assistance/{row.pk}/").status_code == 404
    page = browser.get(f"/cases/{case.reference}/duties/").content.decode()
    assert "Attorney General" not in page
    assert not AssistanceStep.objects.visible_to(custodian)
