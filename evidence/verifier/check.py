"""Checks a bundle from its bytes upwards; each step says what it proved, a fault is a Mismatch."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from casework.ledger import checkpoint, format, merkle
from casework.ledger.checkpoint import Head, Key
from casework.ledger.format import Mismatch, Object
from evidence.verifier.archive import Archive

MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
SIGNATURE, SIGNED_AS = "manifest.note", "casework bundle v1"
LEDGER, LEDGER_FORMAT = "data/ledger/custody.json", "casework-custody-ledger/1"
HEAD, OLD_HEAD = "data/ledger/checkpoint.note", "data/ledger/previous-checkpoint.note"


def verify(
    path: Path, key: Key | None = None, kept: str | None = None, witnesses: Sequence[Key] = ()
) -> list[str]:
    """`key` is the one the reader trusts, `kept` a checkpoint that the reader has from before."""
    archive = Archive(path)
    signer = checkpoint.parse_key(archive.read("signer.vkey"))
    if key not in (None, signer):
        raise Mismatch("signer", f"the key that you gave, {key}", signer)
    text = archive.read(LEDGER)
    ledger = json.loads(text, parse_float=int, parse_constant=int)  # a fraction is an error
    if format.canonical(ledger).decode() != text or ledger["format"] != LEDGER_FORMAT:
        raise Mismatch(LEDGER, LEDGER_FORMAT, "another form")
    notes = {n: archive.read(n) for n in (HEAD, OLD_HEAD) if n == HEAD or n in archive.digests}
    heads = [checkpoint.open_checkpoint(note, signer, name) for name, note in notes.items()]
    proved = list(_check_heads(heads, ledger["consistency"], kept))
    proved += [_check_chain(chain, heads[0]) for chain in ledger["chains"]]  # these name an event
    proved.insert(0, _check_files(archive, signer, ledger["chains"]))
    proved += [line for witness in witnesses for line in _check_witness(notes, witness)]
    return [*proved, f"signed by {signer.name}, fingerprint\n  {signer.fingerprint}"]


def _check_files(archive: Archive, signer: Key, chains: list[Object]) -> str:
    """Proves that the signer stated the digest of every file, and the length of every chain."""
    files = sorted(archive.digests.items())
    lines = [SIGNED_AS, signer.name, archive.name]
    lines += [f"file {digest} {n}" for n, digest in files if n not in (SIGNATURE, TAG_MANIFEST)]
    for chain in chains:
        last = format.event_digest(chain["events"][-1]["event"]).hex()
        lines.append(f"chain {chain['exhibit']} {len(chain['events'])} {last}")
    signed = checkpoint.open_note(archive.read(SIGNATURE), signer)
    _check_lines(SIGNATURE, signed, lines)
    listed = [f"{digest}  {name}" for name, digest in files if name != TAG_MANIFEST]
    for name, is_payload in ((MANIFEST, True), (TAG_MANIFEST, False)):
        wanted = [line for line in listed if line[66:].startswith("data/") == is_payload]
        _check_lines(name, archive.read(name), wanted)
    return f"{len(files)} files, every byte covered by the signature"


def _check_lines(part: str, text: str, lines: list[str]) -> None:
    """Proves that a text has just these lines; else the file of the first odd one is named."""
    if text.split("\n") != [*lines, ""]:
        odd = sorted({*text.split("\n")} ^ {*lines, ""})
        names = [name for line in odd if "." in (name := line.rpartition(" ")[2])]
        named = min([name for name in names if names.count(name) == 1] or names, default=part)
        told = [line for line in odd if line.endswith(named)] or odd[:2]
        raise Mismatch(f"{named}: {part}", "the lines of these files", told)


def _check_chain(chain: Object, head: Head) -> str:
    """Proves one exhibit: its links, each event's place in the signed tree, what is disclosed."""
    part = label = chain["label"]
    withheld = []
    try:
        digests = format.verify_chain([item["event"] for item in chain["events"]])
        for number, (item, digest) in enumerate(zip(chain["events"], digests, strict=True), 1):
            part = f"{label}, event {number}"
            named = (item["event"]["label"], item["event"]["exhibit"])
            if named != (label, chain["exhibit"]):
                raise Mismatch("label", (label, chain["exhibit"]), named)
            withheld += [f"event {number} {name}" for name in _check_event(item, digest, head)]
    except Mismatch as fault:
        raise Mismatch(f"{part}, {fault.part}", fault.expected, fault.computed) from fault
    told = f"{label}: {len(digests)} custody events, unbroken, each under the signed head"
    return f"{told}; withheld: {', '.join(withheld) or 'nothing'}"


def _check_event(item: Object, digest: bytes, head: Head) -> list[str]:
    """Proves that the event is in the tree, and each disclosed text; names what is withheld."""
    leaf = merkle.leaf_hash(format.leaf_data(format.CUSTODY_LEAF, digest))
    proof = [checkpoint.decode(node, "inclusion proof") for node in item["proof"]]
    merkle.verify_inclusion(leaf, item["leaf_index"], head.size, head.root, proof)
    for field, opening in item["openings"].items():
        format.check_opening(item["event"], field, opening)
    return sorted(format.commitments(item["event"]).keys() - item["openings"].keys())


def _check_heads(heads: list[Head], consistency: list[str], kept: str | None) -> Iterator[str]:
    """Proves that the signed history continues that of the last dossier, and the reader's head."""
    new, *olds = heads
    yield f"the signed head is of {new.size} records"
    for old in olds:
        proof = [checkpoint.decode(node, "consistency proof") for node in consistency]
        merkle.verify_consistency(old.root, old.size, new.root, new.size, proof)
        yield f"it continues the head of {old.size} records, of the last dossier"
    if kept is not None:
        if (mine := checkpoint.parse_head(kept.partition("\n\n")[0] + "\n")) not in heads:
            raise Mismatch("your checkpoint", mine, " or ".join(map(str, heads)))
        yield "it continues the checkpoint that you gave"


def _check_witness(notes: dict[str, str], witness: Key) -> list[str]:
    """Proves which heads the witness has cosigned; none is a fault, since the reader asked."""
    seen = [
        f"{witness.name} witnessed the head in {name} at {datetime.fromtimestamp(time, UTC)}"
        for name, note in notes.items()
        for time in checkpoint.cosigned_at(note, witness, name)
    ]
    if not seen:
        raise Mismatch("witness", f"a cosignature of {witness.name}", "none")
    return seen
