"""The Merkle tree of RFC 6962: its two hashes, and the checking of what is proved about a tree.

A tree has one hash, its root. The root of one leaf is the leaf's hash; a larger tree is split after
the largest power of two below its size, and its root is the hash of the roots of both parts. So a
proof needs one hash for each level and no other leaf. A check that fails raises Mismatch.
"""

import hashlib
from collections.abc import Sequence

from casework.ledger.format import Mismatch

Proof = Sequence[bytes]


def leaf_hash(data: bytes) -> bytes:
    """The first byte differs from that of a node, so a node can never be shown as a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def verify_inclusion(leaf: bytes, index: int, size: int, root: bytes, proof: Proof) -> None:
    """Proves that this leaf stands at this place of the tree with this root."""
    if len(leaf) != 32:
        raise Mismatch("inclusion proof", "a leaf hash of 32 bytes", f"{len(leaf)} bytes")
    verify_subtree(leaf, index, index + 1, size, root, proof, "inclusion proof")


def verify_consistency(old_root: bytes, old: int, root: bytes, size: int, proof: Proof) -> None:
    """Proves that the old tree is the beginning of the new one: nothing in it was changed."""
    verify_subtree(old_root, 0, old, size, root, proof, "consistency proof")


def verify_subtree(
    subtree: bytes, start: int, end: int, size: int, root: bytes, proof: Proof, part: str = "proof"
) -> None:
    """Both proofs are one: that `subtree` is the root of leaves start to end of the whole tree."""
    if not 0 <= start < end <= size or start % (1 << (end - start - 1).bit_length()):
        raise Mismatch(part, f"a range within {size} leaves", f"[{start}, {end})")
    if any(len(value) != 32 for value in proof):
        raise Mismatch(part, "hashes of 32 bytes", "another length")
    try:
        old, new = _roots(subtree, start, end, size, proof, whole=True)
    except ValueError as error:
        raise Mismatch(part, "one hash for each level", f"{len(proof)} hashes") from error
    if (old, new) != (subtree, root):
        raise Mismatch(part, f"{subtree.hex()} in {root.hex()}", f"{old.hex()} in {new.hex()}")


def _roots(
    subtree: bytes, start: int, end: int, size: int, proof: Proof, *, whole: bool
) -> tuple[bytes, bytes]:
    """What the proof makes of the root of leaves start to end, and of the root of all leaves.

    The last hash of a proof is the root of the part that the range does not fill. Where the range
    fills a part, the root of that is `subtree` (`whole`) or else the first hash of the proof.
    """
    if (start, end) == (0, size):
        (value,) = (subtree, *proof) if whole else proof
        return value, value
    split = 1 << (size - 1).bit_length() - 1
    *rest, other = proof
    if end <= split:
        old, new = _roots(subtree, start, end, split, rest, whole=whole)
        return old, node_hash(new, other)
    is_right = start >= split
    start, end = (start - split, end - split) if is_right else (0, end - split)
    old, new = _roots(subtree, start, end, size - split, rest, whole=whole and is_right)
    return old if is_right else node_hash(other, old), node_hash(other, new)
