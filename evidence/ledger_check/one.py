"""One exhibit only: its chain, and the proof of each event under the newest head."""

from dataclasses import dataclass

from casework.ledger import merkle
from casework.ledger.format import Mismatch
from casework.ledger.tree import Proofs
from evidence import sequencer
from evidence.ledger_check import chains
from evidence.models import CustodyEvent, Exhibit, PendingLeaf, SignedHead
from evidence.tree.tree_store import StoredTree


@dataclass(frozen=True)
class One:
    events: int
    pending: int
    tree: Proofs


def check(exhibit: Exhibit) -> One:
    events = chains.check(exhibit.pk)
    head = SignedHead.objects.order_by("tree_size").last()
    tree = StoredTree(head.tree_size if head else 0)
    placed = [row for row in events if getattr(row, "leaf", None)]
    tree.prepare(row.leaf.leaf_index for row in placed)
    for row in placed:
        _proof(row, tree)
    waiting = PendingLeaf.objects.filter(event__exhibit=exhibit).count()
    if len(placed) + waiting < len(events):
        lost = next(row for row in events if row not in placed and not _is_waiting(row))
        raise Mismatch(f"{lost.label}, event {lost.sequence}", "in the tree or pending", "neither")
    return One(len(events), waiting, tree)


def _is_waiting(row: CustodyEvent) -> bool:
    return PendingLeaf.objects.filter(event=row).exists()


def _proof(row: CustodyEvent, tree: Proofs) -> None:
    """The digest was compared with the row, so the leaf made of it is the leaf of the row."""
    part, index, size = f"{row.label}, event {row.sequence}, proof", row.leaf.leaf_index, len(tree)
    if index >= size:
        return  # sequenced after the head that was read
    try:
        path = tree.inclusion(index, size)
        merkle.verify_inclusion(sequencer.leaf_of(row.digest), index, size, tree.root(), path)
    except KeyError as error:
        raise Mismatch(part, f"the leaves and nodes of {size} records", "some are gone") from error
    except Mismatch as fault:
        raise Mismatch(part, fault.expected, fault.computed) from fault
