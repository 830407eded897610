"""The door: throttle, idle time-out, where one goes next, and leaving."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from casework.models import User
from tests.conftest import PASSWORD


def knock(client: Client, password: str = PASSWORD, **fields: str) -> object:
    data = {"username": "investigator", "password": password, **fields}
    return client.post(reverse("login"), data)


def test_the_right_password_opens_and_the_page_asked_for_comes_next(
    investigator: User, client: Client
) -> None:
    asked = client.get(reverse("casework:preferences"))
    assert asked.headers["Location"] == "/sign-in/?next=/settings/"
    answer = knock(client, next="/settings/")
    assert answer.headers["Location"] == "/settings/"  # type: ignore[attr-defined]


def test_next_never_leads_to_another_host(investigator: User, client: Client) -> None:
    answer = knock(client, next="https://casework.example/steal")
    assert answer.headers["Location"] == "/"  # type: ignore[attr-defined]


def test_the_wrong_password_and_the_wrong_name_get_the_same_sentence(
    investigator: User, client: Client
) -> None:
    said = [
        knock(client, password="wrong"),
        knock(client, username="nobody", password="wrong"),
    ]
    texts = [answer.content.decode() for answer in said]  # type: ignore[attr-defined]
    assert all("do not belong together" in text for text in texts)
    assert texts[0].count("investigator") == texts[1].count("nobody")


def test_after_too_many_attempts_the_door_rests_and_says_so(
    investigator: User, client: Client, settings: Settings
) -> None:
    settings.AXES_FAILURE_LIMIT = 3
    for _ in range(3):
        knock(client, password="wrong")
    answer = knock(client)
    assert answer.status_code == 429  # type: ignore[attr-defined]
    assert "Wait, then type the password once, slowly." in answer.content.decode()  # type: ignore[attr-defined]
    assert client.get("/settings/").status_code == 302


def test_capitals_and_spaces_do_not_wake_the_door(
    investigator: User, client: Client, settings: Settings
) -> None:
    settings.AXES_FAILURE_LIMIT = 3
    for name in ("investigator", "Investigator", " INVESTIGATOR "):
        knock(client, username=name, password="wrong")
    for name in ("investigator", "iNVESTIGATOR", "investigator  "):
        assert knock(client, username=name).status_code == 429  # type: ignore[attr-defined]


def test_a_new_session_key_comes_with_signing_in(investigator: User, client: Client) -> None:
    client.get(reverse("login"))
    session = client.session
    session["planted"] = "1"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before or ""
    knock(client)
    assert client.session.session_key != before


def test_an_idle_session_ends(investigator: User, client: Client) -> None:
    client.force_login(investigator)
    client.get("/settings/")
    session = Session.objects.get()
    assert session.expire_date - timezone.now() <= timedelta(minutes=30)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/settings/").headers["Location"] == "/sign-in/?next=/settings/"


def test_working_keeps_the_session_open_without_a_write_each_time(
    investigator: User, client: Client
) -> None:
    client.force_login(investigator)
    client.get("/settings/")
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=1))
    client.get("/settings/")
    assert Session.objects.get().expire_date < timezone.now() + timedelta(minutes=2)
    session = client.session
    session["seen_at"] -= 61
    session.save()
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=1))
    client.get("/settings/")
    assert Session.objects.get().expire_date > timezone.now() + timedelta(minutes=29)


def test_a_person_whose_access_ended_cannot_sign_in(investigator: User, client: Client) -> None:
    User.objects.update(is_active=False)
    assert knock(client).status_code == 200  # type: ignore[attr-defined]
    assert client.get("/settings/").status_code == 302


def test_leaving_takes_a_form_not_a_link(investigator: User, client: Client) -> None:
    client.force_login(investigator)
    assert client.get(reverse("logout")).status_code == 405
    assert client.get("/settings/").status_code == 200
    assert client.post(reverse("logout")).headers["Location"] == reverse("login")
    assert client.get("/settings/").status_code == 302


def test_people_are_listed_on_the_demonstrations_door_only(
    investigator: User, client: Client, settings: Settings
) -> None:
    assert "Amina Wekesa" not in client.get(reverse("login")).content.decode()
    settings.IS_DEMONSTRATION = True
    assert "Amina Wekesa" in client.get(reverse("login")).content.decode()


@pytest.mark.parametrize("name", ["x" * 5000, "a\x00b", "<script>alert(1)</script>", "\u202eevil"])
def test_a_hostile_name_is_refused_like_any_other(name: str, client: Client, db: None) -> None:
    answer = knock(client, username=name)
    assert answer.status_code == 200  # type: ignore[attr-defined]
    assert "<script>alert(1)" not in answer.content.decode()  # type: ignore[attr-defined]
