"""Acts of custody a second at 1 and 8 writers, beside bare one-row inserts of the same durability.

On SQLite, and on PostgreSQL where CASEWORK_BENCH_POSTGRES_URL names a server to make a database on.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from bench.custody import fill, scene
from bench.generate import appends
from casework.models import Case, Code, User
from evidence import custody_check, exhibits, sequencer
from evidence.models import PendingEntry, PendingLeaf
from search import outbox, sync

ROOT = Path(__file__).parents[1]
EXHIBITS = 160  # twenty for each of eight writers
OLDER = 5_000  # events of before
DATABASE = "casework_bench_appends"
Row = dict[str, object]


def run(quick: bool) -> list[Row]:
    rows = measure(2 if quick else 10)
    url = os.environ.get("CASEWORK_BENCH_POSTGRES_URL")
    if url and connection.vendor == "sqlite":
        rows += on_postgresql(url, quick)
    return rows


def measure(seconds: float) -> list[Row]:
    """Bare before and after each, since the disk of a shared machine is never the same."""
    actor, case = scene()
    kind = Code.objects.filter(kind="exhibit_kind")[0]
    thing = exhibits.Thing(kind=kind, description="Tusks", count=41)
    for _ in range(EXHIBITS):
        exhibits.register(case, thing, actor=actor)
    _settle(case, actor)
    appends.make_table()
    rows: list[Row] = []
    for writers in appends.PROCESSES:
        before, _count = appends.rate("bare", writers, seconds / 2)
        least, _count = appends.rate("locked", writers, seconds / 2)
        acts, count = appends.rate("acts", writers, seconds)
        after, _count = appends.rate("bare", writers, seconds / 2)
        bare = (before + after) / 2
        rows += [
            _row(f"bare one-row inserts, {writers} writers", bare, "per second", count),
            _row(
                f"the same with a row lock and an audit row, {writers} writers",
                least,
                "per second",
                1,
            ),
            _row(f"acts of custody, {writers} writers", acts, "per second", count),
            _row(f"share of bare, {writers} writers", acts / bare, "of 1", count),
            _row(
                f"share of that with lock and audit, {writers} writers", acts / least, "of 1", count
            ),
        ]
        what, left = _left()
        rows += [
            _row(what, left, "seconds", 1),
            _row(
                f"share of that with lock and audit, all behind them done, {writers} writers",
                count / (seconds + left) / least,
                "of 1",
                count,
            ),
        ]
    report = custody_check.check()
    return [*rows, _row("events verified afterwards", report.events, "events", 1)]


def _settle(case: Case, actor: User) -> None:
    """A server that has run for a while: older chains, and statistics of them by which it plans."""
    fill(case, actor, OLDER)
    sequencer.run()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # its autovacuum does this every minute


def _left() -> tuple[str, float]:
    """What a server would have gone on with: nothing else then asks for a processor."""
    signing = PendingLeaf.objects.count() + PendingEntry.objects.count()
    indexing = outbox.waiting().count()
    start = time.perf_counter()
    sequencer.run()
    sync.catch_up()
    what = f"signing what then still waited, {signing:,} rows, and indexing {indexing:,}"
    return what, time.perf_counter() - start


def _row(name: str, value: object, unit: str, n: int) -> Row:
    return {"name": f"{connection.vendor}: {name}", "value": value, "unit": unit, "n": n}


def on_postgresql(url: str, quick: bool) -> list[Row]:
    with _database(url) as mine, tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "rows.json")
        environment = os.environ | {
            "DATABASE_URL": mine,
            "CASEWORK_DATA_DIR": folder,
            "CASEWORK_SIGNING_KEY_FILE": f"{folder}/signing-key.pem",
        }
        command = [sys.executable, "-m", "bench", "--inner", "appends", str(out)]
        command += ["--quick"] if quick else []
        subprocess.run(command, check=True, env=environment, cwd=ROOT)
        rows: list[Row] = json.loads(out.read_text())
        return rows


@contextmanager
def _database(url: str) -> Iterator[str]:
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
        server.execute(f"CREATE DATABASE {DATABASE}")
        try:
            yield f"{url.rpartition('/')[0]}/{DATABASE}"
        finally:
            server.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")
