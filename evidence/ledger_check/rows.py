"""Reads the ledger's rows as plain tuples, in pieces, on SQLite and on PostgreSQL.

Times, days, lists and truth values come as the database's own text, so that no driver's converter
stands between the column and the digest. Imports no Django.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from evidence.ledger_check.audit_digests import COLUMNS as ENTRY_COLUMNS
from evidence.ledger_check.digests import COLUMNS as EVENT_COLUMNS
from evidence.ledger_check.digests import Row

PIECE: Final = 4096  # rows asked for at a time
HANDFUL: Final = 64

AS_TEXT: Final = {
    *("e.happened_at", "e.recorded_at", "e.seal_intact", "e.scale_calibrated_on"),
    *("e.file_digests", "e.related", "e.at", "e.detail"),
}
EVENT: Final = (
    *("e.id", "e.exhibit_id", "e.sequence", "e.previous_digest", "e.digest", "e.format_version"),
    *("e.answers_id", "e.corrects_id", "e.from_user_id", "e.to_user_id", "e.recorder_id"),
    *(f"e.{name}" for name in EVENT_COLUMNS),
)
ENTRY: Final = ("e.id", *(f"e.{name}" for name in ENTRY_COLUMNS), "c.reference")
EVENTS: Final = "LEFT JOIN evidence_custodyevent e ON e.id = {key}.event_id"
ENTRIES: Final = (
    "LEFT JOIN casework_auditentry e ON e.id = {key}.entry_id"
    " LEFT JOIN casework_case c ON c.id = e.case_id"
)
LEAVES: Final = (
    "SELECT l.leaf_index, l.leaf_hash, {columns} FROM evidence_ledgerleaf l {join}"
    " WHERE l.leaf_index >= {mark} AND l.leaf_index < {mark} AND l.kind = {mark}"
    " ORDER BY l.leaf_index"
)
PENDING: Final = (
    "SELECT NULL, NULL, {columns}, q.{of}_id FROM evidence_pending{table} q {join}"
    " WHERE q.{of}_id > {mark} ORDER BY q.{of}_id LIMIT {mark}"
)


@dataclass(frozen=True)
class Database:
    """How to reach it from another process."""

    vendor: str  # as Django calls it
    parameters: dict[str, Any]

    def open(self, is_snapshot: bool = False) -> "Reader":
        """On a connection of its own, which only reads; a snapshot sees one moment only."""
        if self.vendor == "sqlite":
            made = sqlite3.connect(**self.parameters, isolation_level=None)
            made.execute("PRAGMA query_only = ON")
            if is_snapshot:
                made.execute("BEGIN")
            return Reader(self.vendor, made, has_converters=False)
        import psycopg

        made = psycopg.connect(**self.parameters, prepare_threshold=None, autocommit=True)
        made.execute("SET TIME ZONE 'UTC'")
        if is_snapshot:
            made.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return Reader(self.vendor, made)


class Reader:
    """The statements of this module on one connection of the driver's."""

    def __init__(self, vendor: str, connection: Any, has_converters: bool = True) -> None:
        self.vendor, self.connection, self._casts = vendor, connection, has_converters
        self.mark = "?" if vendor == "sqlite" else "%s"
        event = {"columns": self._columns(EVENT), "mark": self.mark}
        entry = {"columns": self._columns(ENTRY), "mark": self.mark}
        self._event_leaves = LEAVES.format(join=EVENTS.format(key="l"), **event)
        self._entry_leaves = LEAVES.format(join=ENTRIES.format(key="l"), **entry)
        join = EVENTS.format(key="q")
        self._pending_events = PENDING.format(of="event", table="leaf", join=join, **event)
        join = ENTRIES.format(key="q")
        self._pending_entries = PENDING.format(of="entry", table="entry", join=join, **entry)

    def _columns(self, names: tuple[str, ...]) -> str:
        casts = AS_TEXT if self._casts else set()
        return ", ".join(f"CAST({name} AS text)" if name in casts else name for name in names)

    def rows(self, statement: str, *values: object) -> list[Row]:
        with closing(self.connection.cursor()) as cursor:
            cursor.execute(statement.replace("?", self.mark), values)
            found: list[Row] = cursor.fetchall()
        return found

    def _stream(self, statement: str, *values: object) -> Iterator[Row]:
        """A handful at a time, which the processor's cache holds."""
        done = 0
        try:
            with closing(self.connection.cursor()) as cursor:
                cursor.execute(statement, values)
                while found := cursor.fetchmany(HANDFUL):
                    yield from found
                    done += len(found)
        except sqlite3.OperationalError as error:
            if "UTF-8" not in str(error):
                raise
            yield from self._odd_text(statement, values)[done:]

    def _odd_text(self, statement: str, values: tuple[object, ...]) -> list[Row]:
        """Texts that are no UTF-8, which SQLite keeps, come with halves of surrogate pairs."""
        self.connection.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")
        try:
            return self.rows(statement, *values)
        finally:
            self.connection.text_factory = str

    def event_leaves(self, start: int, end: int) -> Iterator[Row]:
        return self._leaves(self._event_leaves, "custody-event", start, end)

    def entry_leaves(self, start: int, end: int) -> Iterator[Row]:
        return self._leaves(self._entry_leaves, "audit-entry", start, end)

    def _leaves(self, statement: str, kind: str, start: int, end: int) -> Iterator[Row]:
        for piece in range(start, end, PIECE):
            yield from self._stream(statement, piece, min(piece + PIECE, end), kind)

    def pending_events(self) -> Iterator[Row]:
        return self._pending(self._pending_events)

    def pending_entries(self) -> Iterator[Row]:
        return self._pending(self._pending_entries)

    def _pending(self, statement: str) -> Iterator[Row]:
        last = 0
        while found := self.rows(statement, last, PIECE):
            yield from found
            last = found[-1][-1]

    def identifiers(self) -> dict[int, str]:
        """The exhibits' identifiers as they are hashed, by their keys."""
        rows = self.rows("SELECT id, CAST(identifier AS text) FROM evidence_exhibit")
        return {pk: with_hyphens(value) for pk, value in rows}

    def target(self, event: int) -> Row | None:
        """Sequence, exhibit and kind of what an event answers or corrects."""
        statement = "SELECT sequence, exhibit_id, kind FROM evidence_custodyevent WHERE id = ?"
        return next(iter(self.rows(statement, event)), None)


def with_hyphens(value: str) -> str:
    """A UUID as it is hashed; SQLite keeps it without its hyphens."""
    plain = value.replace("-", "")
    return "-".join((plain[:8], plain[8:12], plain[12:16], plain[16:20], plain[20:]))
