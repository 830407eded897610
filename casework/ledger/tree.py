"""The append-only tree of RFC 6962 that gives roots and proofs.

Pure. Every perfect subtree is hashed once, so a root or a proof costs a few dozen hashes.
"""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator

from casework.ledger.merkle import node_hash

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


class Proofs(ABC):
    """Roots and proofs out of perfect subtrees, wherever these are kept."""

    @abstractmethod
    def __len__(self) -> int: ...

    @abstractmethod
    def node(self, level: int, index: int) -> bytes:
        """The root of the 2^level leaves that begin at index * 2^level."""

    def root(self, size: int | None = None) -> bytes:
        size = self._size(size)
        return self._range(0, size) if size else EMPTY_ROOT

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """Siblings from the leaf upwards (RFC 6962, 2.1.1)."""
        size = self._size(size)
        if not 0 <= index < size:
            raise IndexError(f"leaf {index} of a tree of {size}")
        return list(self._path(index, 0, size))

    def consistency(self, old: int, size: int | None = None) -> list[bytes]:
        """That the first `old` leaves were the whole tree once (RFC 6962, 2.1.2)."""
        size = self._size(size)
        if not 0 < old <= size:
            raise IndexError(f"a tree of {old} in a tree of {size}")
        return list(self._subproof(old, 0, size, True))

    def _size(self, size: int | None) -> int:
        if size is not None and not 0 <= size <= len(self):
            raise IndexError(f"size {size} of a tree of {len(self)}")
        return len(self) if size is None else size

    def _range(self, start: int, end: int) -> bytes:
        count = end - start
        if count & (count - 1) == 0:
            level = count.bit_length() - 1
            return self.node(level, start >> level)
        middle = start + _split(count)
        return node_hash(self._range(start, middle), self._range(middle, end))

    def _path(self, index: int, start: int, end: int) -> Iterator[bytes]:
        if end - start == 1:
            return
        middle = start + _split(end - start)
        if index < middle:
            yield from self._path(index, start, middle)
            yield self._range(middle, end)
        else:
            yield from self._path(index, middle, end)
            yield self._range(start, middle)

    def _subproof(self, old: int, start: int, end: int, complete: bool) -> Iterator[bytes]:
        if old == end:
            if not complete:
                yield self._range(start, end)
            return
        middle = start + _split(end - start)
        if old <= middle:
            yield from self._subproof(old, start, middle, complete)
            yield self._range(middle, end)
        else:
            yield from self._subproof(old, middle, end, False)
            yield self._range(start, middle)


class Tree(Proofs):
    """An append-only tree in memory; each level is one run of bytes, 64 for a leaf in all."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels: list[bytearray] = [bytearray()]
        self._count = 0
        for leaf in leaves:
            self.append(leaf)

    def __len__(self) -> int:
        return self._count

    def append(self, leaf: bytes) -> None:
        value, level, rest = leaf, 0, self._count
        self._levels[0] += value
        while rest & 1:
            value = node_hash(bytes(self._levels[level][-2 * HASH_BYTES : -HASH_BYTES]), value)
            level, rest = level + 1, rest >> 1
            if level == len(self._levels):
                self._levels.append(bytearray())
            self._levels[level] += value
        self._count += 1

    def node(self, level: int, index: int) -> bytes:
        start = index * HASH_BYTES
        return bytes(self._levels[level][start : start + HASH_BYTES])


def _split(count: int) -> int:
    """The largest power of two below the count."""
    return 1 << (count - 1).bit_length() - 1


class Frontier:
    """The perfect subtrees of a tree and no more: enough to append and to give the root."""

    def __init__(self, size: int = 0, nodes: Iterable[bytes] = ()) -> None:
        self.size, self.nodes = size, list(nodes)  # from the largest subtree to the smallest
        if len(self.nodes) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} perfect subtrees")

    def append(self, leaf: bytes) -> list[bytes]:
        """The subtrees that the leaf completes, from itself upwards."""
        value, rest = leaf, self.size
        completed = [value]
        while rest & 1:
            value, rest = node_hash(self.nodes.pop(), value), rest >> 1
            completed.append(value)
        self.nodes.append(value)
        self.size += 1
        return completed

    def root(self) -> bytes:
        if not self.nodes:
            return EMPTY_ROOT
        *others, value = self.nodes
        for node in reversed(others):
            value = node_hash(node, value)
        return value
