"""Search on a server: an Elasticsearch index behind an alias, shared by all processes and hosts.

The index holds the tokens that `search.terms` made, and keys; the alias is moved when a new index
is whole, so that a search never meets half of one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any

from search.engines import (
    DocumentsRefusedError,
    EngineUnavailableError,
    FacetCount,
    Facets,
    IndexDocument,
    Key,
    Page,
    Request,
    elastic_query,
    key_from_sort,
)
from search.engines.elastic_server import Action, Server, Written, source

Pen = Callable[[], AbstractContextManager[None]]


class ElasticEngine:
    """The engine over one server. `pen` lets one process of all hosts write at a time."""

    def __init__(self, server: Server, pen: Pen) -> None:
        self.server = server
        self.pen = pen

    def search(self, request: Request) -> Page:
        if request.scope.is_empty:
            return request.nothing()
        return _page(self.server.search(elastic_query.body(request)), request)

    def writing(self) -> AbstractContextManager[None]:
        return self.pen()

    def write(self, documents: Iterable[IndexDocument], gone: Iterable[Key] = ()) -> None:
        """What the server accepts is found when this returns; DocumentsRefusedError names the
        rest."""
        odd: dict[Key, str] = {}
        actions = (*map(_removed, gone), *_stored(documents, odd))
        _tell(self.server.bulk(actions, self.server.alias, is_seen=True), odd)

    def rebuild(self, documents: Iterable[IndexDocument]) -> int:
        """A refused document keeps no other from being found: it is told of after the swap."""
        self.server.remove_unfinished()
        name = self.server.create()
        odd: dict[Key, str] = {}
        written = self.server.bulk(_stored(documents, odd), name, is_seen=False)
        self.server.take_into_use(name)
        _tell(written, odd)
        return written.count

    def verify(self) -> None:
        """The server watches over its own files; here it is asked whether the index is there."""
        self.server.search({"query": {"match_all": {}}, "size": 0})

    def digests(self) -> Iterator[tuple[Key, int]]:
        for sort, digest in self.server.digests():
            yield key_from_sort(sort), digest


def _tell(written: Written, odd: Mapping[Key, str]) -> None:
    if refused := {**written.refused, **odd}:
        raise DocumentsRefusedError(refused)


def _stored(documents: Iterable[IndexDocument], odd: dict[Key, str]) -> Iterator[Action]:
    for document in documents:
        try:
            made = source(document)
        except Exception as error:  # whatever one text does to the tokens, the others go on
            odd[document.key] = f"{type(error).__name__}: {error}"
        else:
            yield {"_op_type": "index", "_id": str(document.key), "_source": made}


def _removed(key: Key) -> Action:
    return {"_op_type": "delete", "_id": str(key)}


def _page(answer: Mapping[str, Any], request: Request) -> Page:
    try:
        hits = answer["hits"]
        keys = tuple(key_from_sort(int(hit["sort"][-1])) for hit in hits["hits"])
        return Page(int(hits["total"]["value"]), keys, _facets(answer, request))
    except (LookupError, TypeError, ValueError) as error:
        raise EngineUnavailableError("Elasticsearch answers something else.") from error


def _facets(answer: Mapping[str, Any], request: Request) -> Facets:
    found = {name: answer["aggregations"][name] for name in request.facets}
    return {name: _counts(one.get("values", one)["buckets"]) for name, one in found.items()}


def _counts(buckets: Iterable[Mapping[str, Any]]) -> tuple[FacetCount, ...]:
    counts = (FacetCount(str(b["key"]), int(b["doc_count"])) for b in buckets)
    return tuple(sorted(counts, key=lambda found: (-found.count, found.value)))
