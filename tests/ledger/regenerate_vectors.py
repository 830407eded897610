"""Write tests/ledger/vectors afresh: `python -m tests.ledger.regenerate_vectors`.

A difference in the result is a change of the published format and needs a new version of it.
"""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.ledger import audit_entry, checkpoint, format, merkle, signing
from casework.ledger.audit_entry import Entry
from casework.ledger.event import Event, Person, Scale, commit
from casework.ledger.tree import Tree

FOLDER = Path(__file__).parent / "vectors"
SEED = bytes(range(32))
ORIGIN = "casework.example/vectors"
WITNESS_NAME, WITNESSED_AT = "witness.example/vectors", 1_773_500_000
EXHIBIT = UUID("0d9f6c1e-6b0a-4f38-9c37-5b1f8f6f0a01")
SAMPLE = UUID("0d9f6c1e-6b0a-4f38-9c37-5b1f8f6f0a02")
PART = UUID("0d9f6c1e-6b0a-4f38-9c37-5b1f8f6f0a03")
START = datetime(2026, 3, 14, 5, 40, tzinfo=UTC)
AMINA = Person("Amina Wekesa", "KWS-4471", "Port Unit")
JUMA = Person('Juma "Kifaru" Mwangi <b>', "KWS-0093", "Exhibit Store")
CLERK = Person("Beatrice Anyango", "", "Magistrates' court")
ZAYNAB = Person("زينب \u200fحسن", "LAB-7", "Laboratoire médico-légal")


def step(sequence: int, kind: str, recorder: Person, **values: Any) -> dict[str, Any]:
    at = START + timedelta(hours=sequence, microseconds=sequence)
    late = at + timedelta(minutes=10)
    plain = {"exhibit": EXHIBIT, "label": "KE-MSA-2026-0042/E7", "sequence": sequence}
    return plain | {
        "kind": kind,
        "happened_at": at,
        "recorded_at": late,
        "recorder": recorder,
        **values,
    }


def story() -> list[dict[str, Any]]:
    """One exhibit's life, with every field used and the texts that break naive encoders."""
    sealed = {"seal_number": "KWS 000318", "count": 41, "scale": Scale("MSA-2", date(2026, 1, 9))}
    photo = hashlib.sha256(b"photograph").hexdigest()
    handed = sealed | {"weight_mg": 412_500_000, "giver": AMINA, "receiver": JUMA}
    read = handed | {"weight_mg": 411_900_000, "tolerance_mg": 500_000, "seal_intact": True}
    return [
        step(1, "seized", AMINA, receiver=AMINA, place="Berth 11, Kilindini", count=41),
        step(2, "sealed", AMINA, **sealed, files=[photo], note='Tab\tand "quotes" \\ and 象牙'),
        step(3, "offered", AMINA, **handed, purpose="Storage", authority="Order 12/2026"),
        step(4, "acknowledged", JUMA, **read, answers=3, explanation="Dried for two days"),
        step(5, "sampled", ZAYNAB, giver=JUMA, related=[SAMPLE], seal_intact=False),
        step(6, "sealed", ZAYNAB, new_seal_number="LAB-1", note="line one\nline two\u2028three"),
        step(7, "corrected", JUMA, corrects=4, note="The scale was MSA-3"),
        step(8, "moved", JUMA, place="Store 1 / Cage B / Shelf 4"),
        step(9, "declared", JUMA, tolerance_mg=8_250_000, note="Ivory loses moisture"),
        step(10, "split", JUMA, related=[SAMPLE, PART], count=39, weight_mg=380_000_000),
        step(11, "combined", JUMA, related=[PART], count=41),
        step(12, "handed_out", JUMA, giver=JUMA, receiver=CLERK, purpose="Court 3"),
        step(13, "taken_back", JUMA, giver=CLERK, receiver=JUMA, seal_intact=True),
        step(14, "lost", JUMA, note="Not on its shelf", authority="Report 7/2026"),
        step(15, "found", JUMA, place="Store 1 / Cage C"),
        step(16, "damaged", JUMA, files=[photo], note="Water"),
    ]


def events() -> list[dict[str, Any]]:
    previous: bytes | None = None
    vectors = []
    for values in story():
        salt = hashlib.sha256(f"salt {values['sequence']}".encode()).digest()
        made, openings = commit(Event(previous=previous, **values), salt)
        previous = format.event_digest(made)
        leaf = merkle.leaf_hash(format.leaf_data(format.CUSTODY_LEAF, previous))
        vectors.append(
            {
                "salt": salt.hex(),
                "event": made,
                "canonical": format.canonical(made).decode(),
                "digest": previous.hex(),
                "leaf_hash": leaf.hex(),
                "openings": openings,
            }
        )
    return vectors


def ledger(leaves: list[bytes]) -> dict[str, Any]:
    signer = signing.Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(SEED))
    tree = Tree(leaves)
    sizes = range(1, len(leaves) + 1)
    heads = [str(checkpoint.Head(ORIGIN, size, tree.root(size))) for size in sizes]
    witness = signing.Signer(WITNESS_NAME, Ed25519PrivateKey.from_private_bytes(SEED[::-1]))
    newest = signer.sign(heads[-1])
    return {
        "witness_private_seed": SEED[::-1].hex(),
        "witness_key": str(witness.witness_key),
        "witnessed_at": WITNESSED_AT,
        "witnessed": newest + witness.cosign(newest, WITNESSED_AT),
        "private_seed": SEED.hex(),
        "key": str(signer.key),
        "fingerprint": signer.key.fingerprint,
        "checkpoints": [signer.sign(head) for head in heads],
        "inclusion": [[node.hex() for node in tree.inclusion(size - 1)] for size in sizes],
        "consistency": [[node.hex() for node in tree.consistency(size)] for size in sizes],
    }


def entries() -> list[dict[str, Any]]:
    """The audit trail: an entry with everything, and one of the system's own."""
    full = Entry(
        salt=hashlib.sha256(b"salt of an entry").hexdigest(),
        at=START,
        actor="Amina Wekesa, KWS-4471, Port Unit",
        actor_id="7",
        action="custody.offered",
        case="KE-MSA-2026-0042",
        subject_kind="evidence.exhibit",
        subject_id="9",
        subject_text="KE-MSA-2026-0042/E7",
        detail={"event": 3, "share": 0.5, "large": 2**60, "words": ["象牙", None, True]},
    )
    bare = Entry("", START, "system", "", "index.rebuild", "", "", "", "", {})
    return [
        {
            "entry": audit_entry.made(entry),
            "digest": audit_entry.digest(entry).hex(),
            "leaf_hash": audit_entry.leaf(entry).hex(),
        }
        for entry in (full, bare)
    ]


def write(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    vectors = events()
    leaves = [bytes.fromhex(vector["leaf_hash"]) for vector in vectors]
    contents = {"events": vectors, "ledger": ledger(leaves), "entries": entries()}
    for name, content in contents.items():
        text = json.dumps(content, indent=1, sort_keys=True) + "\n"
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(FOLDER)
