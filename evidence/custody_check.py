"""Re-computes every chain, the tree and the signed heads from the rows, and compares.

Finds rows that were edited, deleted, cut off, moved or chained anew, also by somebody who went past
the code and the triggers. The first fault is raised as Mismatch.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import groupby, pairwise
from pathlib import Path

from django.conf import settings
from django.db import connection

from casework import triggers
from casework.ledger import checkpoint, signing
from casework.ledger.format import Mismatch
from casework.ledger.tree import Tree
from casework.models import AuditEntry
from evidence import audit_rows, chain, sequencer, timestamps, trusted_keys, watching, witnesses
from evidence.models import CustodyEvent, Exhibit, LedgerLeaf, LedgerNode, SignedHead


@dataclass(frozen=True)
class Report:
    events: int
    exhibits: int
    pending: int
    heads: int
    tree_size: int
    root: str
    is_signer_checked: bool  # without a key here, roots are compared but signatures are not

    def plain(self) -> dict[str, int | str | bool]:
        return asdict(self)


def check(exhibit: Exhibit | None = None, heads_file: Path | None = None) -> Report:
    """Check one exhibit or all; `heads_file` is a witness's copy, by default our own file.

    An act that is recorded while we read can look like a fault, so a fault has to show twice.
    """
    try:
        return _check(exhibit, heads_file)
    except Mismatch:
        return _check(exhibit, heads_file)


def _check(exhibit: Exhibit | None, heads_file: Path | None) -> Report:
    if lost := triggers.missing(connection):
        raise Mismatch("triggers", "all in place", f"missing: {', '.join(lost)}")
    digests = _chains(exhibit)
    tree = _tree(None if exhibit else digests)
    _nodes(tree)
    keys = trusted_keys.own(sequencer.public_key())
    count = _heads(tree, keys)
    _heads_file(tree, heads_file, keys)
    _outside(tree)
    return Report(
        events=len(digests),
        exhibits=1 if exhibit else Exhibit.objects.count(),
        pending=_pending(exhibit),
        heads=count,
        tree_size=len(tree),
        root=tree.root().hex(),
        is_signer_checked=keys.present is not None,
    )


def _pending(exhibit: Exhibit | None) -> int:
    unheard = AuditEntry.objects.filter(leaf__isnull=True, pending__isnull=True).first()
    if unheard is not None:
        raise Mismatch(f"audit entry {unheard.pk}", "in the tree or pending", "neither")
    outside = CustodyEvent.objects.filter(leaf__isnull=True)
    if (lost := outside.filter(pending__isnull=True).first()) is not None:
        raise Mismatch(f"{lost.label}, event {lost.sequence}", "in the tree or pending", "neither")
    return int((outside.filter(exhibit=exhibit) if exhibit else outside).count())


def _chains(exhibit: Exhibit | None) -> dict[int, bytes]:
    """The re-computed digest of every event by its key."""
    digests: dict[int, bytes] = {}
    wanted = {"exhibit": exhibit} if exhibit else {}
    rows = CustodyEvent.objects.filter(**wanted).order_by("exhibit_id", "sequence")
    kept = _exhibits(exhibit)
    for pk, group in groupby(rows.iterator(chunk_size=2000), key=lambda row: row.exhibit_id):
        digests |= _one_chain(_joined(group, kept[pk]), str(kept[pk]), kept[pk].holder_id)
        del kept[pk]
    for without in kept.values():
        raise Mismatch(f"{without}, events", "a first event", "none")
    return digests


def _exhibits(exhibit: Exhibit | None) -> dict[int, Exhibit]:
    found = Exhibit.objects.filter(pk=exhibit.pk) if exhibit else Exhibit.objects.all()
    fields = ("identifier", "label", "holder_id", "case__reference")
    return {row.pk: row for row in found.select_related("case").only(*fields)}


def _joined(group: Iterable[CustodyEvent], exhibit: Exhibit) -> list[CustodyEvent]:
    """The rows of one chain with what they point at, found among themselves and not by a join."""
    events = list(group)
    known = {row.pk: row for row in events}
    for row in events:
        row.exhibit = exhibit
        if row.answers_id in known:
            row.answers = known[row.answers_id]
        if row.corrects_id in known:
            row.corrects = known[row.corrects_id]
        row._state.fields_cache["leaf"] = None  # the tree compares every leaf with its event
    return events


def _one_chain(events: list[CustodyEvent], label: str, holder: int | None) -> dict[int, bytes]:
    try:
        digests = chain.verify_rows(events)
        _answers(events)
        if _holder(events) != holder:
            raise Mismatch("holder", f"person {_holder(events)}", f"person {holder}")
    except Mismatch as fault:
        raise Mismatch(f"{label}, {fault.part}", fault.expected, fault.computed) from fault
    return {row.pk: digest for row, digest in zip(events, digests, strict=True)}


def _answers(events: list[CustodyEvent]) -> None:
    """An answer follows an offer of the same chain."""
    offers = {row.pk for row in events if row.kind == chain.Kind.OFFERED}
    for row in events:
        if row.answers_id is not None and row.answers_id not in offers:
            raise Mismatch(f"event {row.sequence}, answers", "an offer of this chain", "another")


def _holder(events: list[CustodyEvent]) -> int | None:
    holder: int | None = None
    for row in events:
        if chain.takes_hold(row.kind, row.sequence):
            holder = row.to_user_id
        elif chain.leaves(row.kind, row.sequence):
            holder = None
    return holder


def _tree(digests: dict[int, bytes] | None) -> Tree:
    """The tree of the leaves as stored; each leaf that of its row, when all events were read."""
    tree = Tree()
    rows = LedgerLeaf.objects.order_by("leaf_index")
    values = rows.values_list("leaf_index", "event_id", "entry_id", "leaf_hash")
    entries = audit_rows.leaves(AuditEntry.objects.filter(leaf__isnull=False).order_by("leaf"))
    for place, (index, event_id, entry_id, leaf) in enumerate(values.iterator(chunk_size=5000)):
        if index != place:
            raise Mismatch("leaf index", place, index)
        if digests is not None:
            digest = digests.get(event_id)
            computed = sequencer.leaf_of(digest.hex()) if digest else None
            if entry_id is not None:
                _refuse_altered_entry(entry_id, leaf, entries)
            elif computed is None or leaf != computed.hex():
                raise Mismatch(f"leaf {index}", leaf, computed.hex() if computed else "no event")
        tree.append(bytes.fromhex(leaf))
    return tree


def _refuse_altered_entry(entry_id: int, leaf: str, entries: Iterator[tuple[int, bytes]]) -> None:
    """The entries come in the order of their leaves, so that each is read once."""
    try:
        found, computed = next(entries, (None, b""))
    except ValueError as error:
        raise Mismatch(f"audit entry {entry_id}", "columns as recorded", str(error)) from error
    if found != entry_id:
        raise Mismatch(f"audit entry {entry_id}", "an entry", "none: it was removed")
    if computed.hex() != leaf:
        raise Mismatch(f"audit entry {entry_id}", leaf, computed.hex())


def _nodes(tree: Tree) -> None:
    """What proofs are made of is what the leaves give."""
    rows = LedgerNode.objects.order_by("level", "index").values_list("level", "index", "hash")
    for level, index, value in rows.iterator(chunk_size=5000):
        whole = index + 1 << level <= len(tree)
        if not whole or tree.node(level, index).hex() != value:
            told = tree.node(level, index).hex() if whole else "no such node"
            raise Mismatch(f"node {level}/{index}", told, value)


def _outside(tree: Tree) -> None:
    """What others have said of our heads, and what we have said of theirs."""
    witnesses.check(tree)
    timestamps.check()
    watching.check()


def _heads(tree: Tree, keys: trusted_keys.Own) -> int:
    count, size = 0, 0
    for row in SignedHead.objects.order_by("tree_size").iterator():
        head = _one_head(row.note, f"head of {row.tree_size}", tree, keys)
        if (head.size, head.root.hex()) != (row.tree_size, row.root_hash):
            raise Mismatch(f"head of {row.tree_size}, row", head.root.hex(), row.root_hash)
        count, size = count + 1, head.size
    if size != len(tree):
        raise Mismatch("newest head", f"one of {len(tree)} leaves", f"one of {size}")
    return count


def _heads_file(tree: Tree, given: Path | None, keys: trusted_keys.Own) -> None:
    """Every head in the file is a beginning of our tree, and the newest is in the file."""
    path = given or Path(settings.HEADS_FILE)
    if not path.exists():
        if given or len(tree):
            raise Mismatch("heads file", f"{path.name} with {len(tree)} leaves signed", "no file")
        return
    notes = list(signing.split_notes(path.read_text(encoding="utf-8")))
    sizes = [_one_head(note, f"{path.name}, head", tree, keys).size for note in notes]
    if given is None and max(sizes, default=0) != len(tree):
        raise Mismatch(f"{path.name}, newest head", len(tree), max(sizes, default=0))
    for earlier, later in pairwise(sizes):
        if earlier >= later:
            raise Mismatch(f"{path.name}, order", f"more than {earlier} leaves", later)


def _one_head(note: str, part: str, tree: Tree, keys: trusted_keys.Own) -> checkpoint.Head:
    head = keys.open(note, part)
    if head.size > len(tree):
        raise Mismatch(
            f"{part}, events", f"{head.size} at least", f"{len(tree)}: some were removed"
        )
    if tree.root(head.size) != head.root:
        raise Mismatch(f"{part}, root", head.root.hex(), tree.root(head.size).hex())
    return head
