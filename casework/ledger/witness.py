"""The request of the C2SP tlog-witness protocol: an old size, a proof from it, and a checkpoint.

Pure. The same text goes over a line (POST add-checkpoint) or on a stick.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from casework.ledger import checkpoint
from casework.ledger.format import Mismatch
from casework.ledger.merkle import Proof, verify_consistency
from casework.ledger.tree import EMPTY_ROOT

MOST_HASHES = 63
OLD = re.compile(r"old (0|[1-9][0-9]{0,17})")


@dataclass(frozen=True)
class Request:
    old_size: int
    proof: Proof
    note: str  # the checkpoint with its signatures

    def __str__(self) -> str:
        lines = [f"old {self.old_size}", *(checkpoint.encode(node) for node in self.proof)]
        return "\n".join(lines) + f"\n\n{self.note}"


def parse(text: str) -> Request:
    """Mismatch where the text is no request; the checkpoint in it is not looked at."""
    first, blank, note = text.partition("\n\n")
    opening, *nodes = first.split("\n")
    old = OLD.fullmatch(opening)
    if not (blank and old) or len(nodes) > MOST_HASHES:
        raise Mismatch("request", "old size, proof, empty line and checkpoint", "something else")
    proof = [checkpoint.decode(node, "consistency proof") for node in nodes]
    return Request(int(old[1]), proof, note)


def head_of(note: str) -> checkpoint.Head:
    """What a checkpoint says, before anybody's signature is looked at."""
    return checkpoint.parse_head(note.rpartition("\n\n")[0] + "\n")


def verify_growth(old_root: bytes | None, request: Request, head: checkpoint.Head) -> None:
    """Mismatch unless the head is what was seen before, only longer; None: nothing was seen."""
    if head.size == 0 and head.root != EMPTY_ROOT:
        raise Mismatch("checkpoint", "the root of the empty tree", head.root.hex())
    if request.old_size == 0 or old_root is None:
        if request.proof:
            raise Mismatch("consistency proof", "none, from the empty tree", "some hashes")
        return
    verify_consistency(old_root, request.old_size, head.root, head.size, request.proof)


def lines_of(note: str, keys: Sequence[checkpoint.Key]) -> str:
    """The signature lines of these keys, each checked; Mismatch where there is none."""
    text = note.rpartition("\n\n")[0] + "\n"
    kept = []
    for line in note.rpartition("\n\n")[2].splitlines(keepends=True):
        for key in keys:
            if line.startswith(f"— {key.name} ") and _is_of(f"{text}\n{line}", key):
                kept.append(line)
    if not kept:
        raise Mismatch("checkpoint, signer", " or ".join(key.name for key in keys), "nobody known")
    return "".join(kept)


def _is_of(note: str, key: checkpoint.Key) -> bool:
    """Whether this one signature names the key; Mismatch where it does and is not of it."""
    if key.kind == checkpoint.WITNESS:
        return bool(checkpoint.cosigned_at(note, key))
    try:
        checkpoint.open_note(note, key)
    except Mismatch as fault:
        if fault.part.endswith("signer"):
            return False
        raise
    return True
