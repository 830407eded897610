"""The file's way to the prosecutor, through the pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from casework import access, clock, roles, submissions
from casework.errors import NotAllowed, RuleBroken
from casework.models import AuditEntry, Case, Submission, User
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> Pair:
    return Pair(investigator, prosecutor)


@pytest.fixture
def seized(pair: Pair) -> Case:
    return stories.seized(pair)


@pytest.fixture
def sent(seized: Case, pair: Pair) -> Submission:
    return submissions.submit(seized, to=pair.prosecutor, actor=pair.investigator)


def send(client: Client, case: Case, to: User, note: str = "Urgent", **more: str) -> int:
    page = f"/cases/{case.reference}/submission/new/"
    return client.post(page, {"to": to.pk, "note": note, **more}).status_code


def give_back(sent: Submission, pair: Pair, *queries: str) -> Submission:
    return submissions.decide(
        sent, decision="returned", queries=queries or ("Weigh E7",), actor=pair.prosecutor
    )


def test_the_prosecutor_sees_the_case_once_the_file_is_sent(
    seized: Case, pair: Pair, client: Client
) -> None:
    assert not access.can(pair.prosecutor, seized, roles.VIEW)
    client.force_login(pair.investigator)
    assert send(client, seized, pair.prosecutor) == 302
    assert access.can(pair.prosecutor, seized, roles.PROSECUTE)
    assert AuditEntry.objects.filter(case=seized, action="access.grant").count() >= 1
    seized.refresh_from_db()
    assert seized.status == Case.Status.SUBMITTED


YES = {"has_evidence": "yes", "is_in_public_interest": "yes"}


@pytest.mark.parametrize(
    ("decision", "status", "typed"),
    [
        ("accepted", "submitted", YES),
        ("returned", "returned", {"queries": "Weigh E7\n\n Who took the photographs? "}),
        ("refused", "not_charged", {"reason": "Nobody saw him", "has_evidence": "no"}),
    ],
)
def test_the_status_follows_the_decision(
    sent: Submission, pair: Pair, client: Client, decision: str, status: str, typed: dict[str, Any]
) -> None:
    client.force_login(pair.prosecutor)
    page = f"/cases/{sent.case.reference}/submission/decide/"
    if decision == "refused":
        assert client.post(page, {"decision": decision, **typed}).status_code == 200  # no cause
        typed = {**typed, "cause": stories.code("charging_reason", "wrong_accused").pk}
    assert client.post(page, {"decision": decision, **typed}).status_code == 302
    sent.refresh_from_db()
    assert (sent.decision, sent.case.status) == (decision, status)
    assert client.get(page).status_code == 404  # nothing waits any more


def test_no_file_is_accepted_before_both_questions_are_answered_with_yes(
    sent: Submission, pair: Pair, client: Client
) -> None:
    client.force_login(pair.prosecutor)
    page = f"/cases/{sent.case.reference}/submission/decide/"
    for typed in ({}, {"has_evidence": "yes"}, {**YES, "is_in_public_interest": "no"}):
        answer = client.post(page, {"decision": "accepted", **typed})
        assert answer.status_code == 200
    assert "Return it or refuse it" in answer.content.decode()
    sent.refresh_from_db()
    assert sent.decision == "waiting"


def test_a_file_comes_back_with_numbered_queries_and_goes_again_once_they_are_answered(
    sent: Submission, pair: Pair, client: Client
) -> None:
    give_back(sent, pair, "<i>Weigh E7</i>", "Who took the photographs?")
    reference = sent.case.reference
    client.force_login(pair.investigator)
    page = client.get(f"/cases/{reference}/submission/").content.decode()
    assert "&lt;i&gt;Weigh E7" in page
    assert "2 queries have no answer" in page
    assert send(client, sent.case, pair.prosecutor) == 200  # queries are open
    for query in sent.queries.all():
        url = f"/cases/{reference}/submission/queries/{query.pk}/"
        assert client.post(url, {"answer": "24.1 kg, see the weighing"}).status_code == 302
    assert send(client, sent.case, pair.prosecutor) == 302
    assert client.post(url, {"answer": "Another"}).status_code == 200  # it has gone again
    query.refresh_from_db()
    assert query.answer == "24.1 kg, see the weighing"


def test_a_file_goes_with_open_queries_for_a_reason_that_the_prosecutor_reads(
    sent: Submission, pair: Pair, client: Client
) -> None:
    give_back(sent, pair)
    client.force_login(pair.investigator)
    assert send(client, sent.case, pair.prosecutor, despite="The scale is broken") == 302
    again = sent.case.submissions.first()
    assert again is not None
    assert "The scale is broken" in again.note
    client.force_login(pair.prosecutor)
    page = client.get(f"/cases/{sent.case.reference}/submission/decide/").content.decode()
    assert "The scale is broken" in page
    assert "Weigh E7" in page


def test_a_returned_file_goes_back_to_the_prosecutor_who_had_it(
    sent: Submission, pair: Pair, sign_in: Any
) -> None:
    give_back(sent, pair)
    page = f"/cases/{sent.case.reference}/submission/new/"
    form = sign_in(pair.investigator).get(page).context["form"]
    assert form.initial["to"] == pair.prosecutor.pk


def test_an_accepted_file_leads_on_to_the_charges(
    sent: Submission, pair: Pair, sign_in: Any
) -> None:
    submissions.decide(
        sent, decision="accepted", has_evidence=True, is_in_public_interest=True,
        actor=pair.prosecutor,
    )  # fmt: skip
    at = f"/cases/{sent.case.reference}/"
    page = sign_in(pair.prosecutor).get(f"{at}submission/").content.decode()
    assert f'class="btn go" href="{at}charges/"' in page


def test_a_refusal_says_why_in_words_and_in_a_code(sent: Submission, pair: Pair) -> None:
    cause = stories.code("charging_reason", "time_limit")
    with pytest.raises(RuleBroken) as refused:
        submissions.decide(sent, decision="refused", reason="Late", actor=pair.prosecutor)
    assert refused.value.field == "cause"
    with pytest.raises(RuleBroken) as refused:
        submissions.decide(sent, decision="refused", cause=cause, actor=pair.prosecutor)
    assert refused.value.field == "reason"
    with pytest.raises(RuleBroken) as refused:
        submissions.decide(sent, decision="returned", reason="See me", actor=pair.prosecutor)
    assert refused.value.field == "queries"


def test_the_time_that_each_stage_took_is_shown(seized: Case, pair: Pair, client: Client) -> None:
    start = clock.now() - timedelta(days=100)
    with clock.telling(start):
        sent = submissions.submit(seized, to=pair.prosecutor, actor=pair.investigator)
    with clock.telling(start + timedelta(days=30)):
        give_back(sent, pair)
    client.force_login(pair.investigator)
    page = client.get(f"/cases/{seized.reference}/submission/").content.decode()
    assert "30 days" in page  # until it was decided
    assert "70 days" in page  # and away since
    assert "Returned, queries open" in page


def test_a_file_waits_once(seized: Case, pair: Pair, client: Client) -> None:
    client.force_login(pair.investigator)
    send(client, seized, pair.prosecutor)
    assert send(client, seized, pair.prosecutor, note="kept") == 200
    assert seized.submissions.count() == 1
    with pytest.raises(RuleBroken, match="Wait for the decision"):
        submissions.submit(seized, to=pair.prosecutor, actor=pair.investigator)


def test_only_a_prosecutor_is_chosen(seized: Case, pair: Pair, colleague: User) -> None:
    with pytest.raises(RuleBroken) as refused:
        submissions.submit(seized, to=colleague, actor=pair.investigator)
    assert refused.value.field == "to"
    pair.prosecutor.is_active = False
    pair.prosecutor.save()
    with pytest.raises(RuleBroken):
        submissions.submit(seized, to=pair.prosecutor, actor=pair.investigator)


def test_who_sends_does_not_decide_and_who_decides_does_not_answer(
    sent: Submission, pair: Pair, outsider: User, custodian: User, client: Client
) -> None:
    with pytest.raises(NotAllowed):
        submissions.decide(sent, decision="accepted", actor=pair.investigator)
    give_back(sent, pair)
    with pytest.raises(NotAllowed):
        submissions.answer(sent.queries.get(), answer="Yes", actor=pair.prosecutor)
    stories.join(sent.case, custodian, "custodian", pair)
    for page in ("new/", f"queries/{sent.queries.get().pk}/"):
        url = f"/cases/{sent.case.reference}/submission/{page}"
        client.force_login(outsider)
        assert client.get(url).status_code == 404
        client.force_login(custodian)
        assert client.get(url).status_code == 403


def test_a_query_of_another_case_is_not_found(sent: Submission, pair: Pair, client: Client) -> None:
    give_back(sent, pair)
    other = stories.seized(pair)
    client.force_login(pair.investigator)
    url = f"/cases/{other.reference}/submission/queries/{sent.queries.get().pk}/"
    assert client.get(url).status_code == 404


def test_a_case_in_court_is_not_sent_again(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    case = charge.count.charge_sheet.proceeding.case
    with pytest.raises(RuleBroken, match="in court already"):
        submissions.submit(case, to=pair.prosecutor, actor=pair.investigator)
