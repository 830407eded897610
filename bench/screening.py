"""Names against lists: the index of names at three sizes, how often it finds an altered name, and
the same question put to rapidfuzz over the whole list and to PostgreSQL's trigrams; then parties
against a list, as an import does it.

PostgreSQL where CASEWORK_BENCH_POSTGRES_URL names a server to make a database on.
"""

import mmap
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from bench import generate
from bench.generate.names import ALTERATIONS, Names, another_order, one_typo
from casework.models import User
from kyc import parties
from kyc.models import Hit, Watchlist, WatchlistEntry, WatchlistVersion
from kyc.naming import names as naming
from kyc.naming.name_index import NameIndex
from kyc.watch import screening

Row = dict[str, object]
SIZES, QUICK_SIZES = (10_000, 100_000, 1_000_000), (2_000,)
ASKED, QUICK_ASKED, PEER_ASKED = 300, 30, 9  # of each kind of alteration; of the slow ways
PARTIES, QUICK_PARTIES, LISTED = 2_000, 50, 100_000
BEST = 50


def run(quick: bool) -> list[Row]:
    rows = []
    for size in QUICK_SIZES if quick else SIZES:
        rows += run_at(size, QUICK_ASKED if quick else ASKED)
    return rows + _parties(QUICK_PARTIES if quick else PARTIES, 2_000 if quick else LISTED)


def run_at(size: int, count: int) -> list[Row]:
    listed, at = list(Names().some(size)), f"{size:,} names"
    with tempfile.NamedTemporaryFile() as file:
        began = time.perf_counter()
        file.write(NameIndex.of((n, name, "") for n, name in enumerate(listed)).table.to_bytes())
        file.flush()
        rows = [_row(f"{at}: building the index", time.perf_counter() - began, "s", size)]
        rows.append(_row(f"{at}: size of its file", file.tell() / 1e6, "MB", 1))
        before, began = _resident(), time.perf_counter()
        index = NameIndex.opened(memoryview(mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)))
        index.find("Korvin")
        rows.append(_row(f"{at}: opening it, first answer", time.perf_counter() - began, "s", 1))
        found, taken = _asked(at, index, listed, count)
        rows += [*found, _row(f"{at}: memory of its process", _resident() - before, "MB", 1)]
    return rows + _peers(at, listed, taken)


def _asked(at: str, index: NameIndex, listed: list[str], count: int) -> tuple[list[Row], float]:
    """How long, and whether the name meant is among the best fifty; namesakes count as the one."""
    source, rows, times, met = random.Random(3), [], [], 0
    for kind, alter in ALTERATIONS.items():
        hits = 0
        for _ in range(count):
            meant = source.choice(listed)
            asked = alter(meant, source)
            naming.read.cache_clear()
            began = time.perf_counter()
            best = index.find(asked, limit=BEST)
            times.append((time.perf_counter() - began) * 1000)
            hits += any(_same(listed[n], meant) for n in best)
        met += hits
        rows.append(_row(f"{at}: found among the best 50, {kind}", hits / count, "recall", count))
    total = count * len(ALTERATIONS)
    rows.append(_row(f"{at}: found among the best 50, all", met / total, "recall", total))
    return [*rows, *_times(f"{at}: one name", times)], statistics.median(times)


def _same(one: str, other: str) -> bool:
    return one == other or sorted(naming.read(one).words) == sorted(naming.read(other).words)


def _peers(at: str, listed: list[str], ours: float) -> list[Row]:
    source = random.Random(5)
    asked = [one_typo(source.choice(listed), source) for _ in range(PEER_ASKED)]
    ways: list[tuple[str, Callable[[str], object]]] = [
        ("rapidfuzz extract, WRatio", lambda q: process.extract(q, listed, limit=BEST)),
        (
            "rapidfuzz extract, token sort",
            lambda q: process.extract(q, listed, scorer=fuzz.token_sort_ratio, limit=BEST),
        ),
    ]
    rows: list[Row] = []
    with _trigrams(listed) as trigrams:
        for name, ask in [*ways, *([("PostgreSQL trigrams", trigrams)] if trigrams else [])]:
            times = [_timed(ask, q) for q in asked]
            rows += _times(f"{at}: peer: {name}", times)
            rows.append(_row(f"{at}: times quicker than {name}", statistics.median(times) / ours,
                             "x", PEER_ASKED))  # fmt: skip
    return rows


