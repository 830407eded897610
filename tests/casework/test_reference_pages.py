"""The reference tables' pages: for their keeper only, with history, and never with case data."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from casework import admin, people
from casework.models import AuditEntry, Code, User

SignIn = Callable[[User], Client]


@pytest.fixture
def keeper(db: None) -> User:
    return people.create_person(
        username="keeper",
        password="lantern-river-9",
        name="Faith Naliaka",
        position="administrator",
        actor=None,
    )


def fields(code: Code, **changes: str) -> dict[str, str]:
    names = ("kind", "code", "label", "side", "note", "position", "source")
    return {name: str(getattr(code, name)) for name in names} | changes


def test_a_change_is_kept_with_its_history_and_in_the_audit(keeper: User, sign_in: SignIn) -> None:
    code = Code.objects.get(kind="fact_kind", code="phone")
    url = reverse("admin:casework_code_change", args=[code.pk])
    answer = sign_in(keeper).post(url, fields(code, label="Telephone or mobile"))
    assert answer.status_code == 302
    code.refresh_from_db()
    assert code.label == "Telephone or mobile"
    assert code.history.get().history_user == keeper
    assert AuditEntry.objects.get(action="reference.change").detail == {"fields": ["label"]}


def test_nothing_is_deleted(keeper: User, sign_in: SignIn) -> None:
    code = Code.objects.get(kind="fact_kind", code="phone")
    url = reverse("admin:casework_code_delete", args=[code.pk])
    assert sign_in(keeper).post(url, {"post": "yes"}).status_code == 403
    assert Code.objects.filter(pk=code.pk).exists()


def test_only_reference_tables_are_there() -> None:
    tables = {model._meta.model_name for model in admin.site._registry}
    assert tables == {
        "code",
        "port",
        "taxon",
        "goods",
        "court",
        "laboratory",
        "indicator",
        "requirement",
    }


def test_nobody_else_comes_in_whatever_their_flags(
    investigator: User, manager: User, sign_in: SignIn
) -> None:
    manager.is_staff = manager.is_superuser = True
    manager.save()
    for person in (investigator, manager):
        answer = sign_in(person).get(reverse("admin:index"), follow=True)
        assert answer.status_code == 403


def test_signing_in_goes_through_the_one_door(client: Client, db: None) -> None:
    answer = client.get(reverse("admin:index"), follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("login"))
