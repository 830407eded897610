"""Screening: what is found, what is kept, what is raised anew, and for whom."""

from casework.models import User
from kyc import screening
from kyc.models import Hit
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
