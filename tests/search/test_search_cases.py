"""Search from the command line."""

import json

import pytest
from django.core.management import CommandError, call_command

from casework.models import User
from search import sync
from tests.search.conftest import Story


@pytest.fixture(autouse=True)
def indexed(story: Story) -> None:
    sync.rebuild()


def asked(capsys: pytest.CaptureFixture[str], query: str, person: User) -> dict[str, object]:
    call_command("search_cases", query, "--as", person.username, "--json")
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return answer


def test_it_answers_as_the_page_would(
    capsys: pytest.CaptureFixture[str], investigator: User, outsider: User, story: Story
) -> None:
    answer = asked(capsys, "tea chests", investigator)
    assert answer["total"] == 1
    assert answer["hits"][0]["case"] == story.case.reference  # type: ignore[index]
    assert answer["facets"]["port"][0] == {"value": "KEMBA", "count": 1}  # type: ignore[index]
    assert asked(capsys, "tea chests", outsider)["hits"] == []


def test_it_reads_as_text(capsys: pytest.CaptureFixture[str], investigator: User) -> None:
    call_command("search_cases", "sniffer", "--as", "investigator")
    assert "1 found" in capsys.readouterr().out


def test_nobody_of_that_name(story: Story) -> None:
    with pytest.raises(CommandError, match="Nobody signs in as"):
        call_command("search_cases", "tea", "--as", "stranger")
