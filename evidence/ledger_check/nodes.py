"""The stored nodes that proofs are made of are those of the tree."""

from casework.ledger.format import Mismatch
from casework.ledger.tree import Proofs
from evidence.models import LedgerNode
from evidence.tree import tree_store


def check(tree: Proofs) -> list[str]:
    """What to tell of nodes that are not stored: proofs take longer without them, and hold."""
    count = 0
    rows = LedgerNode.objects.order_by("level", "index").values_list("level", "index", "hash")
    for level, index, value in rows.iterator(chunk_size=5000):
        is_whole = index + 1 << level <= len(tree)
        made = tree.node(level, index).hex() if is_whole else "no such node"
        if made != value:
            raise Mismatch(f"node {level}/{index}", made, value)
        count += 1
    levels = range(tree_store.STEP, len(tree).bit_length(), tree_store.STEP)
    if absent := sum(len(tree) >> level for level in levels) - count:
        return [f"{absent} stored nodes of the tree are missing. Run migrate to make them again."]
    return []
