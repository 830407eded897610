"""Search at three sizes, as a reader who sees a fifth: the engine, the whole page, and the same
question put to SQLite's FTS5 and to `icontains`, which is what a Django project would otherwise do.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.test import Client

from bench import generate
from bench.generate.words import MIDDLING, VERY_COMMON, Words
from casework.models import DiaryEntry, User
from evidence.models import CustodyEvent, Exhibit
from search import documents, index, query, scope
from search import run as searching
from search.engines import FACETS, IndexDocument, Request, Scope

Row = dict[str, object]
SIZES, QUICK_SIZES = (100, 1_000, 10_000), (20, 60)
ROUNDS, QUICK_ROUNDS, PEER_ROUNDS = 40, 5, 7
FTS = "bench_fts"
PERMITTED = """EXISTS (
    SELECT 1 FROM casework_casegroupgrant g
    JOIN casework_user_groups m ON m.group_id = g.group_id
    WHERE g.content_object_id = case_id AND m.user_id = %s)"""


def run_at(setting: generate.Setting, size: int, rounds: int) -> list[Row]:
    rows = generate.fill(setting, size)
    found = [_row(f"{size:,} cases: rows added", rows, "rows", 1), *_index(size)]
    for kind, typed in _questions(setting.words).items():
        found += _asked(f"{size:,} cases, {kind}", typed, setting.reader, rounds)
    return found


def _questions(words: Words) -> dict[str, str]:
    return {
        "rare word": words.rare(3),
        "middling word": MIDDLING,
        "very common word": VERY_COMMON,
        "two words": f"{VERY_COMMON} seal",
        "phrase": f'"opened {VERY_COMMON}"',
    }


def _index(size: int) -> list[Row]:
    """Build the index and, from the same documents in the same pass, the table of FTS5."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {FTS}")
        cursor.execute(f"CREATE VIRTUAL TABLE {FTS} USING fts5(title, body, case_id UNINDEXED)")
    engine, peer = index.engine(), _Peer()
    began = time.perf_counter()
    with engine.writing():
        count = engine.rebuild(peer.also(documents.everything()))
    peer.write()
    seconds = time.perf_counter() - began - peer.seconds
    megabytes = sum(f.stat().st_size for f in Path(settings.SEARCH_DIR).rglob("*")) / 1e6
    return [
        _row(f"{size:,} cases: documents", count, "documents", 1),
        _row(f"{size:,} cases: reading and indexing", count / seconds, "docs/s", count),
        _row(f"{size:,} cases: size of the index", megabytes, "MB", count),
    ]


class _Peer:
    """Puts the documents that pass by into FTS5, and knows how long that took."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.waiting: list[tuple[str, str, int]] = []

    def also(self, made: Iterator[IndexDocument]) -> Iterator[IndexDocument]:
        for document in made:
            body = "\n".join(part.text for part in document.parts)
            self.waiting.append((document.title, body, document.case))
            if len(self.waiting) >= 5_000:
                self.write()
            yield document

    def write(self) -> None:
        began = time.perf_counter()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {FTS} (title, body, case_id) VALUES (%s, %s, %s)", self.waiting
            )
        self.waiting = []
        self.seconds += time.perf_counter() - began


def _asked(name: str, typed: str, reader: User, rounds: int) -> list[Row]:
    client = Client(headers={"host": "localhost"})
    client.force_login(reader)
    seen = scope.build(reader)
    ways: dict[str, tuple[Callable[[], object], int]] = {
        "engine": (lambda: _engine(typed, seen, ()), rounds),
        "engine and facets": (lambda: _engine(typed, seen, FACETS), rounds),
        "scope, engine, facets, highlights": (
            lambda: searching.search(reader, searching.Params(typed=typed)),
            rounds,
        ),
        "whole page over HTTP": (lambda: client.get("/search/", {"q": typed}), rounds),
    }
    if connection.vendor == "sqlite":
        ways["peer: FTS5 under EXISTS"] = (lambda: _fts5(typed, reader), PEER_ROUNDS)
    ways["peer: icontains on three tables"] = (lambda: _icontains(typed, reader), PEER_ROUNDS)
    return [row for way, (ask, n) in ways.items() for row in _times(f"{name}: {way}", ask, n)]


def _engine(typed: str, seen: Scope, facets: tuple[str, ...]) -> int:
    request = Request(query.build(typed), seen, facets=facets)
    return index.engine().search(request).total


def _fts5(typed: str, reader: User) -> int:
    """The best twenty and the total, as the page needs them; no facets."""
    words = typed if typed.startswith('"') else " ".join(f'"{word}"' for word in typed.split())
    matching = f"FROM {FTS} WHERE {FTS} MATCH %s AND {PERMITTED}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rowid {matching} ORDER BY rank LIMIT 20", [words, reader.pk])
        cursor.fetchall()
        cursor.execute(f"SELECT count(*) {matching}", [words, reader.pk])
        return int(cursor.fetchone()[0])


def _icontains(typed: str, reader: User) -> int:
    """Twenty rows and a count from the notes, exhibits and custody notes alone."""
    total = 0
    for model, field in ((DiaryEntry, "text"), (Exhibit, "description"), (CustodyEvent, "note")):
        every = Q()
        for word in [typed.strip('"')] if typed.startswith('"') else typed.split():
            every &= Q(**{f"{field}__icontains": word})
        found = model.objects.visible_to(reader).filter(every).order_by("-pk")
        total += found.count() + 0 * len(found.values_list("pk")[:20])
    return total


def _times(name: str, ask: Callable[[], object], rounds: int) -> list[Row]:
    ask()
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    return [
        _row(f"{name}, p50", statistics.median(taken), "ms", rounds),
        _row(f"{name}, p95", taken[int(len(taken) * 0.95)], "ms", rounds),
    ]


def _row(name: str, value: float, unit: str, n: int) -> Row:
    return {"name": name, "value": value, "unit": unit, "n": n}


def run(quick: bool) -> list[Row]:
    setting = generate.people_and_places()
    rounds = QUICK_ROUNDS if quick else ROUNDS
    sizes = QUICK_SIZES if quick else SIZES
    return [row for size in sizes for row in run_at(setting, size, rounds)]
