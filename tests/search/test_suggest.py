"""What the box offers: records one may see, one's own searches, names of fields."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework import access, cases
from casework.models import User
from search import sync
from search.engines import EngineUnavailableError
from search.keeping import recent, saved
from search.models import RecentSearch
from search.params import Params
from tests.search.conftest import Story

SignIn = Callable[[User], Client]
URL = "/search/suggest/"


@pytest.fixture(autouse=True)
def indexed(story: Story) -> None:
    sync.rebuild()


def offered(client: Client, typed: str) -> list[str]:
    answer = client.get(URL, {"q": typed})
    assert answer.status_code == 200
    return re.findall(r"<span><bdi>(.*?)</bdi></span>", answer.content.decode())


def test_records_that_begin_so(sign_in: SignIn, investigator: User) -> None:
    client = sign_in(investigator)
    assert "Tamarind Reef Exporters Ltd" in offered(client, "tamar")
    assert "Ivory under the tea chests" in offered(client, "tea che")
    assert "Ivory under the tea chests" in offered(client, "ivory")


def test_a_page_is_offered_once(sign_in: SignIn, investigator: User) -> None:
    answer = sign_in(investigator).get(URL, {"q": "tamarind"}).content.decode()
    addresses = re.findall(r'data-href="([^"]+)"', answer)
    assert addresses
    assert len(addresses) == len(set(addresses))


def test_a_number_begins_so_however_it_is_typed(sign_in: SignIn, investigator: User) -> None:
    client = sign_in(investigator)
    assert offered(client, "fciu523") == offered(client, "FCIU 523") != []


def test_one_character_is_too_few(sign_in: SignIn, investigator: User) -> None:
    assert offered(sign_in(investigator), " t ") == []


def test_nobody_is_offered_what_they_may_not_see(
    sign_in: SignIn, outsider: User, custodian: User, story: Story
) -> None:
    assert offered(sign_in(outsider), "ivory") == []
    assert offered(sign_in(custodian), "telephone inform") == []  # a restricted exhibit


def test_an_end_of_access_bites_at_once(
    sign_in: SignIn, custodian: User, investigator: User, story: Story
) -> None:
    client = sign_in(custodian)
    assert offered(client, "ivory")
    grant = story.case.user_grants.get(user=custodian)
    access.revoke(grant, actor=investigator, reason="Moved")
    assert offered(client, "ivory") == []


def test_own_searches_are_offered_and_nobody_elses(
    sign_in: SignIn, investigator: User, colleague: User
) -> None:
    saved.save(Params(typed="tea"), name="Pangolins by sea", actor=investigator)
    recent.note(investigator, Params(typed="pango scales"))
    assert offered(sign_in(investigator), "pango") == ["Pangolins by sea", "pango scales"]
    assert offered(sign_in(colleague), "pango") == []


def test_fields_complete_the_last_word(sign_in: SignIn, outsider: User) -> None:
    answer = sign_in(outsider).get(URL, {"q": "ivory spe"}).content.decode()
    assert 'data-fill="ivory species:"' in answer
    assert offered(sign_in(outsider), "-spe") == ["species:"]
    assert offered(sign_in(outsider), "species:lox") == []


def test_an_index_that_is_away_offers_the_rest(
    sign_in: SignIn, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise EngineUnavailableError("away")

    monkeypatch.setattr("search.engines.tantivy.TantivyEngine.search", fail)
    assert offered(sign_in(investigator), "spec") == ["species:"]


@pytest.mark.parametrize(
    "typed", ['"', "((", "\x00\x07", "\u202e\u202e", "x" * 9_000, "象牙", "a:b"]
)
def test_nothing_typed_is_an_error(sign_in: SignIn, investigator: User, typed: str) -> None:
    offered(sign_in(investigator), typed)


def test_a_suggestion_is_not_remembered(sign_in: SignIn, investigator: User) -> None:
    offered(sign_in(investigator), "ivory")
    assert not RecentSearch.objects.exists()


def test_the_number_of_queries_does_not_grow(
    sign_in: SignIn, investigator: User, story: Story
) -> None:
    client = sign_in(investigator)
    offered(client, "heron")

    def queries(rows: int) -> int:
        for n in range(rows):
            cases.note(
                story.case, text=f"heron {n}", happened_at=timezone.now(), actor=investigator
            )
            recent.note(investigator, Params(typed=f"heron {n}"))
        sync.catch_up()
        with CaptureQueriesContext(connection) as asked:
            offered(client, "heron")
        return len(asked)

    assert queries(3) == queries(30)
