"""That the rows are all there: each event and entry in the tree or pending, no leaf left out."""

from django.db import models

from casework.ledger.format import Mismatch
from casework.models import AuditEntry
from evidence.ledger_check.rows import Reader
from evidence.models import CustodyEvent, LedgerLeaf

SIZE = "SELECT count(*) FROM evidence_ledgerleaf"
ENDS = "SELECT min(leaf_index), max(leaf_index) FROM evidence_ledgerleaf"
GAP = (
    "SELECT min(l.leaf_index) + 1 FROM evidence_ledgerleaf l WHERE NOT EXISTS"
    " (SELECT 1 FROM evidence_ledgerleaf n WHERE n.leaf_index = l.leaf_index + 1)"
)
AFTER = "SELECT min(leaf_index) FROM evidence_ledgerleaf WHERE leaf_index >= ?"
COUNTS = "SELECT (SELECT count(*) FROM {rows}), (SELECT count({key}) FROM evidence_ledgerleaf),"
COUNTS += " (SELECT count(*) FROM {queue})"
IN_TREE = "EXISTS (SELECT 1 FROM evidence_ledgerleaf l WHERE l.{key} = r.id)"
WAITING = "EXISTS (SELECT 1 FROM {queue} q WHERE q.{key} = r.id)"
FIRST = "SELECT r.id FROM {rows} r WHERE {sought} ORDER BY r.id LIMIT 1"
NEITHER, BOTH = f"NOT {IN_TREE} AND NOT {WAITING}", f"{IN_TREE} AND {WAITING}"
ODD = "SELECT leaf_index, kind FROM evidence_ledgerleaf WHERE NOT (kind = 'custody-event'"
ODD += " AND event_id IS NOT NULL OR kind = 'audit-entry' AND entry_id IS NOT NULL)"

EVENTS = {"rows": "evidence_custodyevent", "key": "event_id", "queue": "evidence_pendingleaf"}
ENTRIES = {"rows": "casework_auditentry", "key": "entry_id", "queue": "evidence_pendingentry"}


def size(reader: Reader) -> int:
    return int(reader.rows(SIZE)[0][0])


def check(reader: Reader, size: int) -> None:
    """The tree of that size has every index from 0 on, and every event that is not pending."""
    if (lost := lost_row(reader, CustodyEvent)) is not None:
        raise lost
    first, last = reader.rows(ENDS)[0]
    if size and first != 0:
        raise Mismatch("leaf index", 0, first)
    if size and last != size - 1:
        expected = reader.rows(GAP)[0][0]
        raise Mismatch("leaf index", expected, reader.rows(AFTER, expected)[0][0])


def lost_row(reader: Reader, model: type[models.Model]) -> Mismatch | None:
    """The first row that is not either in the tree or pending."""
    names = EVENTS if model is CustodyEvent else ENTRIES
    rows, leaves, waiting = reader.rows(COUNTS.format(**names))[0]
    if rows != leaves + waiting:
        for wanted, told in ((NEITHER, "neither"), (BOTH, "both")):
            sought = wanted.format(**names)
            if found := reader.rows(FIRST.format(sought=sought, **names)):
                return Mismatch(name(model, found[0][0]), "in the tree or pending", told)
    return None


def name(model: type[models.Model], pk: int) -> str:
    if model is AuditEntry:
        return f"audit entry {pk}"
    row = CustodyEvent.objects.only("label", "sequence").get(pk=pk)
    return f"{row.label}, event {row.sequence}"


def odd_leaf(reader: Reader) -> Mismatch:
    found = reader.rows(ODD)
    index, kind = found[0] if found else ("?", "another")
    return Mismatch(f"leaf {index}, kind", "that of its row", kind)


def leaf_without(model: type[models.Model]) -> Mismatch:
    """The first leaf whose row was removed behind the back of the database's keys."""
    key = "event_id" if model is CustodyEvent else "entry_id"
    leaves = LedgerLeaf.objects.filter(**{f"{key}__isnull": False})
    gone = leaves.exclude(**{f"{key}__in": model._default_manager.values("pk")})
    row = gone.order_by("leaf_index").first()
    what = "custody event" if model is CustodyEvent else "audit entry"
    place = f"leaf {row.leaf_index}, {what} {getattr(row, key)}" if row else what
    return Mismatch(place, "a row", "none: it was removed")
