"""The background: one task waits, comes back while somebody is away, and rests when all is done."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from casework import clock
from casework.ledger import signing
from evidence.models import Cosignature, SignedHead
from evidence.tree import attesting, outgoing
from tests.evidence.ledgers import (
    head,
    signed,
    through_the_client,
    trust,
    watching,
    witnessed_by,
)

__all__ = ["head", "signed", "through_the_client", "watching"]


@pytest.fixture
def worker() -> Iterator[None]:
    """Tasks are rows, as in an installation."""
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}):
        yield


@pytest.fixture
def witness(
    signed: signing.Signer, watching: signing.Signer, settings: Settings, tmp_path: Path
) -> None:
    trust(settings, tmp_path, signed.key)
    witnessed_by(settings, tmp_path, watching.witness_key, "https://watch.example/witness")


def waiting() -> list[timedelta]:
    rows = DBTaskResult.objects.filter(status="READY").order_by("run_after")
    return [row.run_after - clock.now() for row in rows]


def work() -> None:
    """What the worker does when the time of each task has come."""
    DBTaskResult.objects.filter(status="READY").update(run_after=clock.now())
    call_command("db_worker", batch=True, startup_delay=False, verbosity=0, queue_name="*")


def test_several_acts_wake_one_task(worker: None, witness: None, head: SignedHead) -> None:
    for _act in range(3):
        attesting.wake()
    (soon,) = waiting()
    assert soon <= attesting.SOON


@pytest.mark.django_db(transaction=True)  # the worker has connections of its own
def test_the_worker_sends_the_head_and_rests(
    worker: None, witness: None, head: SignedHead, through_the_client: None
) -> None:
    attesting.wake()
    work()
    assert Cosignature.objects.count() == 1
    assert waiting() == []


@pytest.mark.django_db(transaction=True)  # the worker has connections of its own
def test_a_witness_that_is_away_is_asked_again_later(
    worker: None, witness: None, head: SignedHead, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outgoing, "post", lambda *args: (503, b""))
    attesting.wake()
    work()
    (later,) = waiting()
    assert attesting.SOON < later <= attesting.AGAIN
    attesting.wake()  # a new act does not wait for that
    assert len(waiting()) == 2


def test_without_anybody_to_ask_no_task_is_made(worker: None, head: SignedHead) -> None:
    attesting.wake()
    assert waiting() == []
