"""A person's own settings and password."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from casework.models import AuditEntry, User
from tests.conftest import PASSWORD

SignIn = Callable[[User], Client]
NEW = "another-lantern-7"


def change(client: Client, **fields: str) -> str:
    data = {"old_password": PASSWORD, "password": NEW, "again": NEW, **fields}
    return client.post(reverse("casework:account-password"), data).content.decode()


def test_a_new_password_keeps_this_session_and_ends_the_others(
    investigator: User, sign_in: SignIn
) -> None:
    elsewhere = Client()
    elsewhere.force_login(investigator)
    here = sign_in(investigator)
    change(here)
    assert here.get(reverse("casework:preferences")).status_code == 200
    assert elsewhere.get(reverse("casework:preferences")).status_code == 302
    assert AuditEntry.objects.filter(action="person.password").count() == 1


def test_the_old_password_is_asked_and_no_password_is_shown_again(
    investigator: User, sign_in: SignIn
) -> None:
    client = sign_in(investigator)
    page = change(client, old_password="wrong")
    assert "This is not your password." in page
    assert NEW not in page
    assert "The two differ." in change(client, again="other")
    assert "too short" in change(client, password="short", again="short")
    assert User.objects.get(pk=investigator.pk).check_password(PASSWORD)


def test_own_name_and_keys_are_kept_but_never_the_position(
    investigator: User, sign_in: SignIn
) -> None:
    data = {"name": "Amina W. Barasa", "time_zone": "Africa/Kampala", "position": "auditor"}
    sign_in(investigator).post(reverse("casework:preferences"), data)
    person = User.objects.get(pk=investigator.pk)
    assert (person.name, person.time_zone) == ("Amina W. Barasa", "Africa/Kampala")
    assert (person.has_single_keys, person.position) == (False, "investigator")


def test_the_history_of_a_person_holds_no_password(investigator: User, sign_in: SignIn) -> None:
    change(sign_in(investigator))
    fields = {field.name for field in investigator.history.model._meta.fields}
    assert "password" not in fields
