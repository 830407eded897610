"""Suggestions while somebody types: JSON, signed-in people only, reference data only."""

from collections.abc import Callable

import pytest
from django.test import Client

from casework.models import User

SignIn = Callable[[User], Client]
NAMES = ("ports", "taxa", "goods", "countries")


@pytest.mark.parametrize(
    ("name", "typed", "first"),
    [
        ("ports", "momb", {"value": "KEMBA", "label": "Mombasa KEMBA", "note": "KE"}),
        (
            "taxa",
            "loxodonta af",
            {
                "value": "Loxodonta africana",
                "label": "Loxodonta africana",
                "note": "African elephant, App. I/II",
            },
        ),
        ("countries", "kenya", {"value": "KE", "label": "Kenya", "note": "KE"}),
    ],
)
def test_suggestions(
    outsider: User, sign_in: SignIn, name: str, typed: str, first: dict[str, str]
) -> None:
    answer = sign_in(outsider).get(f"/suggest/{name}/", {"q": typed})
    assert answer.json()[0] == first


@pytest.mark.parametrize("name", NAMES)
def test_strangers_are_sent_to_sign_in(client: Client, name: str, db: None) -> None:
    answer = client.get(f"/suggest/{name}/", {"q": "momb"})
    assert answer.status_code == 302
    assert "/sign-in/" in answer["Location"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("typed", ["", "a", "\x00\x00", "%_%", "'\"<>", "x" * 10_000])
def test_no_text_breaks_a_suggestion(
    outsider: User, sign_in: SignIn, name: str, typed: str
) -> None:
    assert sign_in(outsider).get(f"/suggest/{name}/", {"q": typed}).status_code == 200