@contextmanager
def _trigrams(listed: list[str]) -> Iterator[Callable[[str], object] | None]:
    url = os.environ.get("CASEWORK_BENCH_POSTGRES_URL")
    if not url:
        yield None
        return
    import psycopg

    with psycopg.connect(url.rsplit("/", 1)[0] + "/postgres", autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS bench_names")
        server.execute("CREATE DATABASE bench_names")
        try:
            with psycopg.connect(url.rsplit("/", 1)[0] + "/bench_names", autocommit=True) as ours:
                _fill(ours, listed)
                yield lambda q: ours.execute(
                    "SELECT name FROM listed WHERE name %% %(asked)s"
                    " ORDER BY similarity(name, %(asked)s) DESC LIMIT 50",
                    {"asked": q.lower()},
                ).fetchall()
        finally:
            server.execute("DROP DATABASE IF EXISTS bench_names WITH (FORCE)")


def _fill(wire: Any, listed: list[str]) -> None:
    wire.execute("CREATE EXTENSION pg_trgm")
    wire.execute("CREATE TABLE listed (name text)")
    with wire.cursor() as cursor, cursor.copy("COPY listed FROM STDIN") as copy:
        for name in listed:
            copy.write_row([name.lower()])
    wire.execute("CREATE INDEX ON listed USING gin (name gin_trgm_ops)")
    wire.execute("VACUUM ANALYZE listed")


def _parties(count: int, size: int) -> list[Row]:
    """Parties, every tenth on the list in another order, against a list just imported."""
    actor = generate.people_and_places().officers[0]
    listed, source = list(Names(11).some(size)), random.Random(13)
    version = _version(listed, actor)
    for n, name in enumerate(Names(17).some(count)):
        meant = another_order(source.choice(listed), source) if n % 10 == 0 else name
        parties.create(kind="unknown", name=meant, actor=actor)
    began = time.perf_counter()
    done = screening.screen_version(version)
    seconds = time.perf_counter() - began
    at = f"{count:,} parties against {size:,} entries"
    return [
        _row(f"{at}: with building the index", seconds, "s", count),
        _row(f"{at}: for each party", seconds * 1000 / done.done, "ms", count),
        _row(f"{at}: hits", Hit.objects.count(), "hits", count),
    ]


def _version(listed: list[str], actor: User) -> WatchlistVersion:
    watchlist = Watchlist.objects.create(name="Invented names")
    WatchlistEntry.objects.bulk_create(
        [
            WatchlistEntry(watchlist=watchlist, uid=str(n), since=1, name=name, digest=str(n))
            for n, name in enumerate(listed)
        ],
        batch_size=1_000,
    )
    return WatchlistVersion.objects.create(
        watchlist=watchlist, number=1, format="names", file_name="names.csv", digest="0" * 64,
        entries=len(listed), added=len(listed), changed=0, removed=0, imported_by=actor,
    )  # fmt: skip


def _timed(ask: Callable[[str], object], question: str) -> float:
    began = time.perf_counter()
    ask(question)
    return (time.perf_counter() - began) * 1000


def _times(name: str, taken: list[float]) -> list[Row]:
    taken = sorted(taken)
    return [
        _row(f"{name}, p50", statistics.median(taken), "ms", len(taken)),
        _row(f"{name}, p95", taken[int(len(taken) * 0.95)], "ms", len(taken)),
    ]


def _resident() -> float:
    """What this process holds in memory, in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1_000


def _row(name: str, value: float, unit: str, n: int) -> Row:
    return {"name": name, "value": value, "unit": unit, "n": n}
