"""Search as it grows, by a reader who sees a fifth and by one who sees thirty documents.

At each size the same documents, under the same rights, fill the engines and their peers: what a
Django project would otherwise do. CASEWORK_BENCH_POSTGRES (a URL) and ELASTICSEARCH_URL add those.
"""

import gc
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from django.conf import settings
from django.test import Client

from bench import generate
from bench.engines.peers import Fts5, Peer, Postgres
from bench.engines.spool import Spool
from bench.generate.words import MIDDLING, VERY_COMMON, Words
from casework.models import User
from search import index, query, scope
from search.engines import Engine, Request, elastic_query, tantivy_query
from search.engines import tantivy as in_process
from search.engines.elastic import ElasticEngine
from search.engines.tantivy import TantivyEngine

Row = dict[str, object]
SIZES, QUICK_SIZES = (10_000, 100_000, 300_000, 1_000_000), (300, 1_000)
LARGE, QUICK_LARGE = 300_000, 300  # from this size on, peers and Elasticsearch are asked, too
ROUNDS, QUICK_ROUNDS, PEER_ROUNDS = 60, 5, 7
FEW = 30  # documents that the second reader sees
FIRST_CASES, QUICK_FIRST_CASES = 100, 3


def run(quick: bool) -> list[Row]:
    folder = Path(settings.SEARCH_DIR).parent / "bench"
    folder.mkdir(parents=True)
    bench = Bench(folder, quick)
    return [row for size in (QUICK_SIZES if quick else SIZES) for row in bench.at(size)]


class Bench:
    """One growing database, and all that is filled from it."""

    def __init__(self, folder: Path, quick: bool) -> None:
        self.setting = generate.people_and_places()
        self.readers = {
            "20 %": self.setting.reader,
            f"{FEW} documents": generate.reader_of_few(self.setting, FEW),
        }
        self.spool = Spool(folder / "documents")
        self.rounds = QUICK_ROUNDS if quick else ROUNDS
        self.large = QUICK_LARGE if quick else LARGE
        generate.fill(self.setting, QUICK_FIRST_CASES if quick else FIRST_CASES)
        self.per_case = self.spool.read_on() / self.setting.made
        self.peers: list[Peer] = [Fts5(folder)]
        if url := os.environ.get("CASEWORK_BENCH_POSTGRES"):
            self.peers.append(Postgres(url))
        self.given = 0  # documents that the peers hold
        self.tantivy = TantivyEngine(Path(settings.SEARCH_DIR))
        server = index.engine()
        self.server = server if isinstance(server, ElasticEngine) else None
        settings.ELASTICSEARCH_URL = ""  # the pages over HTTP are searched in the process

    def at(self, size: int) -> Iterator[Row]:
        began = time.perf_counter()
        rows = generate.fill(self.setting, round(size / self.per_case))
        seconds = time.perf_counter() - began
        yield _row(f"{size:,}: rows added to the database", rows / seconds, "rows/s", rows)
        yield from self._read(size)
        yield from self._index(size, "tantivy", self.tantivy)
        megabytes = sum(f.stat().st_size for f in Path(settings.SEARCH_DIR).rglob("*")) / 1e6
        yield _row(f"{size:,}: size of the tantivy index", megabytes, "MB", self.spool.count)
        yield from self._others(size)
        # What the filling left behind would be looked through again and again meanwhile.
        gc.collect()
        gc.freeze()
        _say(f"asking at {size:,}")
        for who, reader in self.readers.items():
            for kind, typed in questions(self.setting.words).items():
                yield from self._asked(f"{size:,}, {who}, {kind}", typed, reader, size)
        _say(f"asked at {size:,}")

    def _read(self, size: int) -> Iterator[Row]:
        began = time.perf_counter()
        count = self.spool.read_on()
        seconds = time.perf_counter() - began
        yield _row(f"{size:,}: documents", self.spool.count, "documents", 1)
        if count:
            yield _row(f"{size:,}: reading from the database", count / seconds, "docs/s", count)

    def _index(self, size: int, name: str, engine: Engine) -> Iterator[Row]:
        _say(f"{name} at {size:,}")
        began = time.perf_counter()
        with engine.writing():
            count = engine.rebuild(self.spool.everything())
        rate = count / (time.perf_counter() - began)
        yield _row(f"{size:,}: indexing, {name}", rate, "docs/s", count)

    def _others(self, size: int) -> Iterator[Row]:
        if size < self.large:
            return
        if self.server:
            yield from self._index(size, "Elasticsearch", self.server)
        for peer in self.peers:
            _say(f"{peer.name} at {size:,}")
            began = time.perf_counter()
            peer.fill(self.spool.everything(self.given))
            rate = (self.spool.count - self.given) / (time.perf_counter() - began)
            yield _row(f"{size:,}: filling, {peer.name}", rate, "docs/s", self.spool.count)
        self.given = self.spool.count

    def _asked(self, name: str, typed: str, reader: User, size: int) -> Iterator[Row]:
        tree, seen = query.build(typed), scope.build(reader)
        bare, full = Request(tree, seen, facets=()), Request(tree, seen)
        yield _row(f"{name}: found", self.tantivy.search(bare).total, "documents", 1)
        ways: dict[str, Callable[[], object]] = {
            "tantivy": lambda: self.tantivy.search(bare),
            "tantivy and facets": lambda: self.tantivy.search(full),
            "tantivy without the filter": lambda: _unfiltered(self.tantivy, bare),
        }
        if (server := self.server) and size >= self.large:
            ways["Elasticsearch"] = lambda: server.search(bare)
            ways["Elasticsearch and facets"] = lambda: server.search(full)
            ways["Elasticsearch without the filter"] = lambda: _unfiltered_there(server, bare)
        client = Client(headers={"host": "localhost"})
        client.force_login(reader)
        ways["whole page over HTTP"] = lambda: client.get("/search/", {"q": typed})
        for way, ask in ways.items():
            yield from _times(f"{name}: {way}", ask, self.rounds)
        tokens = sorted(seen.shared | seen.direct)
        for peer in self.peers if size >= self.large else ():
            ask = partial(peer.ask, typed, tokens)
            yield from _times(f"{name}: {peer.name}", ask, PEER_ROUNDS)


def questions(words: Words) -> dict[str, str]:
    return {
        "rare word": words.rare(3),
        "middling word": MIDDLING,
        "very common word": VERY_COMMON,
        "two words": f"{VERY_COMMON} seal",
        "prefix": f"{VERY_COMMON[:5]}*",
        "phrase": f'"opened {VERY_COMMON}"',
    }


def _unfiltered(engine: TantivyEngine, request: Request) -> object:
    """The same question of all documents, to see what the permission costs."""
    searcher = engine.searcher()
    return in_process.hits(searcher, tantivy_query.matching(request.tree), request)


def _unfiltered_there(engine: ElasticEngine, request: Request) -> object:
    asked = elastic_query.body(request)
    asked["query"]["bool"]["filter"] = []
    return engine.server.search(asked)


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


def _say(what: str) -> None:
    """A run takes half an hour; the load beside it says what the numbers are worth."""
    print(f"{what}, load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)
