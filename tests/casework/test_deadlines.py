"""Deadlines: those of the law as the record runs, those of people, done, reopened, answered."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from casework import access, cases, clock
from casework.duties import deadlines, due
from casework.duties.due import Due
from casework.errors import NotAllowed, RuleBroken
from casework.models import Case, Deadline, User
from casework.views.duty import worked_on
from tests.casework import court_stories as court

SignIn = Callable[[User], Client]


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> court.Pair:
    return court.Pair(investigator, prosecutor)


def of_law(case: Case, user: User) -> dict[str, Due]:
    return {row.key.code: row for row in due.of_case(case, user) if row.key}


def add(case: Case, actor: User, **fields: Any) -> Deadline:
    given: dict[str, Any] = {
        "title": "Call the expert",
        "due_on": clock.today() + timedelta(days=2),
    } | fields
    return deadlines.add(case, actor=actor, **given)


def test_the_record_of_a_trial_starts_and_ends_its_periods(pair: court.Pair) -> None:
    charges = court.charged(pair)
    case = charges[0].count.charge_sheet.proceeding.case
    found = of_law(case, pair.prosecutor)
    assert found["disclosure"].due_on == court.PLEADED + timedelta(days=14)
    assert found["disclosure"].state == "late"
    court.decide({charges[0]: "acquitted"}, pair)
    lost = of_law(case, pair.prosecutor)
    assert "appeal" not in lost
    assert lost["prosecution_appeal"].due_on == court.DECIDED + timedelta(days=14)
    assert lost["prosecution_appeal"].state == "over"


def test_who_may_not_answer_for_a_period_is_led_nowhere(
    pair: court.Pair, outsider: User, sign_in: SignIn
) -> None:
    case = court.charged(pair)[0].count.charge_sheet.proceeding.case
    court.join(case, outsider, "viewer", pair)
    assert of_law(case, pair.prosecutor)["disclosure"].url
    assert of_law(case, outsider)["disclosure"].url == ""
    shown = sign_in(outsider).get(f"/cases/{case.reference}/duties/").content.decode()
    assert "/duties/law/" not in shown


def test_an_appeal_ends_the_time_of_its_side(pair: court.Pair) -> None:
    charges = court.charged(pair)
    trial = charges[0].count.charge_sheet.proceeding
    court.decide({charges[0]: "convicted_trial"}, pair)
    court.appeal(trial, pair)
    found = of_law(trial.case, pair.prosecutor)["appeal"]
    assert (found.state, found.done_on) == ("done", court.APPEALED)


def test_an_arrest_runs_until_the_plea_unless_a_person_answers(pair: court.Pair) -> None:
    case = court.accepted(court.seized(pair), pair)
    (accused,) = court.accuse(case, pair, "Benson Tsofa")
    accused.arrested_on = court.SEIZED
    accused.save()
    found = of_law(case, pair.prosecutor)["arraignment"]
    assert (found.due_on, found.state) == (court.SEIZED + timedelta(days=1), "late")
    assert found.key is not None
    with pytest.raises(RuleBroken, match="does not apply"):
        deadlines.answer(
            case, found.key, title=found.title, due_on=found.due_on, note=" ",
            done_on=court.SEIZED, actor=pair.prosecutor,
        )  # fmt: skip
    row = deadlines.answer(
        case, found.key, title=found.title, due_on=found.due_on, note="Before the duty court",
        done_on=court.SEIZED, actor=pair.prosecutor,
    )  # fmt: skip
    answered = of_law(case, pair.prosecutor)["arraignment"]
    assert (answered.state, answered.done_by) == ("done", "Grace Nafula Odera")
    deadlines.reopen(row, reason="It was another suspect", actor=pair.prosecutor)
    assert of_law(case, pair.prosecutor)["arraignment"].state == "late"


def test_a_deadline_is_done_once_and_reopened_with_a_reason(case: Case, investigator: User) -> None:
    row = add(case, investigator)
    deadlines.done(row, done_on=clock.today(), note="By telephone", actor=investigator)
    with pytest.raises(RuleBroken, match="already"):
        deadlines.done(row, done_on=clock.today(), actor=investigator)
    with pytest.raises(RuleBroken) as caught:
        deadlines.reopen(row, reason="", actor=investigator)
    assert caught.value.field == "reason"
    deadlines.reopen(row, reason="The expert did not answer", actor=investigator)
    assert [one.done_on for one in row.history.all()] == [None, clock.today(), None]


def test_the_one_it_was_given_to_may_say_it_is_done(
    case: Case, investigator: User, custodian: User, outsider: User
) -> None:
    row = add(case, investigator, assigned_to=custodian)
    deadlines.done(row, done_on=clock.today(), actor=custodian)
    assert row.done_by == custodian
    other = add(case, investigator)
    with pytest.raises(NotAllowed):
        deadlines.done(other, done_on=clock.today(), actor=custodian)
    with pytest.raises(RuleBroken, match="may not read"):
        add(case, investigator, assigned_to=outsider)


def test_a_list_over_cases_holds_what_its_reader_works_on(
    case: Case, investigator: User, prosecutor: User, outsider: User
) -> None:
    own = cases.open_case(title="Another", tier="port", actor=investigator)
    add(own, investigator)
    add(case, investigator, due_on=clock.today() - timedelta(days=1))
    rows = due.of_cases(worked_on(investigator), investigator)
    assert [row.state for row in rows] == ["late", "soon"]
    assert len(due.of_cases(worked_on(prosecutor), prosecutor)) == 1
    assert due.of_cases(worked_on(outsider), outsider) == []


def test_the_pages_set_do_and_reopen(case: Case, investigator: User, sign_in: Any) -> None:
    browser: Client = sign_in(investigator)
    base = f"/cases/{case.reference}/duties/"
    typed = {
        "title": "Ask for the scan",
        "due_on": str(clock.today()),
        "assigned_to": investigator.pk,
    }
    assert browser.post(f"{base}deadlines/new/", typed).status_code == 302
    row = Deadline.objects.get()
    url = f"{base}deadlines/{row.pk}/"
    assert "Ask for the scan" in browser.get("/duties/?mine=1&show=soon").content.decode()
    assert browser.post(f"{url}edit/", typed | {"title": "Ask again"}).status_code == 302
    assert browser.post(url, {"done_on": str(clock.today())}).status_code == 302
    assert "Ask again" in browser.get(base).content.decode()
    assert browser.post(url, {"reason": "Not complete"}).status_code == 302
    row.refresh_from_db()
    assert row.done_on is None


def test_the_page_of_a_period_of_the_law(pair: court.Pair, sign_in: Any) -> None:
    case = court.charged(pair)[0].count.charge_sheet.proceeding.case
    key = of_law(case, pair.prosecutor)["disclosure"].key
    browser: Client = sign_in(pair.prosecutor)
    url = f"/cases/{case.reference}/duties/law/{key}/"
    assert browser.get(url).status_code == 200
    answer = {"done_on": str(court.PLEADED), "note": "Served at the hearing"}
    assert browser.post(url, answer).status_code == 302
    page = browser.get(f"/cases/{case.reference}/duties/").content.decode()
    assert "Served at the hearing" in page
    for strange in ("x", "disclosure.2020-01-01.1.1", "a.b.c.d", "appeal.2020-13-01.0.0"):
        assert browser.get(f"/cases/{case.reference}/duties/law/{strange}/").status_code == 404


def test_a_custodian_reads_and_does_not_write(case: Case, custodian: User, sign_in: Any) -> None:
    browser: Client = sign_in(custodian)
    base = f"/cases/{case.reference}/duties/"
    assert browser.get(base).status_code == 200
    assert browser.get(f"{base}deadlines/new/").status_code == 403


def test_offences_without_a_limit_have_no_deadline_to_charge(pair: court.Pair) -> None:
    case = court.accepted(court.seized(pair), pair)
    trial = court.opened(case, pair)
    charges = court.count_in(trial, court.accuse(case, pair, "Benson Tsofa"), pair)
    assert "limitation" not in of_law(case, pair.prosecutor)
    provision = charges[0].count.provision
    provision.max_term_months, provision.has_life_term = 6, False
    provision.save()
    found = of_law(case, pair.prosecutor)["limitation"]
    assert (found.due_on, found.state) == (date(2021, 3, 2), "late")
    court.file_sheet(trial, pair)
    assert of_law(case, pair.prosecutor)["limitation"].state == "done"


def test_only_cases_still_running_have_something_due(case: Case, investigator: User) -> None:
    add(case, investigator)
    Case.objects.filter(pk=case.pk).update(status=Case.Status.CLOSED)
    assert due.of_cases(worked_on(investigator), investigator) == []
    access.require(investigator, case, "view")
    assert len(due.of_case(case, investigator)) == 1
