"""What every answer says to the browser: pages, errors, files of the product, leaving."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from casework.models import User


@pytest.mark.parametrize(
    ("address", "host", "status"),
    [
        ("/sign-in/", "127.0.0.1", 200),
        ("/static/casework/casework.css", "127.0.0.1", 200),
        ("/no/such/page/", "127.0.0.1", 404),
        ("/sign-in/", "strange.example", 400),
    ],
)
def test_every_answer_carries_the_policy(
    address: str, host: str, status: int, client: Client, settings: Settings, db: None
) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    answer = client.get(address, HTTP_HOST=host)
    assert answer.status_code == status
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_is_asked_for_again_and_kept_by_nobody_else(
    investigator: User, client: Client
) -> None:
    client.force_login(investigator)
    answer = client.get(reverse("casework:preferences"))
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_leaving_empties_what_the_browser_kept(investigator: User, client: Client) -> None:
    client.force_login(investigator)
    answer = client.post(reverse("logout"))
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert answer.status_code == 302
