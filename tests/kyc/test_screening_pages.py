"""The pages of screening: a party's findings, the findings that wait, judging one."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import Case, Code, User
from kyc import parties
from kyc.models import Hit
from kyc.watch import screening
from tests.kyc import lists

SignIn = Callable[[User], Client]


@pytest.fixture
def hit(investigator: User, manager: User) -> Hit:
    lists.party(investigator, "Korvin Baltazar Okuthe", country="KE")
    version = lists.version(manager, "OKUTHE, Korvin", birth_dates=["1971-04-02"])
    screening.screen_version(version)
    found: Hit = Hit.objects.get()
    return found


def test_the_party_stands_beside_the_entry(hit: Hit, investigator: User, sign_in: SignIn) -> None:
    page = sign_in(investigator).get(f"/parties/{hit.party_id}/screening/").content.decode()
    for words in ("Korvin Baltazar Okuthe", "OKUTHE, Korvin", "1971", "Invented list"):
        assert words in page
    assert "Nobody has judged it yet" in page
    assert f"/hits/{hit.pk}/judge/" in page


def test_judging_it_takes_it_from_the_list(hit: Hit, investigator: User, sign_in: SignIn) -> None:
    browser = sign_in(investigator)
    assert "OKUTHE, Korvin" in browser.get("/screening/").content.decode()
    answer = browser.post(
        f"/hits/{hit.pk}/judge/", {"judgement": "different", "reason": "Another birth"}
    )
    assert answer.headers["Location"] == f"/parties/{hit.party_id}/screening/"
    assert "OKUTHE, Korvin" not in browser.get("/screening/").content.decode()
    page = browser.get(f"/parties/{hit.party_id}/screening/").content.decode()
    assert "Somebody else" in page
    assert "Another birth" in page


def test_a_reason_is_needed_and_what_was_typed_stays(
    hit: Hit, investigator: User, sign_in: SignIn
) -> None:
    answer = sign_in(investigator).post(
        f"/hits/{hit.pk}/judge/", {"judgement": "same", "reason": ""}
    )
    assert answer.status_code == 200
    assert "checked" in answer.content.decode()
    hit.refresh_from_db()
    assert not hit.judgement


def test_a_reader_sees_it_and_does_not_judge(hit: Hit, auditor: User, sign_in: SignIn) -> None:
    browser = sign_in(auditor)
    page = browser.get("/screening/").content.decode()
    assert "OKUTHE, Korvin" in page
    assert "/judge/" not in page
    assert browser.get(f"/hits/{hit.pk}/judge/").status_code == 403


def test_the_party_page_names_the_lists(
    hit: Hit, investigator: User, manager: User, sign_in: SignIn
) -> None:
    trusted = lists.version(manager, hit.party.name, of="Authorised ones", meaning="trusted")
    screening.screen_version(trusted)
    page = sign_in(investigator).get(f"/parties/{hit.party_id}/").content.decode()
    for words in ("OKUTHE, Korvin", "To judge", "Authorised ones", "Authorised trader"):
        assert words in page


def test_no_list_and_no_finding_say_so(investigator: User, manager: User, sign_in: SignIn) -> None:
    party = lists.party(investigator, "Korvin Baltazar Okuthe")
    browser = sign_in(investigator)
    page = browser.get(f"/parties/{party.pk}/screening/").content.decode()
    assert "No list is in force yet." in page
    screening.screen_version(lists.version(manager, "Ysolde Marang"))
    page = browser.get(f"/parties/{party.pk}/screening/").content.decode()
    assert "No list holds a name like this one." in page
    assert "No name waits for a judgement." in browser.get("/screening/").content.decode()


def test_a_run_shows_how_far_it_came(investigator: User, manager: User, sign_in: SignIn) -> None:
    run = screening.version_came(lists.version(manager, "Ysolde Marang"))
    run.total, run.done = 83_160, 20_790
    run.save()
    page = sign_in(investigator).get("/screening/").content.decode()
    assert '<progress value="25" max="100">' in page
    assert not {"83160", "83,160"} & set(page.split())  # some of them are kept to cases
    assert 'hx-trigger="every 5s"' in page


def test_a_hit_from_a_case_leaves_no_trace_for_others(
    case: Case, investigator: User, manager: User, outsider: User, sign_in: SignIn
) -> None:
    """The same pages, byte for byte, with the hit and without it."""
    firm = lists.party(investigator, "Tamarind Reef Exporters Ltd", kind="firm")
    role = Code.objects.get(kind="party_role", code="shipper")
    parties.involve(case, firm, role=role, actor=investigator)
    lists.say(firm, "trading_name", "Zambarau Ndovu Traders", investigator, case)
    version = lists.version(manager, "Zambarau Ndovu Traders")
    screening.screen_version(version)
    hit = Hit.objects.get()
    addresses = (f"/parties/{firm.pk}/screening/", "/screening/", f"/parties/{firm.pk}/")
    mine = [_page(sign_in(investigator), address) for address in addresses]
    assert all("Zambarau" in page for page in mine)
    assert "Zambarau" not in _page(sign_in(outsider), "/screening/")
    manager.position = "prosecutor"  # of another agency: reads and writes the register, no case
    manager.unit = None
    manager.groups.clear()
    manager.save()
    browser = sign_in(manager)
    with_it = [_page(browser, address) for address in addresses]
    assert browser.get(f"/hits/{hit.pk}/judge/").status_code == 404
    hit.history.all().delete()
    hit.delete()
    assert [_page(browser, address) for address in addresses] == with_it


def _page(browser: Client, address: str) -> str:
    page = browser.get(address).content.decode()
    return page.split("<main", 1)[1].split("</main>", 1)[0]


def test_it_is_narrowed_to_a_list(hit: Hit, investigator: User, sign_in: SignIn) -> None:
    browser = sign_in(investigator)
    for wanted in (str(hit.entry.watchlist_id), "9" * 30, "x\x00"):
        answer = browser.get("/screening/", {"list": wanted, "sort": "newest", "page": "7"})
        assert answer.status_code == 200
        assert "OKUTHE, Korvin" in answer.content.decode()


def test_more_findings_cost_no_more_queries(
    investigator: User, manager: User, sign_in: SignIn
) -> None:
    browser = sign_in(investigator)
    party = lists.party(investigator, "Korvin Baltazar Okuthe")

    def asked(count: int) -> list[int]:
        for n in range(count):
            lists.party(investigator, f"Ysolde Marang {'I' * n}")
            same = lists.version(manager, "Korvin Baltazar Okuthe", of=f"{count} {n}")
            screening.screen_version(same)
        screening.screen_version(lists.version(manager, "Ysolde Marang", of=f"{count}"))
        return [
            _queries(browser, f"/parties/{party.pk}/screening/"),
            _queries(browser, "/screening/"),
        ]

    few = asked(3)
    assert asked(20) == few


def _queries(browser: Client, address: str) -> int:
    browser.get(address)  # what is kept per process is read once, and not counted
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)
