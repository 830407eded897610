"""Our heads at the witnesses: sent, carried, kept, missed, and what a lie looks like."""

from io import StringIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from pytest_django import Settings

from casework.ledger import checkpoint, signing
from casework.ledger.format import Mismatch
from casework.ledger.tree import Tree
from casework.models import Case, User
from evidence.models import Attempt, Cosignature, LedgerLeaf, SignedHead, WatchedHead
from evidence.tree import attesting, outgoing, trusted_keys, witnesses
from evidence.tree.outgoing import NoAnswer
from tests.evidence.ledgers import (
    ORIGIN,
    head,
    register,
    sequence,
    server,
    signed,
    through_the_client,
    trust,
    watching,
    witnessed_by,
)

__all__ = ["head", "signed", "through_the_client", "watching"]
URL = "https://watch.example/witness"


@pytest.fixture
def witness(
    signed: signing.Signer, watching: signing.Signer, settings: Settings, tmp_path: Path
) -> checkpoint.Key:
    """A witness that knows us, and that we ask."""
    trust(settings, tmp_path, signed.key)
    witnessed_by(settings, tmp_path, watching.witness_key, URL)
    return watching.witness_key


def tree() -> Tree:
    rows = LedgerLeaf.objects.order_by("leaf_index").values_list("leaf_hash", flat=True)
    return Tree(bytes.fromhex(row) for row in rows)


def test_the_newest_head_is_cosigned(
    head: SignedHead, witness: checkpoint.Key, through_the_client: None
) -> None:
    assert witnesses.send_newest()
    note = head.note + witnesses.lines(head)
    assert checkpoint.cosigned_at(note, witness)
    assert note.startswith(head.note)
    assert Attempt.objects.get().problem == ""
    assert witnesses.check(tree()) == 1


def test_the_next_head_goes_with_its_proof(
    head: SignedHead,
    witness: checkpoint.Key,
    through_the_client: None,
    case: Case,
    investigator: User,
) -> None:
    witnesses.send_newest()
    register(case, investigator)
    newest = sequence()
    assert witnesses.send_newest()
    sizes = list(WatchedHead.objects.values_list("tree_size", flat=True))
    assert sizes == [head.tree_size, newest.tree_size]


def test_a_witness_that_knows_more_of_us_tells_how_much(
    head: SignedHead,
    witness: checkpoint.Key,
    through_the_client: None,
    case: Case,
    investigator: User,
) -> None:
    witnesses.send_newest()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(witnesses, "known_size", lambda to: 0)  # as after a restored backup
        register(case, investigator)
        sequence()
        assert witnesses.send_newest()


def test_an_old_copy_is_said(
    head: SignedHead, witness: checkpoint.Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outgoing, "post", lambda *args: (409, b"999999\n"))
    assert not witnesses.send_newest()
    assert "old copy" in Attempt.objects.get().problem


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((403, b""), "does not know our key"),
        ((404, b""), "does not know our ledger"),
        ((422, b""), "another history"),
        ((500, b""), "500"),
        ((409, b"many"), "no size"),
        ((200, b"nonsense"), "not a cosignature"),
        ((200, b"\xff\xff"), "not a cosignature"),
        ((200, b""), "not a cosignature"),
    ],
)
def test_every_other_answer_is_put_into_words(
    head: SignedHead,
    witness: checkpoint.Key,
    monkeypatch: pytest.MonkeyPatch,
    answer: tuple[int, bytes],
    told: str,
) -> None:
    monkeypatch.setattr(outgoing, "post", lambda *args: answer)
    assert not witnesses.send_newest()
    assert told in Attempt.objects.get().problem
    assert not Cosignature.objects.exists()


