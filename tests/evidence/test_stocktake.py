"""Checking a place by scanning: what is found, missing, unexpected; and what nobody is told."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from casework import access, cases
from casework.errors import NotAllowed, RuleBroken
from casework.models import Case, User
from evidence import gaps
from evidence.models import Exhibit, Place, Stocktake, StocktakeLine
from evidence.store import moves, places, stocktakes
from tests.evidence.acts import text, tusks

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def store(custodian: User) -> Place:
    return places.add(kind="store", name="Exhibit store", actor=custodian)


def put(case: Case, keeper: User, store: Place, number: int) -> Exhibit:
    exhibit = tusks(case, keeper, description=f"Tusk {number}", seal_number=f"S-{number}")
    moves.move(exhibit, to=store, actor=keeper)
    return exhibit


@pytest.fixture
def three(case: Case, custodian: User, store: Place) -> list[Exhibit]:
    return [put(case, custodian, store, number) for number in range(3)]


@pytest.fixture
def hidden(custodian: User, investigator: User, store: Place) -> Exhibit:
    """An exhibit of a case that the custodian has left again."""
    other = cases.open_case(title="Another case", tier="port", actor=investigator)
    row = access.grant(other, role="custodian", to=custodian, actor=investigator, reason="Keeps")
    exhibit = put(other, custodian, store, 99)
    access.revoke(row, actor=investigator, reason="Secret now")
    return exhibit


def url(exhibit: Exhibit) -> str:
    return f"http://127.0.0.1:8000/x/{exhibit.identifier}/"


def test_found_missing_and_unexpected(
    case: Case, three: list[Exhibit], store: Place, custodian: User
) -> None:
    elsewhere = tusks(case, custodian, description="From the yard")
    check = stocktakes.start(store, actor=custodian)
    stocktakes.scan(check, url(three[0]), actor=custodian)
    stocktakes.scan(check, f"{case.reference} {three[1].label}", actor=custodian)
    stocktakes.scan(check, str(elsewhere.identifier), actor=custodian)
    sheet = stocktakes.sheet(check, custodian)
    assert [line.exhibit for line in sheet.found] == three[:2]
    assert [line.exhibit for line in sheet.missing] == three[2:]
    assert [line.exhibit for line in sheet.unexpected] == [elsewhere]


def test_a_code_counts_once_however_many_scan_it(
    three: list[Exhibit], store: Place, custodian: User, manager: User
) -> None:
    check = stocktakes.start(store, actor=custodian)
    assert len(stocktakes.scan(check, f"{url(three[0])}\n{url(three[0])}", actor=custodian)) == 1
    assert stocktakes.scan(check, three[0].identifier.hex, actor=manager) != []  # no label of ours
    assert stocktakes.scan(check, url(three[0]).upper(), actor=manager) == []


def test_a_shelf_label_says_where_what_follows_stands(
    three: list[Exhibit], store: Place, custodian: User
) -> None:
    shelf = places.add(kind="shelf", name="Shelf C", parent=store, actor=custodian)
    check = stocktakes.start(store, actor=custodian)
    stocktakes.scan(check, f"{shelf.code}\n{url(three[0])}", actor=custodian)
    (line,) = stocktakes.sheet(check, custodian).found
    assert line.found == shelf.path


def test_a_shelf_label_counts_for_the_next_scans_too(
    three: list[Exhibit], store: Place, custodian: User, sign_in: SignIn
) -> None:
    """A hand scanner sends each code by itself."""
    shelf = places.add(kind="shelf", name="Shelf C", parent=store, actor=custodian)
    check = stocktakes.start(store, actor=custodian)
    browser, page = sign_in(custodian), f"/store/checks/{check.pk}/"
    for code in (shelf.code, url(three[0])):
        assert browser.post(page, {"codes": code}).status_code == 302
    assert f"stands at {shelf.path}" in text(browser.get(page))
    for code in (store.code, url(three[1])):
        browser.post(page, {"codes": code})
    assert "stands at" not in text(browser.get(page))
    found = stocktakes.sheet(check, custodian).found
    assert {line.found for line in found} == {shelf.path, store.path}


def test_a_signed_check_is_for_good_and_feeds_the_work_list(
    three: list[Exhibit], store: Place, custodian: User, sign_in: SignIn
) -> None:
    check = stocktakes.start(store, actor=custodian)
    stocktakes.scan(check, "\n".join(map(url, three[:2])), actor=custodian)
    stocktakes.sign(check, note="Shelf by shelf", actor=custodian)
    with pytest.raises(RuleBroken, match="signed"):
        stocktakes.scan(check, url(three[2]), actor=custodian)
    with pytest.raises(RuleBroken):
        StocktakeLine.objects.all().delete()
    assert [one.kind for one in gaps.of(three[2])] == ["missing"]
    assert gaps.of(three[0]) == ()
    page = text(sign_in(custodian).get("/exhibits/to-explain/?show=store"))
    assert "Not found when the store was checked" in page


def test_an_exhibit_of_a_hidden_case_and_a_code_of_nothing_are_told_the_same(
    three: list[Exhibit], hidden: Exhibit, store: Place, custodian: User, sign_in: SignIn
) -> None:
    browser, nothing = sign_in(custodian), uuid4()
    check = stocktakes.start(store, actor=custodian)
    pages = []
    for identifier in (hidden.identifier, nothing):
        browser.post(f"/store/checks/{check.pk}/", {"codes": f"/x/{identifier}/"})
        page = text(browser.get(f"/store/checks/{check.pk}/"))
        assert "Tusk 99" not in page
        assert "Another case" not in page
        pages.append(stocktakes.sheet(check, custodian))
    assert [line.exhibit for line in pages[1].unknown] == [None, None]
    assert pages[1].expected == 3  # the hidden one is not counted


def test_who_may_see_the_hidden_one_reads_that_it_was_found(
    hidden: Exhibit, store: Place, custodian: User, investigator: User
) -> None:
    check = stocktakes.start(store, actor=custodian)
    stocktakes.scan(check, url(hidden), actor=custodian)
    stocktakes.sign(check, note="", actor=custodian)
    check = Stocktake.objects.get()
    assert [line.exhibit for line in stocktakes.sheet(check, investigator).found] == [hidden]
    assert stocktakes.sheet(check, custodian).found == []
    assert [line.code for line in stocktakes.sheet(check, custodian).unknown] == [
        str(hidden.identifier)
    ]


def test_a_restricted_exhibit_is_not_named_to_a_custodian(
    three: list[Exhibit], store: Place, custodian: User, sign_in: SignIn
) -> None:
    Exhibit.objects.filter(pk=three[0].pk).update(is_restricted=True)
    check = stocktakes.start(store, actor=custodian)
    browser = sign_in(custodian)
    browser.post(f"/store/checks/{check.pk}/", {"codes": url(three[0])})
    for end in ("", "sign/", "csv/"):
        assert "Tusk 0" not in text(browser.get(f"/store/checks/{check.pk}/{end}"))
    assert stocktakes.sheet(check, custodian).expected == 2


def test_only_keepers_of_the_agency_check_it(
    store: Place, investigator: User, outsider: User, custodian: User
) -> None:
    for person in (investigator, outsider):
        with pytest.raises(NotAllowed):
            stocktakes.start(store, actor=person)
    stocktakes.start(store, actor=custodian)
    with pytest.raises(RuleBroken, match="under way"):
        stocktakes.start(store, actor=custodian)


def test_scanning_and_signing_on_the_page(
    three: list[Exhibit], store: Place, custodian: User, sign_in: SignIn
) -> None:
    browser = sign_in(custodian)
    answer = browser.post(f"/store/places/{store.code}/check/")
    check = answer.headers["Location"]
    for exhibit in three:
        assert browser.post(check, {"codes": url(exhibit)}).status_code == 302
    assert "none" in text(browser.get(check))
    assert browser.post(f"{check}sign/", {"note": "All there"}).status_code == 200  # not confirmed
    browser.post(f"{check}sign/", {"note": "All there", "is_complete": "on"})
    assert "Signed by Joseph Kilonzi" in text(browser.get(check))
    rows = text(browser.get(f"{check}csv/")).splitlines()
    assert len(rows) == 4
    assert "Kilonzi" not in "".join(rows)


@pytest.mark.parametrize("codes", ["", "\x00", "x" * 5000, "=cmd()", "P-0000000", "' OR 1=1 --"])
def test_any_code_is_taken_calmly(
    codes: str, store: Place, custodian: User, sign_in: SignIn
) -> None:
    check = stocktakes.start(store, actor=custodian)
    browser = sign_in(custodian)
    assert browser.post(f"/store/checks/{check.pk}/", {"codes": codes}).status_code in (200, 302)
    assert browser.get(f"/store/checks/{check.pk}/").status_code == 200


def test_the_camera_of_a_telephone_opens_the_exhibit_and_counts_it(
    three: list[Exhibit], store: Place, custodian: User, sign_in: SignIn
) -> None:
    browser = sign_in(custodian)
    assert "Count it as seen" not in text(browser.get(url(three[0]), follow=True))
    check = stocktakes.start(store, actor=custodian)
    page = text(browser.get(f"/x/{three[0].identifier}/", follow=True))
    assert "Count it as seen" in page
    browser.post(f"/store/checks/{check.pk}/", {"codes": str(three[0].identifier)})
    assert len(stocktakes.sheet(check, custodian).found) == 1
