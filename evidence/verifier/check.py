"""Checks a bundle from its bytes upwards: archive, digests, signature, chains, proofs, openings.

Standard library, `cryptography` and casework/ledger only. The first fault is raised as Mismatch.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casework.ledger import checkpoint, format, merkle
from casework.ledger.format import Mismatch
from evidence.verifier.archive import Archive

BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
SIGNATURE, SIGNED_AS = "manifest.note", "casework bundle v1"
LEDGER, LEDGER_FORMAT = "data/ledger/custody.json", "casework-custody-ledger/1"
HEAD, OLD_HEAD = "data/ledger/checkpoint.note", "data/ledger/previous-checkpoint.note"


@dataclass(frozen=True)
class Report:
    archive: Archive
    key: checkpoint.Key
    head: checkpoint.Head
    old_head: checkpoint.Head | None
    labels: list[str]
    events: int
    withheld: int


def verify(path: Path, key: checkpoint.Key | None = None, known: str | None = None) -> Report:
    """`key` is the one the reader trusts, `known` a checkpoint that the reader kept."""
    archive = Archive(path)
    _digests(archive)
    signer = checkpoint.parse_key(_text(archive, "signer.vkey"))
    if key is not None and key != signer:
        raise Mismatch("signer", f"{key.name} {key.fingerprint}", signer.fingerprint)
    ledger = _ledger(archive)
    _signature(archive, signer, ledger["chains"])
    head, old_head = _heads(archive, signer, ledger["consistency"])
    events = [_chain(chain, head) for chain in ledger["chains"]]
    if known is not None:
        _continues(checkpoint.open_checkpoint(known, signer, "your checkpoint"), head, old_head)
    labels = [chain["label"] for chain in ledger["chains"]]
    withheld = sum(_withheld(item) for chain in ledger["chains"] for item in chain["events"])
    return Report(archive, signer, head, old_head, labels, sum(events), withheld)


def _text(archive: Archive, name: str) -> str:
    try:
        return archive.read(name).decode()
    except UnicodeDecodeError as error:
        raise Mismatch(name, "UTF-8", error) from error


def _digests(archive: Archive) -> None:
    """Both lists of the bag name exactly the files that are there, with their digests."""
    if archive.read("bagit.txt") != BAGIT:
        raise Mismatch("bagit.txt", "BagIt 1.0", "something else")
    payload = {name: value for name, value in archive.digests.items() if name.startswith("data/")}
    tags = {name: value for name, value in archive.digests.items() if name not in payload}
    del tags[TAG_MANIFEST]
    for listing, files in ((MANIFEST, payload), (TAG_MANIFEST, tags)):
        lines = [f"{digest}  {name}" for name, digest in files.items()]
        _same(listing, _text(archive, listing).split("\n"), [*lines, ""])


def _same(part: str, written: list[str], found: list[str]) -> None:
    """The same lines; otherwise the first file or chain that differs is named."""
    if written == found:
        return
    stands, computed = ({_name(line): line for line in lines} for lines in (written, found))
    for name in sorted({*stands, *computed}):
        expected, other = stands.get(name, "nothing"), computed.get(name, "nothing")
        if expected != other:
            raise Mismatch(f"{part}, {name or 'empty line'}", expected, other)
    raise Mismatch(part, "each line once, in order", "another order")


def _name(line: str) -> str:
    words = line.split(" ")
    return " ".join(words[:2]) if words[0] == "chain" else words[-1]


def _ledger(archive: Archive) -> dict[str, Any]:
    data = archive.read(LEDGER)
    try:
        ledger = json.loads(data)
        canonical = format.canonical(ledger)
    except (ValueError, RecursionError) as error:
        raise Mismatch(LEDGER, "canonical JSON", error) from error
    if canonical != data or ledger.get("format") != LEDGER_FORMAT:
        raise Mismatch(LEDGER, LEDGER_FORMAT, "another form")
    return dict(ledger)


def _signature(archive: Archive, signer: checkpoint.Key, chains: list[Any]) -> None:
    """The signer stated every file's digest, and the length and last digest of every chain."""
    text = checkpoint.open_note(_text(archive, SIGNATURE), signer, SIGNATURE)
    unsigned = (SIGNATURE, TAG_MANIFEST)
    lines = [SIGNED_AS, signer.name, archive.name]
    lines += [f"file {v} {name}" for name, v in archive.digests.items() if name not in unsigned]
    for chain in chains:
        last = format.event_digest(chain["events"][-1]["event"]).hex()
        lines.append(f"chain {chain['exhibit']} {len(chain['events'])} {last}")
    _same(SIGNATURE, text.split("\n"), [*lines, ""])


def _heads(
    archive: Archive, signer: checkpoint.Key, consistency: list[str]
) -> tuple[checkpoint.Head, checkpoint.Head | None]:
    head = checkpoint.open_checkpoint(_text(archive, HEAD), signer, HEAD)
    if OLD_HEAD not in archive.digests:
        return head, None
    old = checkpoint.open_checkpoint(_text(archive, OLD_HEAD), signer, OLD_HEAD)
    proof = [checkpoint.decode(node, "consistency proof") for node in consistency]
    merkle.verify_consistency(old.root, old.size, head.root, head.size, proof)
    return head, old


def _chain(chain: dict[str, Any], head: checkpoint.Head) -> int:
    """One exhibit: its links, each event's place in the signed tree, and what is disclosed."""
    label, items = chain["label"], chain["events"]
    try:
        digests = format.verify_chain([item["event"] for item in items])
        for item, digest in zip(items, digests, strict=True):
            _event(item, digest, head)
            if (item["event"]["label"], item["event"]["exhibit"]) != (label, chain["exhibit"]):
                raise Mismatch("label", label, item["event"]["label"])
    except Mismatch as fault:
        raise Mismatch(f"{label}, {fault.part}", fault.expected, fault.computed) from fault
    return len(items)


def _event(item: dict[str, Any], digest: bytes, head: checkpoint.Head) -> None:
    number = f"event {item['event']['sequence']}"
    leaf = merkle.leaf_hash(format.leaf_data(format.CUSTODY_LEAF, digest))
    try:
        proof = [checkpoint.decode(node, "inclusion proof") for node in item["proof"]]
        merkle.verify_inclusion(leaf, item["leaf_index"], head.size, head.root, proof)
        for field, opening in item["openings"].items():
            format.check_opening(item["event"], field, opening)
    except Mismatch as fault:
        raise Mismatch(f"{number}, {fault.part}", fault.expected, fault.computed) from fault


def _withheld(item: dict[str, Any]) -> int:
    event = item["event"]
    values = [event[name] and event[name]["name"] for name in format.PEOPLE]
    values += [event[name] for name in format.TEXTS]
    return len([value for value in values if value]) - len(item["openings"])


def _continues(
    known: checkpoint.Head, head: checkpoint.Head, old_head: checkpoint.Head | None
) -> None:
    """The reader's checkpoint is the head of this bundle or the one that it proves to continue."""
    for ours in (head, old_head):
        if ours is not None and ours.size == known.size:
            if ours.root != known.root:
                raise Mismatch("your checkpoint", known.root.hex(), ours.root.hex())
            return
    sizes = " or ".join(str(ours.size) for ours in (old_head, head) if ours)
    raise Mismatch("your checkpoint", f"one of size {sizes}: ask the agency for it", known.size)