def test_a_cosignature_of_somebody_else_is_not_kept(
    head: SignedHead, witness: checkpoint.Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = signing.Signer(witness.name, Ed25519PrivateKey.generate())
    line = stranger.cosign(head.note, 1).encode()
    monkeypatch.setattr(outgoing, "post", lambda *args: (200, line))
    assert not witnesses.send_newest()
    assert not Cosignature.objects.exists()


def test_a_witness_that_is_away_stops_nobody(
    signed: signing.Signer,
    witness: checkpoint.Key,
    monkeypatch: pytest.MonkeyPatch,
    case: Case,
    investigator: User,
    django_capture_on_commit_callbacks: object,
) -> None:
    def away(*args: object) -> None:
        raise NoAnswer("No answer: timed out")

    monkeypatch.setattr(outgoing, "post", away)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        register(case, investigator)
    assert SignedHead.objects.exists()
    assert "timed out" in Attempt.objects.get().problem
    assert [one.key for one in witnesses.pending()] == [witness]


def test_an_act_wakes_the_witness(
    signed: signing.Signer,
    witness: checkpoint.Key,
    through_the_client: None,
    case: Case,
    investigator: User,
    django_capture_on_commit_callbacks: object,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        register(case, investigator)
    assert Cosignature.objects.get().witness == witness.name


def test_without_witnesses_the_database_is_not_asked(
    head: SignedHead, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        attesting.wake()


def test_a_head_goes_and_comes_back_on_a_stick(
    head: SignedHead, witness: checkpoint.Key, tmp_path: Path, settings: Settings
) -> None:
    witnessed_by(settings, tmp_path, witness)
    out, back = tmp_path / "out.txt", tmp_path / "back.txt"
    call_command("export_head", out, stdout=StringIO())
    call_command("witness_head", out, out=back, stdout=StringIO())
    call_command("import_cosignatures", back, stdout=StringIO())
    assert checkpoint.cosigned_at(head.note + witnesses.lines(head), witness)
    call_command("export_head", out, witness=witness.name, stdout=StringIO())
    assert out.read_text().startswith(f"old {head.tree_size}\n")
    with pytest.raises(CommandError, match="not in the file"):
        call_command("export_head", out, witness="somebody")


def test_what_is_not_our_head_is_not_imported(
    head: SignedHead, witness: checkpoint.Key, signed: signing.Signer, tmp_path: Path
) -> None:
    other = signed.sign(str(checkpoint.Head(ORIGIN, 1, bytes(32))))
    path = tmp_path / "back.txt"
    for text in (other, "nonsense", head.note):
        path.write_text(text)
        with pytest.raises(CommandError, match="Nothing was kept"):
            call_command("import_cosignatures", path)


def test_a_cosignature_by_another_key_than_we_trust_is_a_break(
    head: SignedHead,
    witness: checkpoint.Key,
    through_the_client: None,
    settings: Settings,
    tmp_path: Path,
) -> None:
    witnesses.send_newest()
    other = signing.Signer(witness.name, Ed25519PrivateKey.generate())
    witnessed_by(settings, tmp_path, other.witness_key)
    with pytest.raises(Mismatch, match=r"cosignature of .*, key"):
        witnesses.check(tree())


def test_a_witness_may_change_its_key(
    head: SignedHead,
    witness: checkpoint.Key,
    through_the_client: None,
    settings: Settings,
    tmp_path: Path,
) -> None:
    witnesses.send_newest()
    other = signing.Signer(witness.name, Ed25519PrivateKey.generate())
    path = tmp_path / "both.txt"
    path.write_text(f"{witness} former\n{other.witness_key} {URL}\n")
    settings.WITNESSES = str(path)
    assert witnesses.check(tree()) == 1
    assert [one.key for one in witnesses.pending()] == [other.witness_key]


def test_the_kept_heads_of_a_witness_show_a_rewritten_tree(
    head: SignedHead, witness: checkpoint.Key, through_the_client: None, tmp_path: Path
) -> None:
    witnesses.send_newest()
    kept = tmp_path / "kept.txt"
    call_command("watched_heads", ORIGIN, out=kept, stdout=StringIO())
    call_command("verify_custody", heads=kept, stdout=StringIO())


def test_a_key_file_that_cannot_be_read_names_its_line(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "witnesses.txt"
    path.write_text("# fine\n\nnonsense http://x\n")
    settings.WITNESSES = str(path)
    with pytest.raises(trusted_keys.BadKeyFile, match="line 3"):
        trusted_keys.witnesses()


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://watch.example/w", True),
        ("http://127.0.0.1:8000/w", True),
        ("http://[::1]:8000/w", True),
        ("http://localhost/w", True),
        ("http://watch.example/w", False),
        ("http://10.0.0.1/w", False),
        ("file:///etc/passwd", False),
        ("ftp://watch.example/", False),
        ("https:///w", False),
    ],
)
def test_only_https_or_this_machine_is_asked(url: str, allowed: bool) -> None:
    assert outgoing.is_allowed(url) is allowed
    if not allowed:
        with pytest.raises(NoAnswer, match="https"):
            outgoing.post(url, b"", "text/plain")


def test_a_long_answer_a_redirection_and_silence_are_no_answers() -> None:
    with server(lambda body: (200, b"x" * 100_000)) as url, pytest.raises(NoAnswer, match="long"):
        outgoing.post(url, b"x", "text/plain")
    with server(lambda body: (302, b""), {"Location": "http://127.0.0.1:1/"}) as url:
        assert outgoing.post(url, b"x", "text/plain")[0] == 302
    with pytest.raises(NoAnswer, match="No answer"):
        outgoing.post(url, b"x", "text/plain")  # it has ended
    with server(lambda body: (409, b"7\n")) as url:
        assert outgoing.post(url, b"x", "text/plain") == (409, b"7\n")
