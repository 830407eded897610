"""The whole ledger: every event, every audit entry and every leaf, re-computed and held together.

Quick where all is plain; whatever is not is looked at the slow way, which names the first fault.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from casework import clock
from casework.ledger.format import Mismatch
from casework.ledger.tree import Proofs
from casework.models import AuditEntry
from evidence.ledger_check import census, chains, workers
from evidence.ledger_check.rows import Database, Reader
from evidence.ledger_check.scan import TOLERANCE, UNTOUCHED, Clock, Found, Given, Link, Stretch
from evidence.ledger_check.tree import join
from evidence.models import CustodyEvent, LedgerLeaf
from evidence.tree import audit_rows

# Neither the case of an exhibit nor its label ever changes: the first event knows them.
RENAMED = (
    "SELECT x.id FROM evidence_exhibit x JOIN casework_case c ON c.id = x.case_id"
    " JOIN evidence_custodyevent e ON e.exhibit_id = x.id AND e.sequence = 1"
    " WHERE e.label <> c.reference || '/' || x.label"
)
Progress = Callable[[int, int], None]  # rows read, rows in all


@dataclass
class Sum:
    """What the stretches gave, put together in the order of the tree."""

    events: int = 0
    entries: int = 0
    parts: list[list[bytes]] = field(default_factory=list)
    chains: dict[int, Link] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    suspects: set[int] = field(default_factory=set)
    odd: list[int] = field(default_factory=list)
    clocks: list[tuple[Clock, Clock]] = field(default_factory=list)

    def add(self, found: Found) -> None:
        self.events += found.events
        self.entries += found.entries
        self.parts.append(found.levels)
        self.people = found.people | self.people
        self.suspects |= found.suspects
        self.odd += found.odd
        self.clocks.append(found.clocks)
        for exhibit, link in found.chains.items():
            self._join(exhibit, link)

    def _join(self, exhibit: int, link: Link) -> None:
        """The chain goes on where the stretch before left it, or begins with its first event."""
        first, previous, last, digest, holder, place = link
        before = self.chains.get(exhibit, (0, "", 0, "", None, ""))
        if (first, previous) != (before[2] + 1, before[3]):
            self.suspects.add(exhibit)
        holder = before[4] if holder == UNTOUCHED else holder
        self.chains[exhibit] = (1, "", last, digest, holder, place or before[5])


@dataclass(frozen=True)
class Whole:
    """A ledger in which everything fits."""

    events: int
    exhibits: int
    entries: int
    pending: int
    pending_entries: int
    newest_head: int  # its size, at the moment that was read
    tree: Proofs
    clocks: list[tuple[Clock, Clock]]


def check(progress: Progress) -> Whole:
    with source() as (database, reader):
        size = census.size(reader)
        given = Given(chains.effects(), chains.ACCOUNTED, _horizon())
        with workers.reading(database, reader, size, given) as stretches:
            census.check(reader, size)
            rows = _Rows(reader)
            total = Sum()
            for found in stretches:
                total.add(found)
                progress(total.events + total.entries, size)
        if total.events + total.entries != size:
            raise census.odd_leaf(reader)
        waiting = Stretch(reader, 0, 0, given, reader.identifiers()).read_pending().found()
    total.add(waiting)
    rows.compare(total)
    _people(total)
    _suspects(total)
    if rows.lost is not None:
        raise rows.lost
    return Whole(
        total.events,
        len(rows.exhibits),
        total.entries,
        waiting.events,
        waiting.entries,
        rows.head,
        join(total.parts),
        total.clocks,
    )


class _Rows:
    """What is asked of the same moment beside the tree, while other processes read that."""

    def __init__(self, reader: Reader) -> None:
        self.exhibits = reader.rows("SELECT id, holder_id, storage_place FROM evidence_exhibit")
        self.renamed = {pk for (pk,) in reader.rows(RENAMED)}
        self.lost = census.lost_row(reader, AuditEntry)
        self.head = reader.rows("SELECT max(tree_size) FROM evidence_signedhead")[0][0] or 0

    def compare(self, total: Sum) -> None:
        """Every exhibit has a chain, and its own columns say what the chain says."""
        for pk, holder, place in self.exhibits:
            link = total.chains.get(pk)
            if link is None or link[4:] != (holder, place):
                total.suspects.add(pk)
        total.suspects |= self.renamed


@contextmanager
def source() -> Iterator[tuple[Database | None, Reader]]:
    """One moment of the database to read; inside a transaction, what the transaction sees.

    The Database is for further processes, and None where these would not see the same.
    """
    connection.ensure_connection()
    if connection.in_atomic_block or is_in_memory():
        yield None, Reader(connection.vendor, connection.connection)
        return
    database = Database(connection.vendor, parameters())
    reader = database.open(is_snapshot=True)
    try:
        yield database, reader
    finally:
        reader.connection.close()


def is_in_memory() -> bool:
    name = str(connection.settings_dict["NAME"])
    return connection.vendor == "sqlite" and ("mode=memory" in name or ":memory:" in name)


def parameters() -> dict[str, Any]:
    """What the driver connects with, without what cannot go to another process."""
    given = connection.get_connection_params()
    if connection.vendor == "sqlite":
        return {"database": str(given["database"]), "uri": True, "timeout": 60}
    own = {"cursor_factory", "context", "prepare_threshold"}
    return {name: value for name, value in given.items() if name not in own}


def _horizon() -> str:
    return (clock.now() + TOLERANCE).strftime("%Y-%m-%d %H:%M:%S")


def _people(total: Sum) -> None:
    """Accounts beside names that they never had make their chain a suspect."""
    accounts = chains.Accounts()
    for text, exhibit in total.people.items():
        named = json.loads(text)
        for place in range(3):
            pk, (name, number) = named[place], named[3 + 3 * place : 5 + 3 * place]
            if pk is not None and not accounts.is_known_as(pk, name, number):
                total.suspects.add(exhibit)


def _suspects(total: Sum) -> None:
    for exhibit in sorted(pk for pk in total.suspects if pk is not None):
        chains.check(exhibit)
    if None in total.suspects:
        raise census.leaf_without(CustodyEvent)
    if None in total.odd:
        raise census.leaf_without(AuditEntry)
    for entry in sorted(total.odd):
        _entry(entry)


def _entry(pk: int) -> None:
    part = f"audit entry {pk}"
    row = AuditEntry.objects.filter(pk=pk)
    try:
        computed = next((leaf for _pk, leaf in audit_rows.leaves(row)), b"").hex()
    except chains.UNREADABLE as error:
        raise Mismatch(part, "columns as recorded", error) from error
    stored = LedgerLeaf.objects.filter(entry=pk).values_list("leaf_hash", flat=True).first()
    if stored not in (None, computed):
        raise Mismatch(part, stored, computed)
