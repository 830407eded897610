"""Notes and checkpoints against the examples of their specifications, and against forgeries."""

import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.ledger import checkpoint, signing
from casework.ledger.format import Mismatch

ORIGIN = "casework.example/port-unit"


@pytest.fixture
def signer() -> signing.Signer:
    return signing.Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(range(32))))


def test_the_example_of_the_signed_note_specification(conformance: Path) -> None:
    text = (conformance / "c2sp" / "signed-note.md").read_text()
    vkey = re.search(r"^    (example\.com/foo\+\S+)$", text, re.M)
    note = re.search(r"^```\n(This is an example message\.\n.*?)```$", text, re.M | re.S)
    assert vkey
    assert note
    key = checkpoint.parse_key(vkey[1])
    assert checkpoint.open_note(note[1], key) == "This is an example message.\n"
    assert str(key) == vkey[1]


def test_the_example_of_the_checkpoint_specification(conformance: Path) -> None:
    text = (conformance / "c2sp" / "tlog-checkpoint.md").read_text()
    note = re.search(r"^```\n(.*?)\n\n.*?```$", text, re.M | re.S)
    assert note
    head = checkpoint.parse_head(note[1] + "\n")
    assert (head.origin, head.size) == ("example.com/behind-the-sofa", 20852163)
    assert str(head) == note[1] + "\n"


def test_a_head_is_signed_and_read_back(signer: signing.Signer) -> None:
    head = checkpoint.Head(ORIGIN, 12, bytes(32))
    assert checkpoint.open_checkpoint(signer.sign(str(head)), signer.key) == head


def test_a_key_is_written_and_read_back(signer: signing.Signer) -> None:
    assert checkpoint.parse_key(f"{signer.key}\n") == signer.key
    assert re.fullmatch(r"([0-9a-f]{4} ){15}[0-9a-f]{4}", signer.key.fingerprint)


def test_signatures_of_strangers_are_passed_over(signer: signing.Signer) -> None:
    stranger = signing.Signer("witness.example", Ed25519PrivateKey.generate())
    text = str(checkpoint.Head(ORIGIN, 1, bytes(32)))
    other = stranger.sign(text).rpartition("\n\n")[2]
    note = signer.sign(text) + other
    assert checkpoint.open_note(note, signer.key) == text
    assert checkpoint.open_note(note, stranger.key) == text


def test_every_changed_byte_of_a_checkpoint_is_found(signer: signing.Signer) -> None:
    note = signer.sign(str(checkpoint.Head(ORIGIN, 7, bytes(32)))).encode()
    for position in range(len(note)):
        changed = bytearray(note)
        changed[position] ^= 1
        try:
            text = changed.decode()
        except UnicodeDecodeError:
            continue
        with pytest.raises(Mismatch):
            checkpoint.open_checkpoint(text, signer.key)


def test_another_key_of_the_same_name_is_not_the_signer(signer: signing.Signer) -> None:
    other = signing.Signer(ORIGIN, Ed25519PrivateKey.generate())
    with pytest.raises(Mismatch, match="signer"):
        checkpoint.open_note(other.sign("text\n"), signer.key)


@pytest.mark.parametrize("text", ["", "a\n1\n", "a\n01\nAAAA\n", "a\n1\nAAAA\n", "\n1\nAA==\n"])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(Mismatch):
        checkpoint.parse_head(text)


@pytest.mark.parametrize("text", ["", "a+b", "a+00000000+AQID", "a b+00000000+AQID"])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(Mismatch):
        checkpoint.parse_key(text)


def test_a_text_with_control_characters_is_never_signed(signer: signing.Signer) -> None:
    with pytest.raises(ValueError, match="control"):
        signer.sign("a\tb\n")


def test_a_heads_file_falls_apart_into_its_notes(signer: signing.Signer) -> None:
    notes = [signer.sign(str(checkpoint.Head(ORIGIN, size, bytes(32)))) for size in (1, 2, 3)]
    assert list(signing.split_notes("".join(notes))) == notes


def test_a_key_file_is_written_once_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "signing.pem"
    made = signing.create_key(path, ORIGIN)
    assert path.stat().st_mode & 0o777 == 0o600
    assert signing.load_key(path, ORIGIN).key == made.key
    with pytest.raises(FileExistsError):
        signing.create_key(path, ORIGIN)


def test_what_is_no_ed25519_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "signing.pem"
    path.write_text("not a key")
    with pytest.raises(ValueError, match="PEM"):
        signing.load_key(path, ORIGIN)
