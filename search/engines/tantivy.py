"""Search inside the process: a tantivy index in a folder, shared by all processes.

Text arrives as tokens joined by spaces, so that the index holds exactly what `search.text`
made. One lock file admits one writer; readers follow a pointer file to the index in use.
"""

import fcntl
import hashlib
import os
import shutil
import uuid
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Final

import tantivy

from search import terms
from search.engines import (
    FACETS,
    KINDS,
    EngineBusyError,
    EngineUnavailableError,
    IndexDocument,
    Key,
    Page,
    Request,
    SearchOrder,
    key_from_sort,
)
from search.engines import tantivy_query as queries

WINDOW: Final = 200  # best hits at a time among which equals are put newest first
COUNTING: Final = 4  # threads that count facets beside the searches of one process
HEAP: Final = 32_000_000
REBUILD_HEAP: Final = 192_000_000
_VERSION: Final = 3  # raise it when the same fields are filled in another way


class TantivyEngine:
    """The engine over one folder, which any number of processes may open."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pointer = root / f"current-{_layout()}"
        self._open: tuple[str, tantivy.Index] | None = None
        self._lock = Lock()
        self._beside = ThreadPoolExecutor(COUNTING, "facets")

    def search(self, request: Request) -> Page:
        if request.scope.is_empty:
            return request.nothing()
        with _reported():
            searcher = self.searcher()
            # The library lets other threads run meanwhile, and counting takes the longest.
            counted = self._beside.submit(queries.facets, searcher, request)
            total, found = hits(searcher, queries.wanted(request), request)
            return Page(total, found, counted.result())

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the lock file; the system frees it when a process is killed."""
        with _reported():
            self.root.mkdir(parents=True, exist_ok=True)
            lock = (self.root / "write.lock").open("w")
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise EngineBusyError("The index is being written.") from error
            yield

    def write(self, documents: Iterable[IndexDocument], gone: Iterable[Key] = ()) -> None:
        with _reported():
            writer = self._index().writer(HEAP, 1)
            for key in gone:
                writer.delete_documents_by_term("key", str(key))
            _add(writer, documents, replaces=True)

    def rebuild(self, documents: Iterable[IndexDocument]) -> int:
        with _reported():
            folder = self.root / f"index-{uuid.uuid4().hex}"
            folder.mkdir(parents=True)
            index = tantivy.Index(queries.schema(), str(folder), reuse=False)
            count = _add(index.writer(REBUILD_HEAP, 1), documents)
            self._point_to(folder.name)
            self._remove_others(folder.name)
            return count

    def digests(self) -> Iterator[tuple[Key, int]]:
        with _reported():
            searcher = self.searcher()
            everything = tantivy.Query.all_query()
            found = searcher.search(everything, max(1, searcher.num_docs), order_by_field="sort")
            addresses = [address for _, address in found.hits]
            digests = searcher.fast_field_values("digest", addresses)
        for (sort, _), digest in zip(found.hits, digests, strict=True):
            yield key_from_sort(sort), int(digest or 0)

    def searcher(self) -> tantivy.Searcher:
        """Sees every commit so far."""
        index = self._index()
        index.reload()
        return index.searcher()

    def _index(self) -> tantivy.Index:
        name = self._name_in_use()
        folder = self.root / name
        with self._lock:
            if self._open is None or self._open[0] != name:
                index = tantivy.Index(queries.schema(), str(folder))
                index.config_reader("manual")
                self._open = (name, index)
            return self._open[1]

    def _name_in_use(self) -> str:
        for _ in range(2):  # a rebuild may swap between reading the name and looking there
            name = self.pointer.read_text()
            if (self.root / name / "meta.json").exists():
                return name
        raise EngineUnavailableError("The index folder is gone.")

    def _point_to(self, name: str) -> None:
        beside = self.root / f"{self.pointer.name}.new"
        with beside.open("w") as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.pointer)

    def _remove_others(self, name: str) -> None:
        """Readers that still have an old index open keep it until they look again."""
        for old in self.root.glob("index-*"):
            if old.name != name:
                shutil.rmtree(old, ignore_errors=True)


