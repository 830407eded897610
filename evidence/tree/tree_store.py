"""The tree as its rows: roots and proofs of any size that read few rows of it.

Every eighth level is stored, so that a subtree comes from at most 256 rows: the leaves, and above
them LedgerNode. Where a node is not stored, it is made of those below it.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from django.db.models import Q

from casework.ledger.merkle import node_hash
from casework.ledger.tree import Frontier, Proofs
from casework.prepared import Query
from evidence.models import LedgerLeaf, LedgerNode

STEP = 8  # levels between those that are stored
TILE = 1 << STEP
TOGETHER = 50  # tiles asked for in one query
Tile = tuple[int, int]  # stored level, index of 256 neighbours on it


class StoredTree(Proofs):
    """The first `size` leaves. It remembers what it has read: use one for one transaction."""

    def __init__(self, size: int) -> None:
        self._size_of_all = size
        self._tiles: dict[Tile, list[list[bytes]]] = {}

    def __len__(self) -> int:
        return self._size_of_all

    def node(self, level: int, index: int) -> bytes:
        """KeyError where the rows have not got it."""
        above = level % STEP
        stored = level - above
        place = (stored, (index << above) >> STEP)
        levels = self._tiles.get(place) or self._read([place])[place]
        at = index & ((TILE >> above) - 1)
        try:
            return levels[above][at]
        except IndexError as error:
            raise KeyError(f"the tree has no node {level}/{index}") from error

    def prepare(self, indexes: Iterable[int]) -> None:
        """Read what the proofs of these leaves need, many at once."""
        wanted = {(level, i >> level + STEP) for i in indexes for level in self._stored_levels()}
        missing = sorted(wanted - self._tiles.keys())
        for start in range(0, len(missing), TOGETHER):
            self._read(missing[start : start + TOGETHER])

    def _stored_levels(self) -> range:
        return range(0, max(self._size_of_all.bit_length(), 1), STEP)

    def _read(self, places: Sequence[Tile]) -> dict[Tile, list[list[bytes]]]:
        rows: dict[Tile, dict[int, bytes]] = {place: {} for place in places}
        for level, index, value in _rows(places):
            rows[level, index >> STEP][index & TILE - 1] = bytes.fromhex(value)
        made = {place: _levels(self._whole(place, found)) for place, found in rows.items()}
        self._tiles |= made
        return made

    def _whole(self, place: Tile, found: dict[int, bytes]) -> list[bytes]:
        """The tile from its start, with what was not stored made of the level below."""
        level, tile = place
        count = min(TILE, max(0, (self._size_of_all >> level) - (tile << STEP)))
        if level:
            for at in range(count):
                if at not in found:
                    index = (tile << STEP) + at
                    below = self.node(level - 1, 2 * index), self.node(level - 1, 2 * index + 1)
                    found[at] = node_hash(*below)
        elif len(found.keys() & range(count)) < count:
            raise KeyError(f"the tree has not got all leaves from {tile << STEP} on")
        return [found[at] for at in range(count)]


_leaves_between = Query(
    lambda first, last: (
        LedgerLeaf.objects.filter(leaf_index__gte=first, leaf_index__lte=last)
        .order_by()
        .values_list("leaf_index", "leaf_hash")
    ),
    first=int,
    last=int,
)


@cache
def _nodes_between(level: int) -> Query:
    return Query(
        lambda first, last: (
            LedgerNode.objects.filter(level=level, index__gte=first, index__lte=last)
            .order_by()
            .values_list("index", "hash")
        ),
        first=int,
        last=int,
    )


def _rows(places: Sequence[Tile]) -> Iterator[tuple[int, int, str]]:
    """Level, index and hash of the rows of these tiles; of many, in one query for each table."""
    if len(places) == 1:
        ((level, tile),) = places
        ends = {"first": tile << STEP, "last": (tile + 1 << STEP) - 1}
        query = _nodes_between(level) if level else _leaves_between
        found = query.rows(**ends)
        yield from ((level, index, value) for index, value in found)
        return
    leaves, nodes = Q(), Q()
    for level, tile in places:
        first, last = tile << STEP, (tile + 1 << STEP) - 1
        if level:
            nodes |= Q(level=level, index__gte=first, index__lte=last)
        else:
            leaves |= Q(leaf_index__gte=first, leaf_index__lte=last)
    if leaves:
        some = LedgerLeaf.objects.filter(leaves).order_by()
        yield from ((0, *row) for row in some.values_list("leaf_index", "leaf_hash"))
    if nodes:
        others = LedgerNode.objects.filter(nodes).order_by()
        yield from others.values_list("level", "index", "hash")


def _levels(values: list[bytes]) -> list[list[bytes]]:
    """A tile's own level and the seven above it."""
    levels = [values]
    for _above in range(1, STEP):
        below = levels[-1]
        pairs = zip(below[::2], below[1::2], strict=False)
        levels.append([node_hash(left, right) for left, right in pairs])
    return levels


def kept(index: int, completed: Sequence[bytes]) -> list[LedgerNode]:
    """The rows to store of the subtrees that the leaf of this index has completed."""
    return [
        LedgerNode(level=level, index=index >> level, hash=completed[level].hex())
        for level in range(STEP, len(completed), STEP)
    ]


def store_missing() -> int:
    """Store the nodes of leaves that are older than this table; how many were made."""
    last = LedgerLeaf.objects.order_by("-leaf_index").values_list("leaf_index", flat=True).first()
    size = 0 if last is None else last + 1
    if LedgerNode.objects.filter(level=STEP).count() >= size >> STEP:
        return 0
    frontier, made = Frontier(), []
    leaves = LedgerLeaf.objects.order_by("leaf_index").values_list("leaf_hash", flat=True)
    known = set(LedgerNode.objects.values_list("level", "index"))
    for index, leaf in enumerate(leaves.iterator(chunk_size=5000)):
        nodes = kept(index, frontier.append(bytes.fromhex(leaf)))
        made += [node for node in nodes if (node.level, node.index) not in known]
    LedgerNode.objects.bulk_create(made, batch_size=500)
    return len(made)
