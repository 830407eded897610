"""The tree as runs of bytes, one for each level, folded in pieces and joined. Imports no Django."""

from collections.abc import Sequence
from hashlib import sha256

from casework.ledger.tree import Proofs

HASH = 32


class PackedTree(Proofs):
    """Roots and proofs of any size out of levels of hashes, the leaves first."""

    def __init__(self, levels: Sequence[bytes]) -> None:
        self._levels = levels

    def __len__(self) -> int:
        return len(self._levels[0]) // HASH

    def node(self, level: int, index: int) -> bytes:
        start = index * HASH
        return self._levels[level][start : start + HASH]


def fold(leaves: bytes) -> list[bytes]:
    """The level of the leaves and those above it, of perfect subtrees only."""
    levels = [leaves]
    while len(levels[-1]) >= 2 * HASH:
        levels.append(_above(levels[-1]))
    return levels


def _above(level: bytes) -> bytes:
    pairs = range(0, len(level) - 2 * HASH + 1, 2 * HASH)
    return b"".join([sha256(b"\x01" + level[at : at + 2 * HASH]).digest() for at in pairs])


def join(parts: Sequence[list[bytes]]) -> PackedTree:
    """One tree of neighbouring parts; all but the last have the same power of two of leaves."""
    if not parts:
        return PackedTree([b""])
    height = len(parts[0])
    levels = [b"".join(part[at] for part in parts if at < len(part)) for at in range(height)]
    return PackedTree(levels[:-1] + fold(levels[-1]))
