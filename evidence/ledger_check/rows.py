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
from evidence.ledger_check.digests import OFTEN, Row
from evidence.ledger_check.values import PEOPLE, SELDOM

PIECE: Final = 4096  # rows asked for at a time
HANDFUL: Final = 64

AS_TEXT: Final = {
    *("e.happened_at", "e.recorded_at", "e.seal_intact", "e.scale_calibrated_on"),
    *("e.file_digests", "e.related", "e.at", "e.detail"),
}
EVENT: Final = (
    *("e.id", "e.exhibit_id", "e.sequence", "e.previous_digest", "e.digest"),
    *("e.answers_id", "e.corrects_id"),
)
LIST: Final = {"sqlite": "json_array({})", "postgresql": "CAST(json_build_array({}) AS text)"}
# SQLite, which keeps bytes in a column of texts, makes no list of them: nothing comes instead.
NO_BYTES: Final = "CASE WHEN 'blob' IN ({}) THEN NULL ELSE {} END"
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
        entry = {"columns": self._columns(ENTRY), "mark": self.mark}
        self._event_leaves = self._events(LEAVES, key="l")
        self._entry_leaves = LEAVES.format(join=ENTRIES.format(key="l"), **entry)
        self._pending_events = self._events(PENDING, key="q", is_odd=True)
        join = ENTRIES.format(key="q")
        self._pending_entries = PENDING.format(of="entry", table="entry", join=join, **entry)

    def _events(self, statement: str, key: str, is_odd: bool = False) -> str:
        lists = [self._list(names, is_odd) for names in (PEOPLE, SELDOM)]
        often = self._columns(tuple(f"e.{name}" for name in OFTEN))
        columns = ", ".join([self._columns(EVENT), *lists, often])
        join = EVENTS.format(key=key)
        return statement.format(
            columns=columns, join=join, mark=self.mark, of="event", table="leaf"
        )

    def _list(self, names: tuple[str, ...], is_odd: bool) -> str:
        columns = self._columns(tuple(f"e.{name}" for name in names))
        made = LIST[self.vendor].format(columns)
        if is_odd and self.vendor == "sqlite":
            types = ", ".join(f"typeof(e.{name})" for name in names)
            return NO_BYTES.format(types, made)
        return made

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
            if not any(what in str(error) for what in ("UTF-8", "BLOB")):
                raise
            yield from self._odd(statement, values)[done:]

    def _odd(self, statement: str, values: tuple[object, ...]) -> list[Row]:
        """Texts that are no UTF-8, which SQLite keeps, come with halves of surrogate pairs."""
        if statement == self._event_leaves:
            statement = self._events(LEAVES, key="l", is_odd=True)
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
