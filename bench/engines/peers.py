"""What a Django project would otherwise search with: SQLite's FTS5 and PostgreSQL's full text.

Both hold the same documents as the engines, and the same rights in a table beside them, under an
EXISTS filter. Each answers the best twenty and the total, without facets.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import psycopg

from search.documents import batches
from search.engines import IndexDocument

AT_ONCE = 5_000
Told = tuple[str, str, int, str]  # title, body, case, need
PERMITTED = """EXISTS (SELECT 1 FROM grants g
    WHERE g.case_id = d.case_id AND g.need = d.need AND g.token IN ({marks}))"""


class Peer(Protocol):
    name: str

    def fill(self, documents: Iterable[IndexDocument]) -> None:
        """Takes more documents, and who may find them, and does what makes it quick."""

    def ask(self, typed: str, tokens: Sequence[str]) -> int:
        """Reads the best twenty and returns the total."""


class Rights:
    """Rows (case, need, token) of the documents that pass by, each once."""

    def __init__(self) -> None:
        self.known: set[tuple[int, str, str]] = set()

    def of(self, document: IndexDocument) -> Iterator[tuple[int, str, str]]:
        for token in document.access:
            row = (document.case, _need(document), token)
            if row not in self.known:
                self.known.add(row)
                yield row


def _need(document: IndexDocument) -> str:
    """The first part of a token, alike in all tokens of a document."""
    return min(document.access, default="").partition(":")[0]


def _told(document: IndexDocument) -> Told:
    body = "\n".join(part.text for part in document.parts)
    return document.title, body, document.case, _need(document)


class Fts5:
    name = "SQLite FTS5"

    def __init__(self, folder: Path) -> None:
        self.file = folder / "peer.sqlite3"
        self.database = sqlite3.connect(self.file)
        self.rights = Rights()
        self.database.executescript(
            "CREATE VIRTUAL TABLE d USING fts5(title, body, case_id UNINDEXED, need UNINDEXED);"
            "CREATE TABLE grants (case_id INT, need TEXT, token TEXT,"
            " PRIMARY KEY (case_id, need, token)) WITHOUT ROWID;"
        )

    def fill(self, documents: Iterable[IndexDocument]) -> None:
        with self.database:
            for several in batches(documents, AT_ONCE):
                self.database.executemany("INSERT INTO d VALUES (?, ?, ?, ?)", map(_told, several))
                rows = [row for document in several for row in self.rights.of(document)]
                self.database.executemany("INSERT INTO grants VALUES (?, ?, ?)", rows)
            self.database.execute("INSERT INTO d (d) VALUES ('optimize')")
        self.database.execute("ANALYZE")

    def ask(self, typed: str, tokens: Sequence[str]) -> int:
        permitted = PERMITTED.format(marks=", ".join("?" * len(tokens)))
        matching = f"FROM d WHERE d MATCH ? AND {permitted}"
        values = [self._query(typed), *tokens]
        self.database.execute(f"SELECT rowid {matching} ORDER BY rank LIMIT 20", values).fetchall()
        (total,) = self.database.execute(f"SELECT count(*) {matching}", values).fetchone()
        return int(total)

    def _query(self, typed: str) -> str:
        if typed.endswith("*"):
            return f'"{typed[:-1]}"*'
        return typed if typed.startswith('"') else " ".join(f'"{w}"' for w in typed.split())


class Postgres:
    name = "PostgreSQL"

    def __init__(self, url: str) -> None:
        self.database = psycopg.connect(url, autocommit=True)
        self.rights = Rights()
        self.database.execute("DROP SCHEMA IF EXISTS bench_peer CASCADE")
        self.database.execute("CREATE SCHEMA bench_peer")
        self.database.execute("SET search_path TO bench_peer")
        self.database.execute(
            "CREATE TABLE d (id bigserial, title text, body text, case_id int, need text,"
            " v tsvector GENERATED ALWAYS AS (to_tsvector('english', title || ' ' || body)) STORED)"
        )
        self.database.execute(
            "CREATE TABLE grants (case_id int, need text, token text,"
            " PRIMARY KEY (case_id, need, token))"
        )

    def fill(self, documents: Iterable[IndexDocument]) -> None:
        """The index is made anew, which is quicker than adding to it."""
        self.database.execute("DROP INDEX IF EXISTS d_v")
        for several in batches(documents, AT_ONCE):
            self._copy("d (title, body, case_id, need)", map(_told, several))
            self._copy("grants", (row for document in several for row in self.rights.of(document)))
        self.database.execute("CREATE INDEX d_v ON d USING gin (v)")
        self.database.execute("VACUUM ANALYZE d")
        self.database.execute("VACUUM ANALYZE grants")

    def ask(self, typed: str, tokens: Sequence[str]) -> int:
        permitted = PERMITTED.format(marks=", ".join(["%s"] * len(tokens)))
        call, words = self._query(typed)
        matching = f"FROM d, {call} q WHERE v @@ q AND {permitted}"
        values = [words, *tokens]
        best = f"SELECT d.id {matching} ORDER BY ts_rank(v, q) DESC LIMIT 20"
        self._all(best, values)
        return int(str(self._all(f"SELECT count(*) {matching}", values)[0][0]))

    def _query(self, typed: str) -> tuple[str, str]:
        if typed.endswith("*"):
            return "to_tsquery('english', %s)", f"{typed[:-1]}:*"
        function = "phraseto_tsquery" if typed.startswith('"') else "plainto_tsquery"
        return f"{function}('english', %s)", typed.strip('"')

    def _all(self, statement: str, values: Sequence[object]) -> list[tuple[object, ...]]:
        return self.database.execute(statement.encode(), values).fetchall()

    def _copy(self, into: str, rows: Iterable[tuple[object, ...]]) -> None:
        with (
            self.database.cursor() as cursor,
            cursor.copy(f"COPY {into} FROM STDIN".encode()) as out,
        ):
            for row in rows:
                out.write_row(row)
