"""Search inside the process: a tantivy index in a folder, shared by all processes.

Text arrives as tokens joined by spaces, so that the index holds exactly what `search.text`
made. One lock file admits one writer; readers follow a pointer file to the index in use.
"""

import fcntl
import hashlib
import os
import shutil
import uuid
from collections.abc import Iterable, Iterator, Mapping
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
    DocumentsRefusedError,
    EngineBusyError,
    IndexDocument,
    IndexLostError,
    Key,
    Page,
    Request,
    SearchOrder,
    key_from_sort,
    tantivy_files,
)
from search.engines import tantivy_query as queries
from search.engines.tantivy_files import reported

WINDOW: Final = 200  # best hits at a time among which equals are put newest first
COUNTING: Final = 4  # threads that count facets beside the searches of one process
DIGESTS: Final = 100_000  # documents of one look when all are compared
MOST: Final = (1 << 63) - 1
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
        with reported():
            searcher = self.searcher()
            # The library lets other threads run meanwhile, and counting takes the longest.
            counted = self._beside.submit(queries.facets, searcher, request)
            total, found = hits(searcher, _query(searcher, request), request)
            return Page(total, found, counted.result())

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the lock file; the system frees it when a process is killed."""
        with reported():
            self.root.mkdir(parents=True, exist_ok=True)
            lock = (self.root / "write.lock").open("w")
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise EngineBusyError("The index is being written.") from error
            yield

    def write(self, documents: Iterable[IndexDocument], gone: Iterable[Key] = ()) -> None:
        with reported():
            writer = self._index().writer(HEAP, 1)
            for key in gone:
                writer.delete_documents_by_term("key", str(key))
            _count, refused = _add(writer, documents, replaces=True)
        _tell(refused)

    def rebuild(self, documents: Iterable[IndexDocument]) -> int:
        with reported():
            self._remove_others(*self._names_in_use())
            folder = self.root / f"index-{uuid.uuid4().hex}"
            folder.mkdir(parents=True)
            try:
                index = tantivy.Index(queries.schema(), str(folder), reuse=False)
                count, refused = _add(index.writer(REBUILD_HEAP, 1), documents)
                self._point_to(folder.name)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)  # a full disk needs its room
                raise
            self._remove_others(folder.name)
        _tell(refused)
        return count

    def digests(self) -> Iterator[tuple[Key, int]]:
        """Newest first, some at a time: all of a million at once would fill the memory."""
        with reported():
            searcher, last = self.searcher(), MOST
        while last >= 0:
            with reported():
                some = _digests(searcher, last)
            for sort, digest in some:
                yield key_from_sort(sort), digest
            last = some[-1][0] - 1 if some else -1

    def verify(self) -> None:
        with reported():
            tantivy_files.verify(self.root / self._name_in_use())
            self.searcher()

    def searcher(self) -> tantivy.Searcher:
        """Sees every commit so far; where a rebuild swaps in this moment, the new index."""
        try:
            return self._searcher()
        except (ValueError, OSError):
            return self._searcher()

    def _searcher(self) -> tantivy.Searcher:
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
        raise IndexLostError("The index folder is gone.")

    def _names_in_use(self) -> Iterator[str]:
        """Those of older layouts, too: processes that were not restarted yet ask them."""
        for pointer in self.root.glob("current-*"):
            if pointer.suffix != ".new":
                yield pointer.read_text()

    def _point_to(self, name: str) -> None:
        beside = self.root / f"{self.pointer.name}.new"
        with beside.open("w") as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.pointer)

    def _remove_others(self, *names: str) -> None:
        """Readers that still have an old index open keep it until they look again."""
        for old in self.root.glob("index-*"):
            if old.name not in names:
                shutil.rmtree(old, ignore_errors=True)


def _layout() -> str:
    """The schema's hash: an index of another shape is never opened, but built anew."""
    shape = (_VERSION, queries.SHAPE, FACETS, sorted(KINDS.items()), version("tantivy"))
    return hashlib.sha256(repr(shape).encode()).hexdigest()[:12]


def _add(
    writer: tantivy.IndexWriter, documents: Iterable[IndexDocument], *, replaces: bool = False
) -> tuple[int, dict[Key, str]]:
    """How many were added in one commit, and why others could not be."""
    count, refused = 0, dict[Key, str]()
    for document in documents:
        try:
            made = _document(document)
        except Exception as error:  # whatever one text does to the tokens, the others go on
            refused[document.key] = f"{type(error).__name__}: {error}"
            continue
        if replaces:
            writer.delete_documents_by_term("key", str(document.key))
        writer.add_document(made)
        count += 1
    writer.commit()
    writer.wait_merging_threads()
    return count, refused


def _tell(refused: Mapping[Key, str]) -> None:
    if refused:
        raise DocumentsRefusedError(refused)


def _digests(searcher: tantivy.Searcher, last: int) -> list[tuple[int, int]]:
    """`sort` and digest of the next documents from that `sort` downwards."""
    rest = tantivy.Query.range_query(
        queries.schema(), "sort", tantivy.FieldType.Integer, 0, last, True, True
    )
    found = searcher.search(rest, DIGESTS, order_by_field="sort", order=tantivy.Order.Desc)
    digests = searcher.fast_field_values("digest", [address for _, address in found.hits])
    sorts = [sort for sort, _ in found.hits]
    return [(sort, int(digest or 0)) for sort, digest in zip(sorts, digests, strict=True)]


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


def _query(searcher: tantivy.Searcher, request: Request) -> tantivy.Query:
    if _is_best_first(request):
        return queries.ranked(searcher, request)
    return queries.wanted(request)


def _is_best_first(request: Request) -> bool:
    return request.order is SearchOrder.RELEVANCE and queries.is_ranked(request.tree)


def hits(
    searcher: tantivy.Searcher, query: tantivy.Query, request: Request
) -> tuple[int, tuple[Key, ...]]:
    """How many match the query, and one page of them in the order asked for."""
    if _is_best_first(request):
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
