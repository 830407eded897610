"""The proof that one signed head continues another: the same records, in order, and more."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.errors import DomainError
from casework.ledger import checkpoint, merkle
from casework.ledger.format import Mismatch
from evidence import sequencer
from evidence.models import SignedHead
from evidence.tree.tree_store import StoredTree


class NoSuchHead(DomainError):
    code = "no-such-head"


@dataclass(frozen=True)
class Continuation:
    """Two signed heads with the hashes that lead from one to the other (RFC 6962, 2.1.2)."""

    old: SignedHead
    new: SignedHead
    proof: list[bytes]

    def plain(self) -> dict[str, Any]:
        """As data; hashes are base64, as in checkpoints."""
        hashes = [checkpoint.encode(value) for value in self.proof]
        return {"old": _plain(self.old), "new": _plain(self.new), "proof": hashes}


def _plain(head: SignedHead) -> dict[str, Any]:
    root = checkpoint.encode(bytes.fromhex(head.root_hash))
    return {"size": head.tree_size, "root": root, "checkpoint": head.note}


def prove(old: int, new: int | None = None) -> Continuation:
    """Between the heads of so many records, by default up to the newest.

    NoSuchHead where none of that size was signed; LedgerBroken where the rows prove another tree.
    """
    first, last = _head(old), _head(new)
    if first.tree_size > last.tree_size:
        raise NoSuchHead(_("The old head has more records than the new one. Turn them round."))
    roots = (bytes.fromhex(first.root_hash), bytes.fromhex(last.root_hash))
    try:
        proof = StoredTree(last.tree_size).consistency(first.tree_size, last.tree_size)
        merkle.verify_consistency(roots[0], first.tree_size, roots[1], last.tree_size, proof)
    except (KeyError, Mismatch) as fault:
        told = _("The tree is not that of its heads. Run verify_custody.")
        raise sequencer.LedgerBroken(told) from fault
    return Continuation(first, last, proof)


def _head(size: int | None) -> SignedHead:
    heads = SignedHead.objects.order_by("tree_size")
    found: SignedHead | None = heads.last() if size is None else heads.filter(tree_size=size).last()
    if found is None:
        near = heads.filter(tree_size__gte=size or 0).first() or heads.last()
        told = _("No head of %(size)s records was signed. The nearest one has %(near)s.")
        known = {"size": size, "near": near.tree_size} if near else {"size": size or 0, "near": 0}
        raise NoSuchHead(told % known)
    return found
