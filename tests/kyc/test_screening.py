"""Screening: what is found, what is kept, what is raised anew, and for whom."""

from typing import Any

import pytest

from casework.models import User
from kyc import screening
from kyc.models import Hit, Screening
from tests.kyc import lists


def test_a_new_list_screens_all_parties(investigator: User, manager: User) -> None:
    lists.party(investigator, "Korvin Baltazar Okuthe")
    version = lists.version(manager, "OKUTHE, Korvin Baltazar", "Ysolde Marang")
    run = screening.screen_version(version)
    hit = Hit.objects.get()
    assert (hit.party.name, hit.entry.uid) == ("Korvin Baltazar Okuthe", "OKUTHE, Korvin Baltazar")
    assert hit.version == version
    run.refresh_from_db()
    assert (run.total, run.done, run.hits) == (1, 1, 1)
    assert run.finished_at


@pytest.fixture
def at_once(django_capture_on_commit_callbacks: Any) -> Any:
    """What follows a commit happens at the end of the block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_a_new_party_is_screened_against_all_lists(
    at_once: Any, investigator: User, manager: User
) -> None:
    lists.version(manager, "Korvin Baltazar Okuthe", of="One")
    lists.version(manager, "Okuthe Korvin", of="Two")
    with at_once():
        lists.party(investigator, "Korvin Baltazar Okuthe")
    assert {hit.entry.watchlist.name for hit in Hit.objects.all()} == {"One", "Two"}
    assert not Screening.objects.exists()  # the errand is done and leaves no trace


def test_a_new_alias_is_screened(at_once: Any, investigator: User, manager: User) -> None:
    lists.version(manager, "Ysolde Marang")
    party = lists.party(investigator, "Korvin Baltazar Okuthe")
    with at_once():
        lists.say(party, "alias", "Marang, Ysolde", investigator)
    assert Hit.objects.get().party == party
