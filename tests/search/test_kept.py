"""Saved and recent searches: for one person alone, and never more than fit on a page."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.errors import RuleBroken
from casework.models import AuditEntry, User
from search import sync
from search.keeping import recent, saved
from search.models import RecentSearch, SavedSearch
from search.params import Params

SignIn = Callable[[User], Client]
URL = "/search/"


@pytest.fixture(autouse=True)
def indexed(investigator: User) -> None:
    sync.rebuild()


def page(client: Client, **asked: str) -> str:
    answer = client.get(URL, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_search_is_saved_opened_and_deleted(sign_in: SignIn, investigator: User) -> None:
    client = sign_in(investigator)
    asked = "q=black+tea&kind=case&from=2024-03-01"
    answer = client.post(f"/search/save/?{asked}", {"name": "Tea by sea"}, follow=True)
    assert "Saved." in answer.content.decode()
    shown = page(client)
    assert "Tea by sea" in shown
    assert f"/search/?{asked.replace('&', '&amp;')}" in shown
    row = SavedSearch.objects.get()
    client.post(f"/search/saved/{row.pk}/delete/")
    assert "Tea by sea" not in page(client)


def test_a_saved_search_is_nobody_elses(
    sign_in: SignIn, investigator: User, colleague: User
) -> None:
    row = saved.save(Params(typed="tea"), name="Mine", actor=investigator)
    other = sign_in(colleague)
    assert "Mine" not in page(other)
    assert other.post(f"/search/saved/{row.pk}/delete/").status_code == 404
    saved.delete(row, actor=colleague)
    assert SavedSearch.objects.filter(pk=row.pk).exists()


def test_a_name_is_used_once_by_one_person(
    sign_in: SignIn, investigator: User, colleague: User
) -> None:
    saved.save(Params(typed="tea"), name="Tea", actor=investigator)
    saved.save(Params(typed="tea"), name="Tea", actor=colleague)
    answer = sign_in(investigator).post("/search/save/?q=tea", {"name": "Tea"})
    assert "Choose another" in answer.content.decode()


def test_nothing_and_too_much_are_refused(
    investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(RuleBroken, match="Ask for something"):
        saved.save(Params(), name="Nothing", actor=investigator)
    with pytest.raises(RuleBroken, match="too long"):
        saved.save(Params(typed="象" * 900), name="Long", actor=investigator)
    monkeypatch.setattr(saved, "MOST", 1)
    saved.save(Params(typed="one"), name="One", actor=investigator)
    with pytest.raises(RuleBroken, match="Delete one"):
        saved.save(Params(typed="two"), name="Two", actor=investigator)


def test_what_was_asked_is_remembered_newest_first(sign_in: SignIn, investigator: User) -> None:
    client = sign_in(investigator)
    for typed in ("tea", "ivory", "tea"):
        page(client, q=typed)
    assert [one.words for one in recent.of(investigator)] == ["tea", "ivory"]
    shown = page(client)
    assert shown.index(">tea<") < shown.index(">ivory<")


def test_narrowing_turning_pages_and_looking_are_not(sign_in: SignIn, investigator: User) -> None:
    client = sign_in(investigator)
    page(client)
    page(client, q="tea", kind="case")
    page(client, q="tea", page="2")
    page(client, q="tea", **{"from": "2024-01-01"})
    assert recent.of(investigator) == []


def test_only_the_last_twenty_stay(investigator: User) -> None:
    for n in range(25):
        recent.note(investigator, Params(typed=f"tea {n}"))
    assert [one.words for one in recent.of(investigator)] == [f"tea {24 - n}" for n in range(20)]
    assert RecentSearch.objects.count() == 20


def test_they_are_forgotten_on_demand(sign_in: SignIn, investigator: User, colleague: User) -> None:
    for person in (investigator, colleague):
        recent.note(person, Params(typed="tea"))
    sign_in(investigator).post("/search/recent/clear/")
    assert recent.of(investigator) == []
    assert len(recent.of(colleague)) == 1


def test_the_same_question_again_writes_nothing(investigator: User) -> None:
    recent.note(investigator, Params(typed="tea"))
    with CaptureQueriesContext(connection) as asked:
        recent.note(investigator, Params(typed="tea"))
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        recent.note(investigator, Params(typed="ivory"))
    assert sum("INSERT" in one["sql"] or "UPDATE" in one["sql"] for one in asked) == 1


def test_a_row_that_cannot_be_written_stops_nothing(
    sign_in: SignIn, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        from django.db import OperationalError

        raise OperationalError("database is locked")

    monkeypatch.setattr(RecentSearch, "save", fail)
    assert "0 found" in page(sign_in(investigator), q="tea")


def test_neither_is_in_the_audit(sign_in: SignIn, investigator: User) -> None:
    before = AuditEntry.objects.count()
    page(sign_in(investigator), q="tea")
    saved.save(Params(typed="tea"), name="Tea", actor=investigator)
    recent.clear(actor=investigator)
    assert not AuditEntry.objects.filter(action__startswith="search").exists()
    assert AuditEntry.objects.count() - before <= 1  # signing in
