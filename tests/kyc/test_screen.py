"""`manage.py screen`: every party or one, in words or as JSON, as one person may see it."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from casework.models import Case, User
from tests.kyc import lists


def run(*arguments: str) -> Any:
    out = StringIO()
    call_command("screen", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_it_prints_who_resembles_whom(investigator: User, manager: User) -> None:
    lists.version(manager, "OKUTHE, Korvin Baltazar")
    party = lists.party(investigator, "Korvin Baltazar Okuthe")
    lists.party(investigator, "Ysolde Marang")
    found = run()
    assert len(found) == 1
    assert (
        found[0]
        | {
            "party": party.pk,
            "name": "Korvin Baltazar Okuthe",
            "uid": "OKUTHE, Korvin Baltazar",
            "list": "Invented list",
            "version": 1,
        }
        == found[0]
    )
    assert found[0]["score"] > 700
    assert found[0]["reasons"]


def test_one_party_and_words(investigator: User, manager: User, capsys: Any) -> None:
    lists.version(manager, "Korvin Baltazar Okuthe")
    party = lists.party(investigator, "Korvin Baltazar Okuthe")
    lists.party(investigator, "Korvin Baltazar Okuthe")
    call_command("screen", "--party", str(party.pk))
    said = capsys.readouterr().out
    assert "Invented list version 1" in said
    assert said.endswith("1 found.\n")


def test_a_person_gets_only_what_they_may_see(
    case: Case, investigator: User, outsider: User, manager: User
) -> None:
    lists.version(manager, "Korvin Baltazar Okuthe")
    lists.party(investigator, "Korvin Baltazar Okuthe", own_case=case)
    assert len(run("--as", "investigator")) == 1
    assert run("--as", "outsider") == []


@pytest.mark.parametrize("arguments", [("--party", "999"), ("--as", "nobody")])
@pytest.mark.django_db
def test_it_says_what_is_not_there(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="N"):
        run(*arguments)
