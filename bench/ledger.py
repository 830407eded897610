"""Proofs out of the tree as it grows to ten million leaves: hashes, time in memory and from rows.

The rows of leaves and nodes are real in shape, size, hashes and indexes; the audit entries that
they name are left out, since no proof reads them.
"""

import hashlib
import random
import statistics
import time
from collections.abc import Callable, Iterator

from django.db import connection, transaction

from casework.ledger import merkle
from casework.ledger.tree import Tree
from evidence.tree.tree_store import STEP, StoredTree

AT_ONCE = 50_000
LEAF = (
    "INSERT INTO evidence_ledgerleaf (leaf_index, kind, entry_id, leaf_hash, added_at)"
    " VALUES (%s, 'audit-entry', %s, %s, '2026-01-01 00:00:00+00:00')"
)
NODE = 'INSERT INTO evidence_ledgernode (level, "index", hash) VALUES (%s, %s, %s)'
Row = dict[str, object]


def run(quick: bool) -> list[Row]:
    sizes = (1_000, 10_000, 50_000) if quick else (1_000, 100_000, 1_000_000, 10_000_000)
    rows: list[Row] = []
    tree, chance = Tree(), random.Random(18)
    for size in sizes:
        grow(tree, size)
        rows += measure(tree, chance, 30 if quick else 200)
    return rows


def grow(tree: Tree, size: int) -> None:
    """Without the constraint that every leaf has its entry, and without a sync for each batch."""
    with _no_foreign_keys():
        while len(tree) < size:
            first, last = len(tree), min(size, len(tree) + AT_ONCE)
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.executemany(LEAF, list(_leaves(tree, first, last)))
                cursor.executemany(NODE, list(_nodes(tree, first, last)))


def _leaves(tree: Tree, first: int, last: int) -> Iterator[tuple[int, int, str]]:
    for index in range(first, last):
        leaf = merkle.leaf_hash(hashlib.sha256(index.to_bytes(8, "big")).digest())
        tree.append(leaf)
        yield index, index + 1, leaf.hex()


def _nodes(tree: Tree, first: int, last: int) -> Iterator[tuple[int, int, str]]:
    """The subtrees that these leaves have completed."""
    for level in (STEP, 2 * STEP):
        for index in range(first >> level, last >> level):
            yield level, index, tree.node(level, index).hex()


class _no_foreign_keys:
    def __enter__(self) -> None:
        self._run("PRAGMA foreign_keys = OFF", "SET session_replication_role = replica")

    def __exit__(self, *raised: object) -> None:
        self._run("PRAGMA foreign_keys = ON", "SET session_replication_role = DEFAULT")

    def _run(self, on_sqlite: str, on_postgresql: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(on_sqlite if connection.vendor == "sqlite" else on_postgresql)


def measure(tree: Tree, chance: random.Random, count: int) -> list[Row]:
    size = len(tree)
    indexes = [chance.randrange(size) for _ in range(count)]
    for index in indexes[:8]:  # the two are the same, or no time means anything
        if StoredTree(size).inclusion(index) != tree.inclusion(index):
            raise RuntimeError(f"leaf {index} has two proofs")
    hashes = max(len(tree.inclusion(index)) for index in indexes)
    links = max(len(tree.consistency(index + 1)) for index in indexes)
    return [
        _row(size, "inclusion proof, longest", hashes, "hashes", count),
        _row(size, "consistency proof, longest", links, "hashes", count),
        _row(size, "inclusion, in memory", _each(tree.inclusion, indexes) * 1e6, "µs", count),
        _row(size, "inclusion, from rows", _each(_stored(size), indexes) * 1e3, "ms", count),
        _row(
            size,
            "consistency, from rows",
            _each(lambda index: StoredTree(size).consistency(index + 1), indexes) * 1e3,
            "ms",
            count,
        ),
        _row(
            size,
            "root, from rows",
            _each(lambda _n: StoredTree(size).root(), indexes) * 1e3,
            "ms",
            count,
        ),
    ]


def _stored(size: int) -> Callable[[int], object]:
    """Each with nothing remembered, as the first proof of a request."""
    return lambda index: StoredTree(size).inclusion(index)


def _each(prove: Callable[[int], object], indexes: list[int]) -> float:
    """The median: a shared machine makes some of them wait."""
    taken = []
    for index in indexes:
        start = time.perf_counter()
        prove(index)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _row(size: int, name: str, value: float, unit: str, n: int) -> Row:
    return {"name": f"{name}, of {size:,} leaves", "value": value, "unit": unit, "n": n}
