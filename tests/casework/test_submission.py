"""The file's way to the prosecutor, through the pages."""

import pytest
from django.test import Client

from casework import access, roles, submissions
from casework.errors import NotAllowed, RuleBroken
from casework.models import AuditEntry, Case, User
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> Pair:
    return Pair(investigator, prosecutor)


@pytest.fixture
def seized(pair: Pair) -> Case:
    return stories.seized(pair)


def send(client: Client, case: Case, to: User, note: str = "Urgent") -> int:
    page = f"/cases/{case.reference}/submission/new/"
    return client.post(page, {"to": to.pk, "note": note}).status_code


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


@pytest.mark.parametrize(
    ("decision", "status"),
    [("accepted", "submitted"), ("returned", "returned"), ("refused", "not_charged")],
)
def test_the_status_follows_the_decision(
    seized: Case, pair: Pair, client: Client, decision: str, status: str
) -> None:
    submissions.submit(seized, to=pair.prosecutor, actor=pair.investigator)
    client.force_login(pair.prosecutor)
    page = f"/cases/{seized.reference}/submission/decide/"
    assert client.post(page, {"decision": decision, "reason": "Species report"}).status_code == 302
    seized.refresh_from_db()
    assert seized.status == status
    assert client.get(page).status_code == 404  # nothing waits any more


def test_a_file_is_returned_with_its_queries_and_sent_again(
    seized: Case, pair: Pair, client: Client
) -> None:
    sent = submissions.submit(seized, to=pair.prosecutor, actor=pair.investigator)
    with pytest.raises(RuleBroken) as refused:
        submissions.decide(sent, decision="returned", actor=pair.prosecutor)
    assert refused.value.field == "reason"
    submissions.decide(sent, decision="returned", reason="<i>Weigh E7</i>", actor=pair.prosecutor)
    client.force_login(pair.investigator)
    assert "&lt;i&gt;Weigh E7" in client.get(f"/cases/{seized.reference}/charges/").content.decode()
    assert send(client, seized, pair.prosecutor) == 302


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


def test_who_sends_does_not_decide_and_the_outsider_finds_nothing(
    seized: Case, pair: Pair, outsider: User, custodian: User, client: Client
) -> None:
    sent = submissions.submit(seized, to=pair.prosecutor, actor=pair.investigator)
    with pytest.raises(NotAllowed):
        submissions.decide(sent, decision="accepted", actor=pair.investigator)
    stories.join(seized, custodian, "custodian", pair)
    for page in ("new", "decide"):
        url = f"/cases/{seized.reference}/submission/{page}/"
        client.force_login(outsider)
        assert client.get(url).status_code == 404
        client.force_login(custodian)
        assert client.get(url).status_code == 403


def test_a_case_in_court_is_not_sent_again(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    case = charge.count.charge_sheet.proceeding.case
    with pytest.raises(RuleBroken, match="in court already"):
        submissions.submit(case, to=pair.prosecutor, actor=pair.investigator)
