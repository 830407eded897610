"""The state of the index: numbers, for those who look after the installation."""

from collections.abc import Callable

import pytest
from django.test import Client

from casework import people
from casework.models import Agency, User
from search import sync
from search.engines import EngineUnavailableError
from search.models import FileText, OutboxEntry
from tests.conftest import PASSWORD
from tests.search.conftest import Story

SignIn = Callable[[User], Client]
URL = "/search/state/"


@pytest.fixture
def administrator(wildlife: Agency) -> User:
    return people.create_person(
        username="administrator", password=PASSWORD, name="Ada Invented",
        position="administrator", agency=wildlife, actor=None,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def indexed(story: Story) -> None:
    sync.rebuild()


def test_it_counts_and_names_nothing(sign_in: SignIn, administrator: User, story: Story) -> None:
    OutboxEntry.objects.create(kind="case", object_id=story.case.pk, attempts=2)
    file = story.case.attachments.get()
    FileText.objects.update_or_create(
        file=file.file, defaults={"state": FileText.State.UNREAD, "reason": "password"}
    )
    page = sign_in(administrator).get(URL).content.decode()
    assert "tantivy" in page
    assert "Tried in vain" in page
    assert "asks for a password" in page
    assert story.case.reference not in page
    assert file.name not in page


def test_an_engine_that_is_away_is_told(
    sign_in: SignIn, administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise EngineUnavailableError("away")

    monkeypatch.setattr("search.engines.tantivy.TantivyEngine.search", fail)
    assert "fall back to references" in sign_in(administrator).get(URL).content.decode()


def test_only_who_looks_after_it_is_led_there(
    sign_in: SignIn, administrator: User, manager: User
) -> None:
    assert URL in sign_in(administrator).get("/search/").content.decode()
    client = sign_in(manager)
    assert URL not in client.get("/search/").content.decode()
    assert client.get(URL).status_code == 403
