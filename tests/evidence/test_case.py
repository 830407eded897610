"""The page of one case."""

import re
from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework import cases
from casework.models import Case, User
from evidence import custody
from tests.evidence import scenes

SignIn = Callable[[User], Client]
HOSTILE = "<script>alert('x')</script> \u202e\"quoted\""


def page(browser: Client, case: Case, query: str = "") -> str:
    answer = browser.get(f"/cases/{case.reference}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def plain(html: bytes) -> bytes:
    """A page without its form tokens, which differ with every answer."""
    return re.sub(rb'value="\w{64}"', b"", html)


def test_it_tells_what_the_case_is(sign_in: SignIn, case: Case, prosecutor: User) -> None:
    html = page(sign_in(prosecutor), case)
    assert "Elephant ivory declared as black tea" in html
    assert case.reference in html
    assert "No consignment is recorded" in html
    assert "Sgt Amina Wekesa" in html


def test_an_outsider_learns_nothing(sign_in: SignIn, case: Case, outsider: User) -> None:
    browser = sign_in(outsider)
    answer = browser.get(f"/cases/{case.reference}/")
    absent = browser.get("/cases/KE-MSA-1999-0001/")
    assert answer.status_code == absent.status_code == 404
    assert plain(answer.content) == plain(absent.content)


def test_the_timeline_merges_seizure_custody_and_notes(
    sign_in: SignIn, case: Case, investigator: User, custodian: User
) -> None:
    scenes.seizure(case, investigator)
    scenes.offer(case, investigator, custodian)
    scenes.notes(case, investigator, 1)
    html = page(sign_in(investigator), case)
    assert html.index("Offered.") < html.index("Note 0") < html.index("Gate 9")
    assert "Not acknowledged yet" in html


def test_the_timeline_says_who_refused_and_who_had_asked(
    sign_in: SignIn, case: Case, investigator: User, custodian: User
) -> None:
    offer = scenes.offer(case, investigator, custodian)
    custody.refuse(offer, reason="Seal torn", actor=custodian)
    html = page(sign_in(investigator), case)
    assert "by Joseph Kilonzi, asked by Sgt Amina Wekesa" in html


def test_the_timeline_shows_one_kind(sign_in: SignIn, case: Case, investigator: User) -> None:
    scenes.seizure(case, investigator)
    scenes.notes(case, investigator, 1)
    html = page(sign_in(investigator), case, "?show=notes")
    assert "Note 0" in html
    assert "Seized." not in html


def test_a_sensitive_note_is_for_those_who_may_see_it(
    sign_in: SignIn, case: Case, investigator: User, colleague: User
) -> None:
    at = timezone.now() - timedelta(hours=1)
    cases.note(case, text="The source", happened_at=at, actor=investigator, is_sensitive=True)
    assert "The source" in page(sign_in(investigator), case)
    assert "The source" not in page(sign_in(colleague), case)


def test_hostile_text_is_shown_as_text(sign_in: SignIn, case: Case, investigator: User) -> None:
    at = timezone.now() - timedelta(hours=1)
    cases.change(case, actor=investigator, title=HOSTILE, summary=HOSTILE)
    cases.note(case, text=HOSTILE, happened_at=at, actor=investigator)
    html = page(sign_in(investigator), case)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_a_nonsense_page_or_filter_is_the_first(
    sign_in: SignIn, case: Case, investigator: User
) -> None:
    scenes.notes(case, investigator, 2)
    assert "Note 1" in page(sign_in(investigator), case, "?show=%00&page=zzz")


def queries(browser: Client, case: Case) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(browser, case)
    return len(captured)


def test_it_costs_the_same_at_3_and_at_30_rows(
    sign_in: SignIn, case: Case, investigator: User, custodian: User
) -> None:
    browser = sign_in(investigator)
    for _row in range(3):
        scenes.offer(case, investigator, custodian)
    scenes.notes(case, investigator, 3)
    page(browser, case)
    few = queries(browser, case)
    for _row in range(10):
        scenes.offer(case, investigator, custodian)
    scenes.notes(case, investigator, 27)
    assert queries(browser, case) == few


def test_nobody_is_sent_to_a_page_that_refuses_them(
    sign_in: SignIn, case: Case, investigator: User, prosecutor: User
) -> None:
    edit = f'href="/cases/{case.reference}/edit/"'
    assert "No summary of facts" in page(sign_in(prosecutor), case)
    assert edit not in page(sign_in(prosecutor), case)
    assert edit in page(sign_in(investigator), case)
