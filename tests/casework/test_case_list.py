"""The list of cases."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework import cases
from casework.models import Case, User

SignIn = Callable[[User], Client]


def page(browser: Client, query: str = "") -> str:
    answer = browser.get(f"/cases/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def opened(actor: User, title: str, tier: str = "poaching") -> Case:
    return cases.open_case(title=title, tier=tier, actor=actor)


def test_it_lists_the_cases_one_may_read(
    sign_in: SignIn, case: Case, investigator: User, outsider: User
) -> None:
    assert case.title in page(sign_in(investigator))
    html = page(sign_in(outsider))
    assert case.title not in html
    assert "No case that you may read" in html
    assert "/seizures/new/" not in html


def test_it_is_narrowed_by_words_status_tier_and_lead(
    sign_in: SignIn, case: Case, investigator: User, colleague: User
) -> None:
    opened(colleague, "Rosewood in yard 9")
    browser = sign_in(investigator)
    assert case.title not in page(browser, "?q=rosewood")
    assert "Rosewood" not in page(browser, "?tier=port")
    assert "Rosewood" not in page(browser, "?mine=on")
    assert "No case that you may read fits this" in page(browser, "?status=closed")


def test_what_it_does_not_know_narrows_nothing(
    sign_in: SignIn, case: Case, investigator: User
) -> None:
    query = "?status=nonsense&agency=999&sort=--&page=-4&q="
    assert case.title in page(sign_in(investigator), query)


def test_hostile_titles_are_shown_as_text(sign_in: SignIn, investigator: User) -> None:
    opened(investigator, '<img src=x onerror="alert(1)">')
    assert "<img src=x" not in page(sign_in(investigator))


def test_it_goes_on_after_25(sign_in: SignIn, investigator: User) -> None:
    for number in range(27):
        opened(investigator, f"Case number {number}")
    html = page(sign_in(investigator), "?sort=reference")
    assert "1 to 25 of 27" in html
    assert "sort=reference&amp;page=2" in html


def test_it_costs_the_same_at_3_and_at_20_rows(sign_in: SignIn, investigator: User) -> None:
    browser = sign_in(investigator)
    for number in range(3):
        opened(investigator, f"Case {number}")
    page(browser)
    with CaptureQueriesContext(connection) as few:
        page(browser)
    for number in range(17):
        opened(investigator, f"More {number}")
    with CaptureQueriesContext(connection) as many:
        page(browser)
    assert len(few) == len(many)
