"""The product on a real Elasticsearch: page, command, rebuild, and a permission that never lags."""

import json
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from casework import access, cases
from casework.models import CaseUserGrant, User
from search import index, run, sync
from search.engines.elastic import ElasticEngine
from search.engines.elastic_server import Address
from search.models import OutboxEntry
from tests.search import elastic_edge
from tests.search.conftest import Committed, Find, Story

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def indexed(on_elasticsearch: Address, story: Story) -> None:
    sync.rebuild()
    assert isinstance(index.engine(), ElasticEngine)


def test_the_page_shows_what_matched(sign_in: SignIn, investigator: User) -> None:
    page = sign_in(investigator).get("/search/", {"q": "cu 558120"}).content.decode()
    assert "<mark>CU 558120</mark>" in page


def test_an_outsider_sees_nothing_of_it(sign_in: SignIn, outsider: User, story: Story) -> None:
    page = sign_in(outsider).get("/search/", {"q": "ivory"}).content.decode()
    assert story.case.reference not in page
    assert "KEMBA" not in page


def test_the_command_answers(
    capsys: pytest.CaptureFixture[str], investigator: User, story: Story
) -> None:
    call_command("search_cases", "tea chests", "--as", investigator.username, "--json")
    answer = json.loads(capsys.readouterr().out)
    assert [hit["case"] for hit in answer["hits"]] == [story.case.reference]
    assert {"value": "KEMBA", "count": 1} in answer["facets"]["port"]


def test_it_follows_every_change(committed: Committed, investigator: User, find: Find) -> None:
    with committed():
        cases.open_case(title="Pangolin scales in beans", tier="port", actor=investigator)
    assert find(investigator, "pangolin") == {"case: Pangolin scales in beans"}
    assert not OutboxEntry.objects.exists()
    call_command("rebuild_search", check=True)


def test_the_check_names_drift(
    investigator: User, story: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    type(story.case).objects.filter(pk=story.case.pk).update(title="Changed behind its back")
    with pytest.raises(SystemExit):
        call_command("rebuild_search", check=True)
    call_command("rebuild_search")
    call_command("rebuild_search", check=True)


def test_a_grant_and_its_end_count_before_the_index_knows(
    story: Story, outsider: User, investigator: User, find: Find
) -> None:
    assert find(outsider, "tea chests") == set()
    access.grant(story.case, role="viewer", to=outsider, actor=investigator, reason="Helps")
    assert OutboxEntry.objects.exists()
    assert "case: Ivory under the tea chests" in find(outsider, "tea chests")
    sync.catch_up()
    CaseUserGrant.objects.filter(user=outsider).get().delete()
    assert find(outsider, "tea chests") == set()


def test_while_it_is_away_names_are_looked_up_and_nothing_is_lost(
    settings: Settings,
    on_elasticsearch: Address,
    committed: Committed,
    investigator: User,
    find: Find,
) -> None:
    settings.ELASTICSEARCH_URL = elastic_edge.dead_port()
    with committed():
        cases.open_case(title="Pangolin scales in beans", tier="port", actor=investigator)
    assert run.search(investigator, run.Params(typed="tea chests")).is_lookup
    settings.ELASTICSEARCH_URL = on_elasticsearch.hosts[0]
    sync.catch_up()
    assert find(investigator, "pangolin") == {"case: Pangolin scales in beans"}
    call_command("rebuild_search", check=True)
