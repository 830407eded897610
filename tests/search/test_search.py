"""The search page: who sees what, how it reads, and that nothing typed is an error."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework import cases
from casework.models import User
from search import documents, links, sync
from search.engines import EngineUnavailableError, Key
from tests.search.conftest import Story

SignIn = Callable[[User], Client]
URL = "/search/"


@pytest.fixture(autouse=True)
def indexed(story: Story) -> None:
    sync.rebuild()


def shown(client: Client, **asked: str | list[str]) -> str:
    answer = client.get(URL, asked)
    assert answer.status_code == 200
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def test_its_address() -> None:
    assert reverse("search:search") == URL


def test_a_result_says_what_where_and_why(sign_in: SignIn, investigator: User) -> None:
    page = shown(sign_in(investigator), q="cu 558120")
    assert "1 found" in page
    assert "<mark>CU 558120</mark>" in page
    assert "matched in seal" in page
    assert "KE-MSA-" in page


def test_an_outsider_sees_nothing_of_it(sign_in: SignIn, outsider: User, story: Story) -> None:
    page = shown(sign_in(outsider), q="ivory")
    assert "0 found" in page
    assert story.case.reference not in page
    assert "KEMBA" not in page


def test_every_result_leads_to_a_page_that_opens(
    sign_in: SignIn, investigator: User, story: Story
) -> None:
    client = sign_in(investigator)
    keys = [*documents.keys_of_cases([story.case.pk]), Key("party", story.party.pk)]
    found = documents.records(keys, visible_to=investigator)
    assert len({key.kind for key in found}) > 12
    for record in found.values():
        assert client.get(links.of(record)).status_code == 200, record.key


def test_a_tick_narrows_and_keeps_its_neighbours(sign_in: SignIn, investigator: User) -> None:
    page = shown(sign_in(investigator), q="ivory OR tea", kind="case")
    assert "1 found" in page
    assert 'value="case" checked' in page
    assert 'value="consignment"' in page


ODD: list[dict[str, str | list[str]]] = [
    {"q": "<script>alert(1)</script>"},
    {"q": '"'},
    {"q": "((((-\u202e OR"},
    {"q": "\x00\x07tea"},
    {"q": "x" * 9_000},
    {"q": "tea", "page": "99999999999999999999"},
    {"q": "tea", "page": "-1"},
    {"q": "tea", "page": "\u0664"},
    {"q": "tea", "sort": "sideways"},
    {"q": "tea", "kind": "nonsense"},
    {"q": "tea", "port": ["'; drop table", "\x00"]},
]


def test_nothing_in_an_address_is_an_error(sign_in: SignIn, investigator: User) -> None:
    client = sign_in(investigator)
    for asked in ODD:
        assert "<script>alert" not in shown(client, **asked)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(typed=st.text(max_size=60))
def test_nothing_typed_is_an_error(sign_in: SignIn, investigator: User, typed: str) -> None:
    shown(sign_in(investigator), q=typed.encode("utf-8", "replace").decode())


def test_what_one_may_not_see_changes_no_byte(
    sign_in: SignIn, prosecutor: User, manager: User
) -> None:
    questions: tuple[dict[str, str], ...] = (
        {},
        {"q": "tea"},
        {"q": "ivory OR tusks", "kind": "case"},
    )
    client = sign_in(prosecutor)
    for asked in questions:  # what one asked before is shown where nothing is asked
        shown(client, sort="newest", **asked)
    before = [shown(client, sort="newest", **asked) for asked in questions]
    for n in range(25):
        made = cases.open_case(title=f"Ivory tusks in tea {n}", tier="port", actor=manager)
        cases.note(made, text="tea", happened_at=timezone.now(), actor=manager)
        if n % 10 == 0:
            sync.catch_up()
    sync.catch_up()
    assert [shown(client, sort="newest", **asked) for asked in questions] == before


def test_the_number_of_queries_does_not_grow(
    sign_in: SignIn, investigator: User, story: Story
) -> None:
    client = sign_in(investigator)
    shown(client, q="heron")  # the first page of a session asks once more

    def queries(rows: int) -> int:
        for n in range(rows):
            cases.note(
                story.case, text=f"heron {n}", happened_at=timezone.now(), actor=investigator
            )
        sync.catch_up()
        with CaptureQueriesContext(connection) as asked:
            shown(client, q="heron")
        return len(asked)

    assert queries(3) == queries(14)


def test_pages_lead_on(sign_in: SignIn, investigator: User, story: Story) -> None:
    for n in range(45):
        cases.note(story.case, text=f"heron {n}", happened_at=timezone.now(), actor=investigator)
    sync.catch_up()
    client = sign_in(investigator)
    assert "1 to 20 of 45" in shown(client, q="heron")
    assert "41 to 45 of 45" in shown(client, q="heron", page="3")
    assert "41 to 45 of 45" in shown(client, q="heron", page="400")


def test_an_index_that_is_away_says_so(
    sign_in: SignIn, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise EngineUnavailableError("away")

    monkeypatch.setattr("search.engines.tantivy.TantivyEngine.search", fail)
    page = shown(sign_in(investigator), q="tamarind")
    assert "The full-text index is away" in page
    assert "<mark>Tamarind</mark> Reef Exporters" in page


def test_the_reading_explains_signs(sign_in: SignIn, investigator: User) -> None:
    page = shown(sign_in(investigator), q='"black tea" -draft')
    assert "<b>black tea</b> together" in page
    assert "without <b>draft</b>" in page
