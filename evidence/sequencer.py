"""Gives committed custody events and audit entries their places in the tree, and signs the head.

One at a time, without gaps; a head is signed only if it continues the last one, in the database
and in the heads file. Without a key, rows stay pending and nothing else stops.
"""

import logging
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from casework import background, clock
from casework.errors import DomainError
from casework.ledger import audit_entry, checkpoint, format, merkle, signing
from casework.ledger.checkpoint import Head
from casework.ledger.tree import Frontier
from casework.models import AuditEntry
from evidence.models import LedgerLeaf, LedgerNode, PendingEntry, PendingLeaf, SignedHead
from evidence.tree import attesting, audit_rows, heads_file, tree_store
from evidence.tree.heads_file import HeadsFileBroken
from evidence.tree.heads_file import publish as publish

log = logging.getLogger(__name__)
LOCK = 0x0CA5E0  # of PostgreSQL's advisory locks; SQLite has one writer anyway
BATCH = 500
AT_ONCE = 5000  # events, and as many entries, under one head: a long queue is many short writes
Waiting = tuple[LedgerLeaf.Kind, int, bytes]  # kind, key of the row, hash of the leaf


class NoSigningKey(DomainError):
    code = "no-signing-key"
    message = _("The ledger has no signing key. Ask the administrator to run create_signing_key.")


class LedgerForked(DomainError):
    """The heads file knows of more than the database: the database is an old copy."""

    code = "ledger-forked"
    message = _("The database is older than the signed heads. Restore the newer one.")


class LedgerBroken(DomainError):
    """A stored chain, leaf or head is not what its digests say."""

    code = "ledger-broken"
    status = 500


def signer() -> signing.Signer:
    """NoSigningKey where none is set or its file is absent; OSError, ValueError for a bad file."""
    if not settings.SIGNING_KEY_FILE or not Path(settings.SIGNING_KEY_FILE).exists():
        raise NoSigningKey
    return signing.load_key(Path(settings.SIGNING_KEY_FILE), settings.LEDGER_ORIGIN)


def public_key() -> checkpoint.Key | None:
    try:
        return signer().key
    except NoSigningKey:
        return None


def run_on_commit() -> None:
    """After the transaction; what goes wrong leaves rows pending and is logged."""
    background.after_commit(catch_up)


@background.register
def catch_up() -> None:
    """Sequence and publish what waits, if anything does."""
    try:
        if _is_behind():
            run()
            attesting.wake()
    except NoSigningKey:
        log.info("no signing key: records stay pending")
    except (LedgerForked, LedgerBroken, HeadsFileBroken) as error:
        log.error("records stay pending: %s", error)


def _is_behind() -> bool:
    """Also after a kill between the commit of a head and its place in the file."""
    if PendingLeaf.objects.exists() or PendingEntry.objects.exists():
        return True
    last = SignedHead.objects.order_by("tree_size").last()
    return last is not None and heads_file.last_size(Path(settings.HEADS_FILE)) < last.tree_size


def run() -> SignedHead | None:
    """Sequence what is pending; the latest head, or None where there has never been a record."""
    ours = signer()
    while _run_once(ours):
        pass
    return SignedHead.objects.order_by("tree_size").last()


def _run_once(ours: signing.Signer) -> bool:
    """Whether more is waiting than one head should hold."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        count = _append_pending(ours)
        transaction.on_commit(partial(heads_file.publish, Path(settings.HEADS_FILE)))
    return count >= AT_ONCE


def _append_pending(ours: signing.Signer) -> int:
    last = SignedHead.objects.order_by("tree_size").last()
    waiting = _waiting()
    if not waiting:
        return 0
    _refuse_fork(last.tree_size if last else 0)
    frontier = _frontier(last)
    leaves, nodes = [], []
    for kind, pk, value in waiting:
        of = {"event_id": pk} if kind == LedgerLeaf.Kind.EVENT else {"entry_id": pk}
        index = frontier.size
        leaves.append(LedgerLeaf(leaf_index=index, kind=kind, leaf_hash=value.hex(), **of))
        nodes += tree_store.kept(index, frontier.append(value))
    LedgerLeaf.objects.bulk_create(leaves, batch_size=BATCH)
    LedgerNode.objects.bulk_create(nodes, batch_size=BATCH)
    _forget(PendingLeaf, [pk for kind, pk, _value in waiting if kind == LedgerLeaf.Kind.EVENT])
    _forget(PendingEntry, [pk for kind, pk, _value in waiting if kind == LedgerLeaf.Kind.AUDIT])
    _sign(frontier, ours)
    return len(waiting)


def _waiting() -> list[Waiting]:
    """The longest waiting first, events before entries."""
    events = PendingLeaf.objects.order_by("event_id").values_list("event_id", "event__digest")
    entries = AuditEntry.objects.filter(pending__isnull=False).order_by("pk")[:AT_ONCE]
    digests = [(LedgerLeaf.Kind.EVENT, pk, leaf_of(digest)) for pk, digest in events[:AT_ONCE]]
    read = audit_rows.read(entries)
    return digests + [(LedgerLeaf.Kind.AUDIT, pk, audit_entry.leaf(entry)) for pk, entry in read]


def _forget(queue: type[PendingLeaf] | type[PendingEntry], keys: list[int]) -> None:
    for start in range(0, len(keys), BATCH):
        queue.objects.filter(pk__in=keys[start : start + BATCH]).delete()


def leaf_of(digest: str) -> bytes:
    return merkle.leaf_hash(format.leaf_data(format.CUSTODY_LEAF, bytes.fromhex(digest)))


def _frontier(last: SignedHead | None) -> Frontier:
    """The tree under the last head; a stored one that does not give its root is not continued."""
    if last is None:
        return Frontier()
    frontier = Frontier(last.tree_size, map(bytes.fromhex, last.frontier))
    if frontier.root().hex() != last.root_hash:
        raise LedgerBroken(_("The stored head is not that of its tree. Run verify_custody."))
    return frontier


def _sign(frontier: Frontier, ours: signing.Signer) -> None:
    root = frontier.root()
    SignedHead(
        tree_size=frontier.size,
        root_hash=root.hex(),
        frontier=[node.hex() for node in frontier.nodes],
        note=ours.sign(str(Head(ours.name, frontier.size, root))),
        signed_at=clock.now(),
    ).save()


def _refuse_fork(size: int) -> None:
    if (known := heads_file.last_size(Path(settings.HEADS_FILE))) > size:
        told = _(
            "The heads file knows %(known)d records, the database %(size)d: it is an old copy."
        )
        raise LedgerForked(told % {"known": known, "size": size})
