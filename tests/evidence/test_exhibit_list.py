"""Lists of exhibits: what each person sees, the filters, and a cost that does not grow."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.models import Case, User
from evidence import custody
from tests.evidence.acts import plain, text, tusks

SignIn = Callable[[User], Client]
ALL = reverse("evidence:exhibit-list")


def of_case(case: Case) -> str:
    return reverse("evidence:case-exhibits", args=[case.reference])


@pytest.mark.parametrize("who", ["investigator", "custodian", "prosecutor", "auditor"])
def test_the_team_sees_the_exhibits_of_the_case(
    who: str, case: Case, investigator: User, sign_in: SignIn, request: pytest.FixtureRequest
) -> None:
    tusks(case, investigator)
    browser = sign_in(request.getfixturevalue(who))
    assert "Twenty-four tusk pieces" in text(browser.get(ALL))
    assert "Twenty-four tusk pieces" in text(browser.get(of_case(case)))


def test_an_outsider_sees_none_and_no_count(
    case: Case, investigator: User, outsider: User, sign_in: SignIn
) -> None:
    browser = sign_in(outsider)
    before = plain(browser.get(ALL))
    tusks(case, investigator)
    assert plain(browser.get(ALL)) == before
    assert browser.get(of_case(case)).status_code == 404


def test_restricted_exhibits_are_not_counted_for_a_custodian(
    case: Case, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    tusks(case, investigator)
    browser = sign_in(custodian)
    before = plain(browser.get(ALL))
    tusks(case, investigator, is_restricted=True, description="Informant's telephone")
    assert plain(browser.get(ALL)) == before


def test_the_filters_show_what_waits_for_me(
    case: Case, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    tusks(case, investigator, description="Kept")
    offered = tusks(case, investigator, description="Offered")
    custody.offer(offered, to=custodian, purpose="Storage", actor=investigator)
    browser = sign_in(custodian)
    awaiting = text(browser.get(ALL, {"show": "awaiting"}))
    assert "Offered" in awaiting
    assert "Kept" not in awaiting
    assert "Kept" not in text(browser.get(ALL, {"show": "held"}))
    sign_in(investigator)
    assert "Kept" in text(browser.get(ALL, {"show": "held"}))
    assert "Kept" not in text(browser.get(ALL, {"show": "offered"}))


def test_the_list_is_narrowed_by_case_and_kind(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    tusks(case, investigator)
    browser = sign_in(investigator)
    assert "tusk pieces" in text(browser.get(ALL, {"case": case.reference[-4:]}))
    assert "No exhibit fits" in text(browser.get(ALL, {"case": "ZZ\x00"}))
    assert "No exhibit fits" in text(browser.get(ALL, {"kind": "vehicle"}))


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=99999", "show=%00", "kind=%27%22"])
def test_a_strange_query_shows_a_page(query: str, investigator: User, sign_in: SignIn) -> None:
    assert sign_in(investigator).get(f"{ALL}?{query}").status_code == 200


@pytest.mark.parametrize("which", ["all", "case"])
def test_thirty_rows_cost_what_three_cost(
    which: str, case: Case, investigator: User, sign_in: SignIn
) -> None:
    address = ALL if which == "all" else of_case(case)
    browser = sign_in(investigator)
    for _number in range(3):
        tusks(case, investigator)
    browser.get(address)
    with CaptureQueriesContext(connection) as few:
        browser.get(address)
    for _number in range(27):
        tusks(case, investigator)
    with CaptureQueriesContext(connection) as many:
        browser.get(address)
    assert len(many) == len(few)


def test_an_empty_case_says_what_to_do_first(
    case: Case, investigator: User, prosecutor: User, sign_in: SignIn
) -> None:
    page = text(sign_in(investigator).get(of_case(case)))
    assert "No exhibit yet. The line begins with the first one." in page
    assert "/exhibits/register/" in page
    assert "/exhibits/register/" not in text(sign_in(prosecutor).get(of_case(case)))
