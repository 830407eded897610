"""Cosignatures of witnesses, and the request that a witness is asked with (C2SP)."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.ledger import checkpoint, signing, witness
from casework.ledger.checkpoint import WITNESS, Head
from casework.ledger.format import Mismatch
from casework.ledger.tree import EMPTY_ROOT, Tree

ORIGIN = "casework.example/port-unit"
AT = 1_679_315_147


def signer_of(name: str, seed: int) -> signing.Signer:
    return signing.Signer(name, Ed25519PrivateKey.from_private_bytes(bytes([seed] * 32)))


@pytest.fixture
def ours() -> signing.Signer:
    return signer_of(ORIGIN, 1)


@pytest.fixture
def other() -> signing.Signer:
    return signer_of("witness.example/w1", 2)


@pytest.fixture
def note(ours: signing.Signer) -> str:
    return ours.sign(str(Head(ORIGIN, 7, bytes(32))))


def test_a_cosignature_tells_when_the_witness_saw_the_head(
    note: str, ours: signing.Signer, other: signing.Signer
) -> None:
    cosigned = note + other.cosign(note, AT)
    assert checkpoint.cosigned_at(cosigned, other.witness_key) == [AT]
    assert checkpoint.open_checkpoint(cosigned, ours.key).size == 7
    assert checkpoint.cosigned_at(note, other.witness_key) == []


def test_the_message_is_that_of_the_specification(note: str, other: signing.Signer) -> None:
    line = other.cosign(note, AT)
    raw = checkpoint.decode(line.split()[2], "line")
    assert raw[:4] == other.witness_key.id != other.key.id
    text = f"cosignature/v1\ntime {AT}\n{note.partition(chr(10) * 2)[0]}\n"
    other.private.public_key().verify(raw[12:], text.encode())


def test_a_witness_key_is_of_its_own_type(other: signing.Signer) -> None:
    key = other.witness_key
    assert checkpoint.parse_key(str(key), WITNESS) == key
    for text, kind in ((str(key), checkpoint.SIGNER), (str(other.key), WITNESS)):
        with pytest.raises(Mismatch):
            checkpoint.parse_key(text, kind)


def test_every_changed_character_of_a_cosignature_is_found(
    note: str, other: signing.Signer
) -> None:
    line = other.cosign(note, AT)
    begin = line.rindex(" ") + 1
    for place in range(begin, len(line) - 1):
        changed = line[:place] + ("A" if line[place] != "A" else "B") + line[place + 1 :]
        try:
            assert checkpoint.cosigned_at(note + changed, other.witness_key) == []
        except Mismatch as fault:
            assert "checkpoint" in fault.part  # noqa: PT017 - both answers are right


def test_sixteen_signatures_of_strangers_are_passed_over(note: str, other: signing.Signer) -> None:
    many = "".join(signer_of(f"stranger.example/{n}", 30 + n).cosign(note, AT) for n in range(16))
    assert checkpoint.cosigned_at(note + many + other.cosign(note, AT), other.witness_key) == [AT]
    with pytest.raises(Mismatch):
        checkpoint.cosigned_at(note + many * 4, other.witness_key)


def test_a_stranger_of_the_same_name_is_not_the_witness(note: str, other: signing.Signer) -> None:
    line = signer_of(other.name, 9).cosign(note, AT)
    assert checkpoint.cosigned_at(note + line, other.witness_key) == []


def test_extension_lines_are_signed_and_mean_nothing(
    ours: signing.Signer, other: signing.Signer
) -> None:
    note = ours.sign(f"{Head(ORIGIN, 7, bytes(32))}an extension\nand another\n")
    assert checkpoint.open_checkpoint(note, ours.key) == Head(ORIGIN, 7, bytes(32))
    cosigned = note + other.cosign(note, AT)
    assert checkpoint.cosigned_at(cosigned, other.witness_key) == [AT]
    with pytest.raises(Mismatch):
        checkpoint.cosigned_at(cosigned.replace("an ext", "an Ext"), other.witness_key)
    with pytest.raises(Mismatch):
        checkpoint.parse_head(f"{Head(ORIGIN, 7, bytes(32))}\nafter an empty line\n")


def test_a_request_is_written_and_read_back(note: str) -> None:
    for asked in (witness.Request(0, [], note), witness.Request(5, [bytes(32), bytes(32)], note)):
        assert witness.parse(str(asked)) == asked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "old 0\n",
        "old 01\n\nx",
        "old -1\n\nx",
        "old 1 \n\nx",
        "new 1\n\nx",
        "old 1\nAA\n\nx",
        "old 1\n" + f"{checkpoint.encode(bytes(32))}\n" * 64 + "\nx",
    ],
)
def test_what_is_no_request_is_refused(text: str) -> None:
    with pytest.raises(Mismatch):
        witness.parse(text)


def test_growth_is_proved(note: str) -> None:
    tree = Tree(bytes([n]) * 32 for n in range(9))
    head = Head(ORIGIN, 9, tree.root())
    asked = witness.Request(5, tree.consistency(5), note)
    witness.verify_growth(tree.root(5), asked, head)
    for wrong in (replace(asked, proof=asked.proof[1:]), replace(asked, old_size=4)):
        with pytest.raises(Mismatch):
            witness.verify_growth(tree.root(5), wrong, head)
    with pytest.raises(Mismatch):
        witness.verify_growth(None, replace(asked, old_size=0), head)
    with pytest.raises(Mismatch):
        witness.verify_growth(None, witness.Request(0, [], note), Head(ORIGIN, 0, bytes(32)))
    witness.verify_growth(None, witness.Request(0, [], note), Head(ORIGIN, 0, EMPTY_ROOT))


def test_only_the_lines_of_known_keys_are_kept(
    note: str, ours: signing.Signer, other: signing.Signer
) -> None:
    line = other.cosign(note, AT)
    assert witness.lines_of(note + line, [ours.key]) == note.rpartition("\n\n")[2]
    assert witness.lines_of(note + line, [other.witness_key]) == line
    with pytest.raises(Mismatch, match="nobody known"):
        witness.lines_of(note, [other.witness_key])
