"""Every kind of record is found by its own words, by exactly those who may see it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries as AssertNumQueries

from casework import access, people
from casework.models import User
from kyc import parties
from search import documents, links, loading, sync
from search.documents.context import contexts
from search.engines import Key
from tests.search.conftest import Find, Story
from tests.search.whole_story import Whole

FOUND = {
    "tea chests": "case",
    "sniffer dog": "seizure",
    "black tea": "consignment",
    "FCIU 523579 6": "consignment",
    "cu558120": "consignment",
    "mdo mba 2402817": "consignment",
    "invented star": "consignment",
    "cpr 2024 0031": "involvement",
    "godown": "fact",
    "sawn": "exhibit",
    "sisal": "custody",
    "noon": "note",
    "hatch": "file",
    "418/2024": "proceeding",
    "Juma Otieno": "accused",
    "interpreter": "hearing",
}


@pytest.fixture(autouse=True)
def indexed(story: Story) -> None:
    sync.rebuild()


def leave_to_the_team(story: Story, actor: User) -> None:
    """End the grant of the recorder's unit."""
    row = story.case.group_grants.get(permission__codename="investigator")
    access.revoke(row, actor=actor, reason="Only the team")


def test_the_team_finds_every_kind(find: Find, custodian: User, outsider: User) -> None:
    for typed, kind in FOUND.items():
        assert kind in {found.split(":")[0] for found in find(custodian, typed)}, typed
        assert find(outsider, typed) == set(), typed


def test_sensitive_records_need_the_right_to_them(
    find: Find, prosecutor: User, custodian: User, colleague: User
) -> None:
    for typed in ("informant", "mongoose"):
        assert find(prosecutor, typed)
        assert find(custodian, typed) == find(colleague, typed) == set()


def test_the_register_is_shared_but_not_where_a_party_appears(
    find: Find, manager: User, prosecutor: User, story: Story, outsider: User
) -> None:
    leave_to_the_team(story, manager)
    assert find(manager, "tamarind") == {"party: Tamarind Reef Exporters Ltd"}
    assert find(manager, "godown") == set()
    assert find(prosecutor, "tamarind CPR/2024/0031") == {
        "party: Tamarind Reef Exporters Ltd",
        "involvement: Tamarind Reef Exporters Ltd",
    }
    assert find(outsider, "tamarind") == set()


def test_a_party_kept_to_a_case_is_not_in_the_register(
    find: Find, investigator: User, manager: User, story: Story
) -> None:
    kept = parties.create(
        kind="firm", name="Baobab Kept Ltd", own_case=story.case, actor=investigator
    )
    leave_to_the_team(story, manager)
    sync.catch_up()
    assert find(investigator, "baobab") == {f"party: {kept.name}"}
    assert find(manager, "baobab") == set()


def test_making_an_exhibit_restricted_hides_it_at_once(
    find: Find, custodian: User, investigator: User, story: Story
) -> None:
    from evidence import custody, exhibits

    offer = story.exhibit.custody.awaiting_acknowledgement().get()
    custody.withdraw(offer, reason="It stays with the informant's file", actor=investigator)
    sync.catch_up()
    assert find(custodian, "sawn")
    exhibits.amend(story.exhibit, is_restricted=True, actor=investigator)
    assert find(custodian, "sawn") == find(custodian, "sisal") == set()
    sync.catch_up()
    assert find(custodian, "sawn") == find(custodian, "sisal") == set()
    assert len(find(investigator, "sawn")) == 1


def test_an_expired_grant_finds_nothing(
    find: Find, outsider: User, investigator: User, story: Story
) -> None:
    soon = timezone.now() + timedelta(hours=1)
    row = access.grant(
        story.case, role="viewer", to=outsider, actor=investigator, reason="x", expires_at=soon
    )
    sync.catch_up()
    assert find(outsider, "sawn")
    type(row).objects.filter(pk=row.pk).update(expires_at=timezone.now())
    assert find(outsider, "sawn") == set()


def test_the_index_reads_custody_events_as_a_page_does(
    story: Story, django_assert_num_queries: AssertNumQueries
) -> None:
    events = documents.SOURCES["custody"]
    shown = {row.pk: events.read(row) for row in events.rows()}
    with django_assert_num_queries(1):
        indexed = documents.records(Key("custody", pk) for pk in shown)
    assert {key.pk: record.content for key, record in indexed.items()} == shown


def test_loading_asks_the_same_number_of_queries(
    story: Story, django_assert_num_queries: AssertNumQueries, investigator: User, tmp_path: Path
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from casework import cases

    def queries() -> int:
        keys = [key for key in documents.keys_of_cases([story.case.pk]) if key.kind == "note"]
        with CaptureQueriesContext(connection) as asked:
            documents.load(keys)
        return len(asked)

    before = queries()
    for n in range(5):
        cases.note(story.case, text=f"n{n}", happened_at=timezone.now(), actor=investigator)
    assert queries() == before


def test_facets_of_a_case_stand_on_its_documents(story: Story) -> None:
    facets = contexts({story.case.pk})[story.case.pk].facets
    assert facets["port"] == ("KEMBA", "VNHPH")
    assert facets["species"] == ("Loxodonta africana",)
    assert facets["agency"] == ("WS",)


@pytest.mark.parametrize("who", ["custodian", "prosecutor"])
def test_every_hit_leads_to_a_page_that_its_reader_may_open(
    whole: Whole, who: str, sign_in: Callable[[User], Client], request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    keys = [document.key for document in loading.everything({})]
    found = documents.records(keys, visible_to=person).values()
    pages = {links.of(record).split("#")[0] for record in found}
    assert len(pages) > 20
    signed_in = sign_in(person)
    assert {page for page in pages if signed_in.get(page).status_code != 200} == set()


def test_named_values_are_codes_and_words(story: Story) -> None:
    case = contexts({story.case.pk})[story.case.pk].values
    assert case["species"] == ("African elephant", "Loxodonta africana")
    assert {"KEMBA", "Mombasa", "VNHPH"} <= set(case["port"])
    assert case["court"] == ("CF 418/2024", "Mombasa Law Courts")
    assert {"WS", "Wildlife Service"} == set(case["agency"])
    assert "Trafficking through a port" in case["tier"]
    (load,) = (d for d in loading.everything({}) if d.key.kind == "consignment")
    assert load.values["container"] == ("FCIU5235796",)
    assert load.values["seal"] == ("CU 558120",)
    assert load.values["vessel"] == ("Invented Star",)
    assert "Consignment" in load.values["kind"]


def test_a_new_name_of_an_officer_is_found(
    find: Find, story: Story, investigator: User, manager: User
) -> None:
    people.change_person(investigator, name="Zawadi Renamed", actor=manager)
    sync.catch_up()
    assert "case: Ivory under the tea chests" in find(investigator, "Zawadi")
    assert not any(sync.drift().values())
