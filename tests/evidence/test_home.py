"""The first screen: what waits for me."""

from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework import access, cases, hearings, proceedings, submissions
from casework.models import Case, Code, Court, User
from tests.evidence import scenes

SignIn = Callable[[User], Client]


def page(browser: Client) -> str:
    answer = browser.get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_handover_waits_for_its_receiver(
    sign_in: SignIn, case: Case, investigator: User, custodian: User
) -> None:
    scenes.offer(case, investigator, custodian)
    html = page(sign_in(custodian))
    assert "One thing waits for you" in html
    assert "Acknowledge E1 from Sgt Amina Wekesa" in html


def test_the_giver_sees_what_they_wait_for(
    sign_in: SignIn, case: Case, investigator: User, custodian: User
) -> None:
    scenes.offer(case, investigator, custodian)
    html = page(sign_in(investigator))
    assert "Nothing waits for you" in html
    assert "Handover of E1" in html


def test_a_file_waits_for_its_prosecutor(
    sign_in: SignIn, case: Case, investigator: User, prosecutor: User
) -> None:
    scenes.seizure(case, investigator)
    submissions.submit(case, to=prosecutor, actor=investigator)
    assert "Decide on the file of Sgt Amina Wekesa" in page(sign_in(prosecutor))
    assert "Decision to charge" in page(sign_in(investigator))


def test_a_file_waits_for_nobody_who_may_only_read_by_now(
    sign_in: SignIn, case: Case, investigator: User, prosecutor: User
) -> None:
    scenes.seizure(case, investigator)
    submissions.submit(case, to=prosecutor, actor=investigator)
    prosecuted = case.user_grants.get(user=prosecutor)
    access.grant(case, role="viewer", to=prosecutor, actor=investigator, reason="Reads it still")
    access.revoke(prosecuted, actor=investigator, reason="Another took it")
    browser = sign_in(prosecutor)
    assert browser.get(f"/cases/{case.reference}/").status_code == 200
    assert "Nothing waits for you" in page(browser)


def test_hearings_of_the_week_and_past_ones_without_a_result(
    sign_in: SignIn, case: Case, investigator: User, prosecutor: User
) -> None:
    scenes.seizure(case, investigator, days_ago=20)
    file = submissions.submit(case, to=prosecutor, actor=investigator)
    submissions.decide(file, decision="accepted", actor=prosecutor)
    court = Court.objects.order_by("pk").first()
    assert court is not None
    opened = timezone.localdate() - timedelta(days=10)
    trial = proceedings.open_proceeding(
        case, court=court, number="CR 412", opened_on=opened, actor=prosecutor
    )
    kind = Code.objects.get(kind="hearing_type", code="mention")
    for days in (-2, 3):
        at = timezone.now() + timedelta(days=days)
        hearings.schedule(trial, kind=kind, starts_at=at, actor=prosecutor)
    html = page(sign_in(prosecutor))
    assert "Say what happened: Mention" in html
    assert "Your next hearing is" in html
    assert '<span class="waiting">1<' in html
    lead = sign_in(investigator)  # who may not record it, and reads that it lacks
    assert "Nothing waits for you" in page(lead)
    told = lead.get(f"/cases/{case.reference}/").content.decode()
    assert "1 hearing is past and has no result" in told


def test_it_says_what_my_cases_lack(sign_in: SignIn, case: Case, investigator: User) -> None:
    scenes.seizure(case, investigator)
    assert "No exhibit is registered" in page(sign_in(investigator))


def test_an_outsider_sees_nothing_of_it(
    sign_in: SignIn, case: Case, investigator: User, custodian: User, outsider: User
) -> None:
    before = page(sign_in(outsider))
    scenes.offer(case, investigator, custodian)
    after = page(sign_in(outsider))
    assert case.title not in after
    assert "/exhibits/E1/" not in after
    assert "Nothing waits for you" in before


def test_a_closed_case_lacks_nothing_more(sign_in: SignIn, case: Case, investigator: User) -> None:
    cases.step(case, to="no_inquiry", actor=investigator, reason="Nothing to go on")
    assert "You work on no open case" in page(sign_in(investigator))


def test_it_costs_the_same_at_3_and_at_30_rows(
    sign_in: SignIn, case: Case, investigator: User, custodian: User
) -> None:
    browser = sign_in(custodian)
    for _row in range(3):
        scenes.offer(case, investigator, custodian)
    page(browser)
    with CaptureQueriesContext(connection) as few:
        page(browser)
    for _row in range(27):
        scenes.offer(case, investigator, custodian)
    with CaptureQueriesContext(connection) as many:
        page(browser)
    assert len(few) == len(many)
