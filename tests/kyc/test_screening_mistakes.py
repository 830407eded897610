"""What must not go wrong in screening: names that left a list, lost judgements, a broken party."""

from typing import Any

import pytest

from casework.models import User
from kyc.models import Hit, Party
from kyc.watch import hits, screening, screening_pages
from tests.kyc import lists

pytestmark = pytest.mark.django_db


def test_a_name_that_left_its_list_before_the_run_is_not_held_against_anybody(
    investigator: User, manager: User
) -> None:
    """Two versions came while nothing was compared; only the second stands."""
    lists.party(investigator, "Korvin Baltazar Okuthe")
    screening.version_came(lists.version(manager, "Korvin Baltazar Okuthe"))
    screening.version_came(lists.version(manager, "Ysolde Marang"))
    screening.work()
    assert not screening_pages.open_hits(investigator).exists()
    assert not screening.is_waiting()


def test_a_judgement_given_while_a_list_is_compared_stays(
    investigator: User, manager: User
) -> None:
    party = lists.party(investigator, "Korvin Baltazar Okuthe")
    screening.screen_version(lists.version(manager, "Korvin Baltazar Okuthe"))
    read_before = Hit.objects.get()
    screening.judge(read_before, judgement="different", reason="Another", actor=investigator)
    hits.close([Hit.objects.get(party=party), read_before])
    hit = Hit.objects.get()
    assert (hit.judgement, hit.judged_by) == ("different", investigator)
    assert hit.history.latest().judgement == "different"


def test_a_party_that_cannot_be_compared_holds_up_nobody(
    investigator: User, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (lists.party(investigator, name) for name in ("Ysolde Marang", "Korvin Okuthe"))
    lists.version(manager, "Ysolde Marang", "Korvin Okuthe")
    for party in (first, second):
        screening.party_came(party)
    real = screening.screen_party

    def screen(party: Party) -> Any:
        if party == first:
            raise ValueError("a name like no other")
        return real(party)

    with monkeypatch.context() as patch:
        patch.setattr(screening, "screen_party", screen)
        screening.work()
    assert [hit.party for hit in Hit.objects.all()] == [second]
    assert screening.is_waiting()  # it is not forgotten either
    screening.work()
    assert Hit.objects.count() == 2
    assert not screening.is_waiting()


def test_a_run_that_breaks_holds_up_no_other_list(
    investigator: User, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists.party(investigator, "Korvin Baltazar Okuthe")
    broken = screening.version_came(lists.version(manager, "Ysolde Marang", of="One"))
    screening.version_came(lists.version(manager, "Korvin Baltazar Okuthe", of="Two"))
    real = screening._go_on

    def go_on(run: Any) -> None:
        if run == broken:
            raise ValueError("a list like no other")
        real(run)

    monkeypatch.setattr(screening, "_go_on", go_on)
    screening.work()
    assert Hit.objects.get().entry.watchlist.name == "Two"
    assert screening.is_waiting()
