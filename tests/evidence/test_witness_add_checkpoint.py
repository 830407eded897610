"""This installation as a witness: every answer that C2SP tlog-witness prescribes."""

import hashlib
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from casework.errors import RuleBroken
from casework.ledger import checkpoint, signing
from casework.ledger.format import Mismatch
from casework.models import User
from evidence.models import WatchedHead
from evidence.tree import watching as operations
from tests.evidence.ledgers import OtherLedger, trust, watching

__all__ = ["watching"]


@pytest.fixture
def other(watching: signing.Signer, settings: Settings, tmp_path: Path, db: None) -> OtherLedger:
    made = OtherLedger()
    trust(settings, tmp_path, made.signer.key)
    return made


def ask(text: str | bytes) -> Any:
    url = reverse("evidence:witness-add-checkpoint")
    return Client().post(url, data=text, content_type="text/plain")


def test_a_head_is_cosigned_and_kept(other: OtherLedger, watching: signing.Signer) -> None:
    answer = ask(other.ask(0, 5))
    assert answer.status_code == 200
    note = other.note(5) + answer.content.decode()
    assert checkpoint.cosigned_at(note, watching.witness_key)
    kept = WatchedHead.objects.get()
    assert (kept.tree_size, kept.note) == (5, note)


def test_a_longer_head_needs_its_proof(other: OtherLedger) -> None:
    ask(other.ask(0, 5))
    assert ask(other.ask(5, 9)).status_code == 200
    assert ask("old 9\n\n" + other.note(12)).status_code == 422
    assert ask(other.ask(9, 12)).status_code == 200
    assert list(WatchedHead.objects.values_list("tree_size", flat=True)) == [5, 9, 12]


def test_another_old_size_is_a_conflict_that_tells_ours(other: OtherLedger) -> None:
    ask(other.ask(0, 5))
    for text in (other.ask(0, 9), other.ask(4, 9)):
        answer = ask(text)
        assert (answer.status_code, answer.content) == (409, b"5\n")
        assert answer.headers["Content-Type"] == "text/x.tlog.size"


def test_the_same_head_again_is_cosigned_again(other: OtherLedger) -> None:
    ask(other.ask(0, 5))
    assert ask(other.ask(5, 5)).status_code == 200
    assert WatchedHead.objects.count() == 1


def test_a_rewritten_ledger_is_refused(other: OtherLedger) -> None:
    ask(other.ask(0, 5))
    rewritten = OtherLedger(salt=b"x")
    rewritten.signer = other.signer
    for size in (5, 9):
        assert ask(rewritten.ask(5, size)).status_code == 422
    assert WatchedHead.objects.count() == 1


def test_an_unknown_ledger_is_not_found(other: OtherLedger) -> None:
    assert ask(OtherLedger("unknown.example/x").ask(0, 5)).status_code == 404


def test_another_key_is_forbidden(other: OtherLedger) -> None:
    assert ask(OtherLedger().ask(0, 5)).status_code == 403
    broken = other.note(5)[:-6] + "AAAA=\n"
    assert ask(other.ask(0, 5, note=broken)).status_code in (400, 403)
    assert not WatchedHead.objects.exists()


def test_a_size_below_the_old_one_is_a_bad_request(other: OtherLedger) -> None:
    assert ask(f"old 9\n\n{other.note(5)}").status_code == 400


@pytest.mark.parametrize(
    "text", [b"", b"old 0\n", b"\xff\xfe", b"old 0\n\nx\n", b"old 0\n\n" + b"x" * 70_000]
)
def test_nonsense_is_a_bad_request(other: OtherLedger, text: bytes) -> None:
    assert ask(text).status_code == 400


def test_a_proof_from_nothing_is_refused(other: OtherLedger) -> None:
    node = checkpoint.encode(bytes(32))
    assert ask(f"old 0\n{node}\n\n{other.note(5)}").status_code == 422


def test_without_a_witness_key_there_is_no_witness(other: OtherLedger, settings: Settings) -> None:
    settings.WITNESS_KEY_FILE = ""
    assert ask(other.ask(0, 5)).status_code == 404


def test_what_was_seen_is_served_to_everybody(other: OtherLedger, client: Client) -> None:
    ask(other.ask(0, 5))
    origin_hash = hashlib.sha256(other.signer.name.encode()).hexdigest()
    url = reverse("evidence:witness-checkpoint", args=[origin_hash])
    answer = client.get(url)
    assert answer.content.decode() == WatchedHead.objects.get().note
    assert checkpoint.open_checkpoint(answer.content.decode(), other.signer.key).size == 5
    assert client.get(url.replace(origin_hash, "0" * 64)).status_code == 404


def test_what_was_cosigned_is_never_taken_back(other: OtherLedger) -> None:
    ask(other.ask(0, 5))
    with pytest.raises(RuleBroken):
        WatchedHead.objects.all().delete()
    assert operations.check() == 1


def test_a_kept_head_of_nobody_we_know_is_named(
    other: OtherLedger, settings: Settings, tmp_path: Path
) -> None:
    ask(other.ask(0, 5))
    trust(settings, tmp_path, OtherLedger().signer.key)
    with pytest.raises(Mismatch):
        operations.check()


def test_a_head_comes_on_a_stick(
    other: OtherLedger, watching: signing.Signer, tmp_path: Path, investigator: User
) -> None:
    brought, back, kept = (tmp_path / name for name in ("head.txt", "back.txt", "kept.txt"))
    brought.write_text(other.ask(0, 5))
    call_command("witness_head", brought, out=back, stdout=StringIO())
    assert checkpoint.cosigned_at(back.read_text(), watching.witness_key)
    brought.write_text(other.ask(0, 9))
    with pytest.raises(CommandError, match="--old 5"):
        call_command("witness_head", brought, out=back, stdout=StringIO())
    call_command("watched_heads", other.signer.name, out=kept, stdout=StringIO())
    assert kept.read_text() == WatchedHead.objects.get().note
    with pytest.raises(CommandError, match="Nothing"):
        call_command("watched_heads", "x", out=kept)


@pytest.mark.parametrize("origin", ["%00", "0" * 64, "A" * 64, "0" * 3000])
def test_a_digest_of_no_ledger_is_not_found(db: None, client: Client, origin: str) -> None:
    assert client.get(f"/witness/{origin}/checkpoint").status_code == 404
