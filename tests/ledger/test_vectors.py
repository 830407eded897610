"""The published vectors: ours, and the program printed in docs/custody-chain.md, agree on them."""

import base64
import filecmp
import hashlib
import json
import re
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from casework.ledger import checkpoint, format, merkle
from casework.ledger.event import KINDS
from tests.ledger import regenerate_vectors

ROOT = Path(__file__).parents[2]
EVENTS: list[dict[str, Any]] = json.loads((regenerate_vectors.FOLDER / "events.json").read_text())
LEDGER: dict[str, Any] = json.loads((regenerate_vectors.FOLDER / "ledger.json").read_text())


def printed_program() -> dict[str, Any]:
    page = (ROOT / "docs" / "custody-chain.md").read_text()
    code = re.findall(r"^```python\n(.*?)^```$", page, re.M | re.S)[-1]
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 - the program under test is the one that the page prints
    return names


def test_the_format_has_not_changed(tmp_path: Path) -> None:
    regenerate_vectors.write(tmp_path)
    names = ["events.json", "ledger.json", "entries.json"]
    same, _, _ = filecmp.cmpfiles(tmp_path, regenerate_vectors.FOLDER, names, shallow=False)
    assert same == names


def test_the_printed_program_computes_events() -> None:
    program, previous = printed_program(), None
    for vector in EVENTS:
        event, digest = vector["event"], program["event_digest"](vector["event"])
        assert digest.hex() == vector["digest"]
        assert event["previous"] == previous
        assert program["leaf_hash"](digest).hex() == vector["leaf_hash"]
        previous = digest.hex()
        for field, opening in vector["openings"].items():
            salt = bytes.fromhex(opening["salt"])
            name, _, part = field.partition(".")
            stands = event[name][part] if part else event[name]
            assert program["commitment"](field, salt, opening["text"]).hex() == stands


def test_the_printed_program_computes_the_signed_roots() -> None:
    leaves = [bytes.fromhex(vector["leaf_hash"]) for vector in EVENTS]
    public = base64.b64decode(LEDGER["key"].split("+", 2)[2])[1:]
    for size, note in enumerate(LEDGER["checkpoints"], start=1):
        text, _, signature = note.partition("\n\n")
        root = base64.b64encode(printed_program()["root"](leaves[:size])).decode()
        assert text.split("\n") == [regenerate_vectors.ORIGIN, str(size), root]
        raw = base64.b64decode(signature.split()[2])[4:]
        Ed25519PublicKey.from_public_bytes(public).verify(raw, f"{text}\n".encode())


def test_an_entry_is_hashed_as_the_page_says() -> None:
    for vector in json.loads((regenerate_vectors.FOLDER / "entries.json").read_text()):
        text = json.dumps(
            vector["entry"], sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
        digest = hashlib.sha256(b"casework audit entry v1\n" + text.encode()).digest()
        assert digest.hex() == vector["digest"]
        leaf = hashlib.sha256(b"\0casework leaf v1 audit-entry\n" + digest).hexdigest()
        assert leaf == vector["leaf_hash"]


def test_the_cosignature_of_the_vectors_is_good() -> None:
    witness = checkpoint.parse_key(LEDGER["witness_key"], checkpoint.WITNESS)
    assert checkpoint.cosigned_at(LEDGER["witnessed"], witness) == [LEDGER["witnessed_at"]]
    raw = base64.b64decode(LEDGER["witnessed"].rpartition(" ")[2])
    text = LEDGER["witnessed"].partition("\n\n")[0]
    message = f"cosignature/v1\ntime {LEDGER['witnessed_at']}\n{text}\n"
    Ed25519PublicKey.from_public_bytes(witness.public).verify(raw[12:], message.encode())


def test_our_own_verification_accepts_the_vectors() -> None:
    digests = format.verify_chain([vector["event"] for vector in EVENTS])
    key = checkpoint.parse_key(LEDGER["key"])
    heads = [checkpoint.open_checkpoint(note, key) for note in LEDGER["checkpoints"]]
    last = heads[-1]
    for index, digest in enumerate(digests):
        leaf = merkle.leaf_hash(format.leaf_data(format.CUSTODY_LEAF, digest))
        proof = [bytes.fromhex(node) for node in LEDGER["inclusion"][index]]
        merkle.verify_inclusion(leaf, index, last.size, last.root, proof)
        older = [bytes.fromhex(node) for node in LEDGER["consistency"][index]]
        head = heads[index]
        merkle.verify_consistency(head.root, head.size, last.root, last.size, older)


def test_the_vectors_show_what_happens_in_a_store_too() -> None:
    shown = {vector["event"]["kind"] for vector in EVENTS}
    assert {"moved", "declared", "split", "combined", "handed_out", "taken_back"} < shown
    assert {"lost", "found", "damaged"} < shown <= KINDS


def test_the_vectors_use_every_key_and_every_text() -> None:
    empty: tuple[object, ...] = (None, "", [])
    used = {
        key for vector in EVENTS for key, value in vector["event"].items() if value not in empty
    }
    assert used == format.KEYS
    opened = {field.partition(".")[0] for vector in EVENTS for field in vector["openings"]}
    assert opened == {*format.TEXTS, *format.PEOPLE}