def _layout() -> str:
    """The schema's hash: an index of another shape is never opened, but built anew."""
    shape = (_VERSION, queries.SHAPE, FACETS, sorted(KINDS.items()), version("tantivy"))
    return hashlib.sha256(repr(shape).encode()).hexdigest()[:12]


@contextmanager
def _reported() -> Iterator[None]:
    """One error for whatever the library, the disk or a damaged file may raise."""
    try:
        yield
    except (ValueError, OSError) as error:
        busy = "LockBusy" in str(error)
        raise (EngineBusyError if busy else EngineUnavailableError)(str(error)) from error
    except BaseException as error:
        # A damaged file makes the library panic, which is no Exception.
        if type(error).__name__ == "PanicException":
            raise EngineUnavailableError("The index is damaged.") from error
        raise


def _add(
    writer: tantivy.IndexWriter, documents: Iterable[IndexDocument], *, replaces: bool = False
) -> int:
    count = 0
    for document in documents:
        if replaces:
            writer.delete_documents_by_term("key", str(document.key))
        writer.add_document(_document(document))
        count += 1
    writer.commit()
    writer.wait_merging_threads()
    return count


def _document(source: IndexDocument) -> tantivy.Document:
    made, found = tantivy.Document(), terms.of(source)
    made.add_text("key", str(source.key))
    made.add_text("title", " ".join(found.title))
    for name, lines in (("text", (found.title, *found.body)), ("within", found.within)):
        for line in lines:
            made.add_text(name, " ".join(line))
    for name, words in _sets(found).items():
        made.add_text(name, " ".join(sorted(words)))
    for token in source.access:
        made.add_text("access", token)
    for name, values in source.facets.items():
        for value in sorted(set(values)):
            made.add_text(name, value)
    for name, number in _numbers(source).items():
        made.add_integer(name, number)
    return made


def _sets(found: terms.Terms) -> dict[str, frozenset[str]]:
    return {
        "mark": found.marks,
        "word": found.words,
        "start": found.starts,
        "sound": found.sounds,
    }


def _numbers(source: IndexDocument) -> dict[str, int]:
    return {
        "case": source.case,
        "sort": source.sort,
        "minute": source.minute,
        "digest": source.digest,
    }


def hits(
    searcher: tantivy.Searcher, query: tantivy.Query, request: Request
) -> tuple[int, tuple[Key, ...]]:
    """How many match the query, and one page of them in the order asked for."""
    if request.order is SearchOrder.RELEVANCE and queries.is_ranked(request.tree):
        return _best(searcher, query, request)
    order = tantivy.Order.Asc if request.order is SearchOrder.OLDEST else tantivy.Order.Desc
    wanted = max(1, request.limit)
    found = searcher.search(
        query, wanted, order_by_field="sort", offset=request.offset, order=order
    )
    return _total(found), tuple(key_from_sort(sort) for sort, _ in found.hits[: request.limit])


def _best(
    searcher: tantivy.Searcher, query: tantivy.Query, request: Request
) -> tuple[int, tuple[Key, ...]]:
    """Equals stand newest first within each window of hits, so that pages join seamlessly."""
    first, last = request.offset, request.offset + request.limit
    begin = first // WINDOW * WINDOW
    end = max(begin + WINDOW, -(-last // WINDOW) * WINDOW)
    found = searcher.search(query, end - begin, offset=begin)
    sorts = searcher.fast_field_values("sort", [address for _, address in found.hits])
    scores = [round(float(score), 4) for score, _ in found.hits]
    pairs = list(zip(scores, map(_whole, sorts), strict=True))
    windows = (pairs[i : i + WINDOW] for i in range(0, len(pairs), WINDOW))
    ranked = [sort for window in windows for _, sort in sorted(window, reverse=True)]
    return _total(found), tuple(map(key_from_sort, ranked[first - begin : last - begin]))


def _total(found: tantivy.SearchResult) -> int:
    count: int = found.count  # type: ignore[attr-defined]  # left out of the library's stubs
    return count


def _whole(value: float | None) -> int:
    return int(value or 0)
