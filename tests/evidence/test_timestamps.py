"""Heads stamped by a real authority (openssl ts): kept when true, never waited for."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from casework import clock
from casework.errors import RuleBroken
from casework.ledger import signing
from casework.ledger.format import Mismatch
from casework.models import Case, User
from evidence.models import Attempt, SignedHead, TimeStamp
from evidence.tree import attesting, outgoing, timestamps
from tests.evidence.ledgers import head, register, sequence, signed
from tests.evidence.stamp_authority import Authority, authority

__all__ = ["authority", "head", "signed"]


def test_a_head_is_stamped_and_the_answer_kept(head: SignedHead, authority: Authority) -> None:
    made = timestamps.stamp(head)
    assert made == TimeStamp.objects.get()
    assert abs(made.stamped_at - clock.now()) < timedelta(minutes=5)
    assert timestamps.check() == 1
    assert timestamps.stamp(head) == made
    assert authority.asked == 1


def test_openssl_finds_the_stamp_good(
    head: SignedHead, authority: Authority, tmp_path: Path
) -> None:
    made = timestamps.stamp(head)
    assert made
    (tmp_path / "head.note").write_text(head.note)
    (tmp_path / "head.tsr").write_bytes(made.response)
    files = ["-data", "head.note", "-in", "head.tsr", "-CAfile", str(authority.certificates)]
    command = ["openssl", "ts", "-verify", *files]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Verification: OK" in result.stdout + result.stderr


def test_the_answer_to_another_question_is_not_kept(
    head: SignedHead, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    old: list[bytes] = []
    honest = authority.answer

    def repeat(request: bytes) -> tuple[int, bytes]:
        old.append(honest(request)[1])
        return 200, old[0]

    monkeypatch.setattr(outgoing, "post", lambda url, body, kind: repeat(body))
    assert timestamps.stamp(head)
    other = SignedHead(tree_size=999, root_hash="00", note=head.note)
    other.save()
    assert timestamps.stamp(other) is None  # the same digest, but the nonce of the first
    assert "Nonce" in Attempt.objects.get().problem


@pytest.mark.parametrize("answer", [b"", b"nonsense", b"\x30\x03\x02\x01\x00"])
def test_nonsense_is_not_kept(
    head: SignedHead, authority: Authority, monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    monkeypatch.setattr(outgoing, "post", lambda *args: (200, answer))
    assert timestamps.stamp(head) is None
    assert "not kept" in Attempt.objects.get().problem
    assert not TimeStamp.objects.exists()


def test_another_authority_is_not_believed(
    head: SignedHead, authority: Authority, settings: Settings, tmp_path: Path
) -> None:
    settings.TIMESTAMP_CERTIFICATES = str(Authority(tmp_path / "other").certificates)
    assert timestamps.stamp(head) is None
    assert not TimeStamp.objects.exists()


def test_a_stamp_of_another_head_is_a_break(head: SignedHead, authority: Authority) -> None:
    made = timestamps.stamp(head)
    assert made
    other = SignedHead(tree_size=999, root_hash="00", note=head.note.replace("\n", "x\n", 1))
    other.save()
    stolen = {"response": made.response, "stamped_at": made.stamped_at}
    TimeStamp(head=other, authority=made.authority, **stolen).save()
    with pytest.raises(Mismatch, match="time stamp on the head of 999"):
        timestamps.check()


def test_a_stamp_is_written_once(head: SignedHead, authority: Authority) -> None:
    timestamps.stamp(head)
    with pytest.raises(RuleBroken):
        TimeStamp.objects.all().delete()


def test_at_most_one_in_so_many_minutes(
    head: SignedHead, authority: Authority, case: Case, investigator: User, settings: Settings
) -> None:
    attesting.wake()
    register(case, investigator)
    newest = sequence()
    attesting.wake()
    assert authority.asked == 1
    attesting.attest(newest)  # before a dossier
    assert authority.asked == 2
    settings.TIMESTAMP_MINUTES = 0
    register(case, investigator)
    sequence()
    attesting.wake()
    assert authority.asked == 3


def test_an_authority_that_is_away_stops_nobody(
    signed: signing.Signer,
    authority: Authority,
    case: Case,
    investigator: User,
    django_capture_on_commit_callbacks: object,
) -> None:
    authority.is_silent = True
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        register(case, investigator)
    assert SignedHead.objects.exists()
    assert "503" in Attempt.objects.get().problem


def test_without_an_authority_nothing_is_asked(head: SignedHead) -> None:
    assert timestamps.stamp(head) is None
    assert not Attempt.objects.exists()
