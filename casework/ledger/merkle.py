"""The Merkle tree of RFC 6962: its hashes, and the verification of inclusion and consistency.

Pure. Each `verify_*` returns nothing or raises Mismatch; the tree that proves is in tree.py.
"""

import hashlib
from collections.abc import Sequence

from casework.ledger.format import Mismatch

HASH_BYTES = 32


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def verify_inclusion(
    leaf: bytes, index: int, size: int, root: bytes, proof: Sequence[bytes]
) -> None:
    if len(leaf) != HASH_BYTES:
        raise Mismatch("inclusion proof", "a leaf hash of 32 bytes", f"{len(leaf)} bytes")
    verify_subtree(leaf, index, index + 1, size, root, proof, part="inclusion proof")


def verify_consistency(
    old_root: bytes, old: int, root: bytes, size: int, proof: Sequence[bytes]
) -> None:
    verify_subtree(old_root, 0, old, size, root, proof, part="consistency proof")


def verify_subtree(
    subtree: bytes,
    start: int,
    end: int,
    size: int,
    root: bytes,
    proof: Sequence[bytes],
    *,
    part: str = "subtree proof",
) -> None:
    """Both proofs are one: that `subtree` is the root of leaves [start, end) of the whole tree."""
    if not 0 <= start < end <= size or start % (1 << (end - start - 1).bit_length()):
        raise Mismatch(part, f"a range within {size} leaves", f"[{start}, {end})")
    if any(len(value) != HASH_BYTES for value in proof):
        raise Mismatch(part, "hashes of 32 bytes", "another length")
    old, new = _fold(subtree, (start, end - 1, size - 1), list(proof), part)
    if (old, new) != (subtree, root):
        raise Mismatch(part, f"{subtree.hex()} in {root.hex()}", f"{old.hex()} in {new.hex()}")


def _fold(
    subtree: bytes, nodes: tuple[int, int, int], rest: list[bytes], part: str
) -> tuple[bytes, bytes]:
    """Climb from the subtree to the root: what the proof makes of the old and of the new root."""
    first, last, top = nodes
    while first != last and (last == top or last & 1):
        first, last, top = first >> 1, last >> 1, top >> 1
    if first != last:  # the proof then begins with the hash that both roots share
        rest, subtree = rest[1:], rest[0] if rest else b""
    old = new = subtree
    for value in rest:
        if top == 0:
            raise Mismatch(part, "a shorter proof", "more hashes than levels")
        if last & 1 or last == top:
            old = node_hash(value, old) if first < last else old
            new = node_hash(value, new)
            while not last & 1:
                first, last, top = first >> 1, last >> 1, top >> 1
        else:
            new = node_hash(new, value)
        first, last, top = first >> 1, last >> 1, top >> 1
    if top != 0:
        raise Mismatch(part, "a longer proof", "fewer hashes than levels")
    return old, new
