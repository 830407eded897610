"""The pages of watch lists: what is in force, its entries and versions, importing one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import User
from kyc.models import Watchlist, WatchlistEntry, WatchlistVersion
from tests.kyc import lists

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
FIRST = b"id,name,country,remarks\n1,Coral Gate,KE,Cloned seal\n2,Tano Mbogo,TZ,\n"
SECOND = b"id,name,country,remarks\n1,Coral Gate Ltd,KE,Cloned seal\n3,Reef Gate,KE,\n"


def send(browser: Client, data: bytes, **more: Any) -> Any:
    file = SimpleUploadedFile("list.csv", data)
    fields = {"name": "Line's blacklist", "meaning": "alarm", "file": file, **more}
    return browser.post("/watchlists/import/", fields, follow=True)


@pytest.fixture
def browser(sign_in: SignIn, manager: User) -> Client:
    return sign_in(manager)


def test_an_empty_page_tells_how_to_begin(browser: Client) -> None:
    assert "No list yet" in browser.get("/watchlists/").content.decode()


def test_a_manager_imports_a_list_and_reads_it(browser: Client) -> None:
    page = send(browser, FIRST).content.decode()
    assert "Version 1 is in force: 2 entries." in page
    assert "Coral Gate" in page
    assert "Supt Daniel Tarus" in browser.get("/watchlists/").content.decode()


def test_a_broken_list_is_refused_with_its_line(browser: Client) -> None:
    send(browser, FIRST)
    page = send(browser, SECOND + b"4,Cut", keeper="Corralis Line").content.decode()
    assert "Line 4: Cells in this line: 2. Wanted: 4." in page
    assert "Corralis Line" in page
    assert WatchlistVersion.objects.count() == 1


def test_a_file_too_large_for_a_page_names_the_command(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kyc.forms.watchlist.LARGEST", 10)
    assert "import_watchlist" in send(browser, FIRST).content.decode()


def test_entries_are_found_and_versions_read_again(browser: Client) -> None:
    send(browser, FIRST)
    send(browser, SECOND)
    address = f"/watchlists/{Watchlist.objects.get().pk}/"
    page = browser.get(address, {"q": "reef"}).content.decode()
    assert "Reef Gate" in page
    assert "Coral Gate Ltd" not in page
    earlier = browser.get(address, {"version": 1}).content.decode()
    assert "Tano Mbogo" in earlier
    assert "version 2 is in force" in earlier
    assert browser.get(address, {"version": "9" * 30, "q": "\x00"}).status_code == 200


def test_an_entry_shows_what_changed(browser: Client) -> None:
    send(browser, FIRST)
    send(browser, SECOND)
    entry = WatchlistEntry.objects.in_force().get(uid="1")
    page = browser.get(f"/watchlists/{entry.watchlist_id}/entries/{entry.pk}/").content.decode()
    assert "<del><bdi>Coral Gate</bdi></del>" in page
    assert "<ins><bdi>Coral Gate Ltd</bdi></ins>" in page
    assert "<ins><bdi>Cloned seal" not in page


def test_an_entry_that_left_says_so(browser: Client) -> None:
    send(browser, FIRST)
    send(browser, SECOND)
    entry = WatchlistEntry.objects.get(uid="2")
    page = browser.get(f"/watchlists/{entry.watchlist_id}/entries/{entry.pk}/").content.decode()
    assert "Not in force: version 2" in page


def test_a_list_that_nobody_renewed_is_marked(browser: Client) -> None:
    send(browser, FIRST)
    version = WatchlistVersion.objects.get()
    WatchlistVersion.objects.update(imported_at=version.imported_at - timedelta(days=40))
    assert "40 days old" in browser.get("/watchlists/").content.decode()
    page = browser.get(f"/watchlists/{version.watchlist_id}/").content.decode()
    assert "This version is 40 days old." in page


def test_readers_of_the_register_read_lists_and_others_do_not(
    browser: Client, sign_in: SignIn, investigator: User, outsider: User
) -> None:
    send(browser, FIRST)
    address = f"/watchlists/{Watchlist.objects.get().pk}/"
    for person, status in ((investigator, 200), (outsider, 403)):
        assert sign_in(person).get(address).status_code == status
        assert sign_in(person).get("/watchlists/").status_code == status
        assert sign_in(person).get("/watchlists/import/").status_code == 403


def test_an_entry_of_another_list_is_not_found(browser: Client) -> None:
    send(browser, FIRST)
    send(browser, SECOND, name="Another list")
    first, second = Watchlist.objects.order_by("pk")
    entry = second.entry_rows.earliest("pk")
    assert browser.get(f"/watchlists/{first.pk}/entries/{entry.pk}/").status_code == 404


def test_more_rows_cost_no_more_queries(browser: Client, manager: User) -> None:
    first = lists.version(manager, "Acacia")

    def grow(count: int) -> None:
        names = [f"Name {n}" for n in range(count)]
        for number in range(count):
            lists.version(manager, *names[: number + 1])
            lists.version(manager, *names, of=f"List {number}")

    def cost() -> list[int]:
        entry = WatchlistEntry.objects.earliest("pk")
        base = f"/watchlists/{first.watchlist_id}/"
        counts = []
        for address in ("/watchlists/", base, f"{base}entries/{entry.pk}/", "/watchlists/import/"):
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(address).status_code == 200
            counts.append(len(asked))
        return counts

    grow(3)
    cost()  # the first request asks more than the others
    few = cost()
    grow(15)
    assert cost() == few
