"""Screening: what is found, what is kept, what is raised anew, and for whom."""

from typing import Any

import pytest

from casework import people
from casework.errors import NotAllowed, RuleBroken
from casework.models import Agency, AuditEntry, Case, Code, User
from kyc import parties
from kyc.diligence import merges
from kyc.models import Hit, Party, Screening, WatchlistEntry
from kyc.watch import screening, screening_pages
from tests.conftest import PASSWORD
from tests.kyc import lists


@pytest.fixture
def at_once(django_capture_on_commit_callbacks: Any) -> Any:
    """What follows a commit happens at the end of the block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def stranger(customs: Agency) -> User:
    """Writes to the register, and has no case."""
    return people.create_person(
        username="stranger",
        password=PASSWORD,
        name="Neema Achieng",
        position="investigator",
        agency=customs,
        actor=None,
    )


@pytest.fixture
def party(investigator: User) -> Party:
    return lists.party(investigator, "Korvin Baltazar Okuthe")


@pytest.fixture
def hit(party: Party, manager: User) -> Hit:
    screening.screen_version(lists.version(manager, "OKUTHE, Korvin Baltazar"))
    found: Hit = Hit.objects.get()
    return found


def judge(hit: Hit, actor: User, judgement: str = "different") -> Hit:
    return screening.judge(hit, judgement=judgement, reason="Another birth", actor=actor)


def test_a_new_list_screens_all_parties(party: Party, manager: User) -> None:
    version = lists.version(manager, "OKUTHE, Korvin Baltazar", "Ysolde Marang")
    run = screening.screen_version(version)
    hit = Hit.objects.get()
    assert (hit.party, hit.entry.uid) == (party, "OKUTHE, Korvin Baltazar")
    assert hit.version == version
    assert hit.explanation
    assert (run.total, run.done, run.hits) == (1, 1, 1)
    assert run.finished_at


def test_a_new_party_is_screened_against_all_lists(
    at_once: Any, investigator: User, manager: User
) -> None:
    lists.version(manager, "Korvin Baltazar Okuthe", of="One")
    lists.version(manager, "Okuthe Korvin Baltazar", of="Two")
    with at_once():
        lists.party(investigator, "Korvin Baltazar Okuthe")
    assert {hit.entry.watchlist.name for hit in Hit.objects.all()} == {"One", "Two"}
    assert not Screening.objects.exists()  # the errand is done and leaves no trace


def test_a_new_alias_is_screened(
    at_once: Any, party: Party, investigator: User, manager: User
) -> None:
    lists.version(manager, "Ysolde Marang")
    with at_once():
        lists.say(party, "alias", "Marang, Ysolde", investigator)
    assert Hit.objects.get().party == party


def test_a_number_is_found_under_another_name(party: Party, manager: User) -> None:
    lists.say(party, "passport", "ZX 4471902", party.created_by)
    number = {"kind": "passport", "value": "ZX4471902", "country": ""}
    version = lists.version(manager, "Korvin B. Okuti", identifiers=[number])
    screening.screen_version(version)
    assert Hit.objects.get().score > 800


def test_a_judged_hit_is_not_raised_again(hit: Hit, investigator: User) -> None:
    judge(hit, investigator)
    screening.screen_party(hit.party)
    assert Hit.objects.get().judgement == "different"
    assert not screening_pages.open_hits(investigator).exists()


def test_a_hit_is_raised_anew_when_the_party_changed(hit: Hit, investigator: User) -> None:
    judge(hit, investigator)
    lists.say(hit.party, "birth_date", "1971-04-02", investigator)
    screening.screen_party(hit.party)
    anew = screening_pages.open_hits(investigator).get()
    assert anew.judgement == ""
    former = screening_pages.sights(investigator, [anew])[0].former
    assert former is not None
    assert former.reason == "Another birth"


def test_a_hit_is_raised_anew_when_the_entry_changed(
    hit: Hit, investigator: User, manager: User
) -> None:
    judge(hit, investigator)
    old = hit.entry
    version = lists.version(manager)
    WatchlistEntry.objects.create(
        watchlist=old.watchlist, uid=old.uid, since=version.number, name=old.name,
        birth_dates=["1971"], digest="2",
    )  # fmt: skip
    screening.screen_version(version)
    anew = screening_pages.open_hits(investigator).get()
    assert anew.version == version
    assert screening_pages.sights(investigator, [anew])[0].former == hit


def test_an_unchanged_entry_is_not_raised_by_a_new_version(
    hit: Hit, investigator: User, manager: User
) -> None:
    judge(hit, investigator)
    run = screening.screen_version(lists.version(manager, hit.entry.name, "Ysolde Marang"))
    assert run.hits == 0
    assert Hit.objects.get().version.number == 1


def test_a_hit_ends_when_the_entry_leaves_its_list(hit: Hit, manager: User) -> None:
    screening.screen_version(lists.version(manager, "Ysolde Marang"))
    hit.refresh_from_db()
    assert hit.closed_at


def test_a_hit_ends_when_the_party_no_longer_resembles(hit: Hit, investigator: User) -> None:
    parties.change(hit.party, name="Ysolde Marang", actor=investigator)
    screening.screen_party(hit.party)
    hit.refresh_from_db()
    assert hit.closed_at


def test_the_old_name_back_brings_the_old_judgement_back(hit: Hit, investigator: User) -> None:
    judge(hit, investigator)
    for name in ("Ysolde Marang", hit.party.name):
        parties.change(hit.party, name=name, actor=investigator)
        screening.screen_party(hit.party)
    hit.refresh_from_db()
    assert (hit.judgement, hit.closed_at) == ("different", None)


def test_merged_parties_are_one(hit: Hit, investigator: User) -> None:
    kept = lists.party(investigator, "Ysolde Marang")
    merge = merges.merge(kept, hit.party, reason="One desk", actor=investigator)
    screening.screen_party(kept)
    assert Hit.objects.get(closed_at=None).party == kept
    merges.undo(merge, reason="Two desks", actor=investigator)
    for party in (kept, Party.objects.get(pk=hit.party_id)):
        screening.screen_party(party)
    assert Hit.objects.get(closed_at=None) == hit


def test_a_trusted_list_raises_no_alarm(party: Party, investigator: User, manager: User) -> None:
    version = lists.version(manager, party.name, of="Authorised", meaning="trusted")
    screening.screen_version(version)
    assert not screening_pages.open_hits(investigator).exists()
    rows = list(screening_pages.of_party(investigator, party))
    assert [row.entry.name for row in screening_pages.trusted(rows)] == [party.name]


def test_a_run_goes_on_where_it_stopped(
    manager: User, investigator: User, monkeypatch: Any
) -> None:
    monkeypatch.setattr(screening, "BATCH", 2)
    for number in range(5):
        lists.party(investigator, f"Korvin Baltazar Okuthe {'I' * number}")
    run = screening.version_came(lists.version(manager, "Korvin Baltazar Okuthe"))
    with monkeypatch.context() as patch:
        patch.setattr(screening, "_screen_batch", _killed_after(3, screening._screen_batch))
        with pytest.raises(KeyboardInterrupt):
            screening.work()
    run.refresh_from_db()
    assert (run.done, run.finished_at) == (4, None)
    screening.work()
    run.refresh_from_db()
    assert (run.done, run.total, bool(run.finished_at)) == (5, 5, True)
    assert Hit.objects.count() == run.hits == 5


def _killed_after(turn: int, real: Any) -> Any:
    turns = iter(range(1, turn + 1))

    def screen(*args: Any) -> None:
        if next(turns) == turn:
            raise KeyboardInterrupt
        real(*args)

    return screen


def test_an_errand_that_was_killed_is_found_again(
    party: Party, manager: User, monkeypatch: Any
) -> None:
    lists.version(manager, party.name)
    screening.party_came(party)
    with monkeypatch.context() as patch:
        patch.setattr(screening, "screen_party", _killed_after(1, None))
        with pytest.raises(KeyboardInterrupt):
            screening.work()
    assert screening.is_waiting()
    screening.work()
    assert Hit.objects.exists()
    assert not screening.is_waiting()


def test_judging_needs_a_position_and_a_reason(hit: Hit, investigator: User, auditor: User) -> None:
    with pytest.raises(NotAllowed):
        judge(hit, auditor)
    with pytest.raises(RuleBroken, match="Write what you compared"):
        screening.judge(hit, judgement="same", reason=" ", actor=investigator)


def test_judging_again_takes_it_back_and_keeps_both(hit: Hit, investigator: User) -> None:
    judge(hit, investigator)
    judge(hit, investigator, "same")
    said = [row.judgement for row in hit.history.order_by("history_date")]
    assert said == ["", "different", "same"]
    assert AuditEntry.objects.filter(action="hit.judge").count() == 2


def test_a_closed_hit_is_not_judged(hit: Hit, investigator: User, manager: User) -> None:
    screening.screen_version(lists.version(manager))
    with pytest.raises(RuleBroken, match="no longer stands"):
        judge(hit, investigator)


@pytest.fixture
def from_a_case(case: Case, investigator: User, manager: User) -> Hit:
    """A hit that only what the case says raises."""
    firm = lists.party(investigator, "Tamarind Reef Exporters Ltd", kind="firm")
    role = Code.objects.get(kind="party_role", code="shipper")
    parties.involve(case, firm, role=role, actor=investigator)
    lists.say(firm, "trading_name", "Zambarau Ndovu Traders", investigator, case)
    screening.screen_version(lists.version(manager, "Zambarau Ndovu Traders"))
    hit: Hit = Hit.objects.get()
    assert hit.case == case
    return hit


def test_a_hit_from_a_case_shows_to_its_readers_only(
    from_a_case: Hit, investigator: User, stranger: User
) -> None:
    assert list(screening_pages.open_hits(investigator)) == [from_a_case]
    assert Party.objects.visible_to(stranger).filter(pk=from_a_case.party_id).exists()
    assert not Hit.objects.visible_to(stranger).exists()
    assert not screening_pages.open_hits(stranger).exists()
    with pytest.raises(NotAllowed):
        judge(from_a_case, stranger)


def test_what_a_case_adds_to_a_hit_of_the_register_shows_there_only(
    case: Case, hit: Hit, investigator: User, stranger: User, manager: User
) -> None:
    role = Code.objects.get(kind="party_role", code="shipper")
    parties.involve(case, hit.party, role=role, actor=investigator)
    before = (hit.score, hit.explanation, hit.party_digest)
    lists.say(hit.party, "alias", "Okuthe Korvin Baltazar", investigator, case)
    lists.say(hit.party, "passport", "ZX4471902", investigator, case)
    screening.screen_party(hit.party)
    mine = Hit.objects.visible_to(stranger).get()
    assert (mine.score, mine.explanation, mine.party_digest) == before
    assert "ZX4471902" not in str(screening_pages.sights(stranger, [mine])[0].rows)


def test_a_party_kept_to_a_case_is_found_for_that_case_only(
    case: Case, investigator: User, stranger: User, manager: User
) -> None:
    lists.party(investigator, "Korvin Baltazar Okuthe", own_case=case)
    screening.screen_version(lists.version(manager, "Korvin Baltazar Okuthe"))
    assert Hit.objects.get().case == case
    assert not Hit.objects.visible_to(stranger).exists()
