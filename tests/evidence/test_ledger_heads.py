"""The page of the ledger: who has confirmed which head, and what is pending."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from casework.ledger import checkpoint, signing
from casework.models import Case, User
from evidence.models import SignedHead
from evidence.tree import outgoing, witnesses
from tests.evidence.ledgers import (
    head,
    register,
    sequence,
    signed,
    through_the_client,
    trust,
    watching,
    witnessed_by,
)

__all__ = ["head", "signed", "through_the_client", "watching"]
SignIn = Callable[[User], Client]
URL = "https://watch.example/witness"


@pytest.fixture
def witness(
    signed: signing.Signer, watching: signing.Signer, settings: Settings, tmp_path: Path
) -> checkpoint.Key:
    trust(settings, tmp_path, signed.key)
    witnessed_by(settings, tmp_path, watching.witness_key, URL)
    return watching.witness_key


def page(sign_in: SignIn, person: User) -> str:
    return sign_in(person).get(reverse("evidence:ledger-heads")).content.decode()


def test_it_shows_who_has_confirmed_the_newest_head(
    head: SignedHead,
    witness: checkpoint.Key,
    through_the_client: None,
    auditor: User,
    sign_in: SignIn,
) -> None:
    assert "not yet" in page(sign_in, auditor)
    witnesses.send_newest()
    shown = page(sign_in, auditor)
    assert witness.name in shown
    assert "not yet" not in shown
    assert "our own key only" not in shown


def test_it_says_why_a_witness_does_not_answer(
    head: SignedHead,
    witness: checkpoint.Key,
    monkeypatch: pytest.MonkeyPatch,
    manager: User,
    sign_in: SignIn,
) -> None:
    monkeypatch.setattr(outgoing, "post", lambda *args: (403, b""))
    witnesses.send_newest()
    assert "It does not know our key" in page(sign_in, manager)


def test_without_witnesses_it_says_what_that_means(
    head: SignedHead, auditor: User, sign_in: SignIn
) -> None:
    assert "Nobody confirms our heads yet" in page(sign_in, auditor)


def test_without_a_head_and_without_a_key(db: None, auditor: User, sign_in: SignIn) -> None:
    shown = page(sign_in, auditor)
    assert "There is no signing key" in shown
    assert "No head yet" in shown


@pytest.mark.parametrize("name", ["investigator", "custodian", "prosecutor", "outsider"])
def test_only_managers_and_auditors_see_it(
    name: str, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    answer = sign_in(request.getfixturevalue(name)).get(reverse("evidence:ledger-heads"))
    assert answer.status_code == 403


def test_the_same_queries_for_3_and_30_heads(
    head: SignedHead,
    case: Case,
    investigator: User,
    auditor: User,
    sign_in: SignIn,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    client = sign_in(auditor)
    client.get(reverse("evidence:ledger-heads"))
    for rows in (3, 30):
        while SignedHead.objects.count() < rows:
            register(case, investigator)
            sequence()
        with django_assert_max_num_queries(16):  # type: ignore[attr-defined]
            client.get(reverse("evidence:ledger-heads"))
