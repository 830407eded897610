"""Talks to the Elasticsearch server: the one file that knows its libraries and an index's shape.

Whatever the network, the server or its answer may do becomes EngineUnavailableError here.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from itertools import islice
from typing import Any, Final, cast

import urllib3
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.helpers import streaming_bulk
from elasticsearch_dsl import Document, Index, Keyword, Long, Text

from search import terms
from search.engines import (
    FACETS,
    KINDS,
    EngineUnavailableError,
    IndexDocument,
    IndexLostError,
    Key,
)
from search.engines.breaker import Breaker
from search.engines.elastic_query import DEEPEST

_VERSION: Final = 1  # raise it when the same fields are filled in another way
BATCH: Final = 500  # documents in one request, and bytes: the server takes a hundred million
BATCH_BYTES: Final = 10_000_000
DIGESTS: Final = 5_000  # documents of one answer when all are compared
KEPT: Final = "5m"  # how long the server keeps a state between two such answers
RETRIES: Final = 4  # when the server has too much to do: after 1, 2, 4 and 8 seconds
CONNECTIONS: Final = 32
AWAY: Final = frozenset({408, 429, 500, 502, 503, 504})  # answers of a server in trouble
BAD: Final = 400  # these two may concern one document alone
TOO_LARGE: Final = 413
AGAIN: Final = 2  # when an index goes between being listed and being removed
LOST: Final = ("index_not_found_exception", "No mapping found for [sort]")
# No file of certificates, and an answer of another shape.
ODD: Final = (OSError, LookupError, TypeError, ValueError, AttributeError)
Action = dict[str, Any]


def _tokens(**fields: Any) -> Keyword:
    """Ready-made tokens that count alike however often they stand there."""
    return Keyword(multi=True, doc_values=False, **fields)


def _beginnings() -> Text:
    """The same, and their first letters: `b*` would else join thousands of words."""
    return _text(index_options="docs", norms=False, index_prefixes={"min_chars": 1, "max_chars": 3})


def _text(**fields: Any) -> Text:
    """Ready-made tokens in their order, joined by spaces."""
    return Text(analyzer="whitespace", multi=True, **fields)


class Indexed(Document):  # type: ignore[misc]  # the library has no types
    """One findable record as the server keeps it: tokens and numbers, never the text."""

    key = Keyword(doc_values=False)
    text = _text()
    title = _text(index_options="freqs")
    mark = _text(index_options="freqs")
    word = _beginnings()
    start = _beginnings()
    sound = _tokens()
    within = _text(norms=False)
    access = _tokens()
    case = Keyword(doc_values=False)
    sort = Long(index=False)
    minute = Long()
    digest = Long(index=False)


_mapping = Indexed._doc_type.mapping
_mapping.meta("dynamic", "strict")
_mapping.meta("_source", enabled=False)
for _name in FACETS:
    _mapping.field(_name, Keyword(multi=True, eager_global_ordinals=True))


def layout() -> str:
    """The mapping's hash: an index of another shape is never asked, but built anew."""
    shape = (_VERSION, json.dumps(_mapping.to_dict(), sort_keys=True), sorted(KINDS.items()))
    return hashlib.sha256(repr(shape).encode()).hexdigest()[:12]


def source(document: IndexDocument) -> dict[str, Any]:
    found = terms.of(document)
    return {
        "key": str(document.key),
        "text": [" ".join(line) for line in (found.title, *found.body)],
        "title": " ".join(found.title),
        "mark": " ".join(sorted(found.marks)),
        "word": " ".join(sorted(found.words)),
        "start": " ".join(sorted(found.starts)),
        "sound": sorted(found.sounds),
        "within": [" ".join(line) for line in found.within],
        "access": sorted(document.access),
        "case": str(document.case),
        "sort": document.sort,
        "minute": found.minute,
        "digest": document.digest,
        **{name: sorted(set(values)) for name, values in document.facets.items()},
    }


@dataclass(frozen=True)
class Address:
    """Where the server is and how it is asked; times in seconds."""

    hosts: tuple[str, ...]
    user: str = ""
    password: str = ""
    ca_file: str = ""
    prefix: str = "casework"
    shards: int = 1
    connect_seconds: float = 1.0
    search_seconds: float = 3.0
    write_seconds: float = 60.0

    @property
    def alias(self) -> str:
        """The name that is asked; behind it stands the index in use."""
        return f"{self.prefix}.{layout()}"

    def __repr__(self) -> str:
        return f"Address of {self.prefix}"  # never the password


@dataclass(frozen=True)
class Written:
    """How many actions were done, and the documents that were refused, with the reason."""

    count: int
    refused: Mapping[Key, str]


class Server:
    """The few calls that the engine makes; each asks the breaker first."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.alias = address.alias
        self.breaker = Breaker()

    @cached_property
    def _client(self) -> Elasticsearch:
        given = self.address
        options: dict[str, Any] = {"ca_certs": given.ca_file} if given.ca_file else {}
        if given.user:
            options["basic_auth"] = (given.user, given.password)
        return Elasticsearch(
            list(given.hosts),
            max_retries=len(given.hosts) - 1,
            connections_per_node=CONNECTIONS,
            **options,
        )

    def _within(self, seconds: float) -> Elasticsearch:
        waits = urllib3.Timeout(connect=self.address.connect_seconds, read=seconds)
        return self._client.options(request_timeout=cast(float, waits))

    @property
    def _searching(self) -> Elasticsearch:
        return self._within(self.address.search_seconds)

    @property
    def _writing(self) -> Elasticsearch:
        return self._within(self.address.write_seconds)

    @contextmanager
    def _asked(self) -> Iterator[None]:
        """One error for whatever may happen; a server that was away is left alone for a while."""
        if not self.breaker.lets_through():
            raise EngineUnavailableError("Elasticsearch was away a moment ago.")
        try:
            yield
        except ApiError as error:
            if error.status_code in AWAY:
                self.breaker.failed()
            else:
                self.breaker.answered()
            raise _meaning(str(error), str(error.body)) from error
        except (TransportError, *ODD) as error:
            self.breaker.failed()
            name = type(error).__name__
            raise EngineUnavailableError(f"Elasticsearch does not answer: {name}") from error
        else:
            self.breaker.answered()

    def search(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """All shards answer, or it is an error: half an answer looks like a whole one."""
        with self._asked():
            answer = self._searching.search(
                index=self.alias,
                body=dict(body),
                allow_partial_search_results=False,
                preference=_same_copy(body["query"]),
                search_type="dfs_query_then_fetch" if self.address.shards > 1 else None,
            )
            return cast(dict[str, Any], answer.body)

    def bulk(self, actions: Iterable[Action], index: str, *, is_seen: bool) -> Written:
        """Writes through the alias, or into an index that nobody asks yet."""
        count = 0
        refused: dict[Key, str] = {}
        waiting = iter(actions)
        while some := list(islice(waiting, BATCH)):
            refused |= self._refused(some, index, is_seen=is_seen)
            count += len(some)
        return Written(count, refused)

    def _refused(self, actions: list[Action], index: str, *, is_seen: bool) -> dict[Key, str]:
        with self._asked():
            failed = self._failed(actions, index, is_seen=is_seen)
        too_large = {key for key, info in failed.items() if info["status"] == TOO_LARGE}
        if too_large and len(actions) > 1:
            # Perhaps a proxy that takes less in one request: each alone then, none for the others.
            alone = [action for action in actions if _key(action["_id"]) in too_large]
            left = {key: _reason(info) for key, info in failed.items() if key not in too_large}
            for action in alone:
                left |= self._refused([action], index, is_seen=is_seen)
            return left
        return {key: _reason(info) for key, info in failed.items()}

    def _failed(self, actions: list[Action], index: str, *, is_seen: bool) -> dict[Key, Action]:
        results = streaming_bulk(
            self._writing,
            actions,
            index=index,
            chunk_size=BATCH,
            max_chunk_bytes=BATCH_BYTES,
            max_retries=RETRIES,
            initial_backoff=1,
            raise_on_error=False,
            raise_on_exception=False,
            require_alias=index == self.alias,
            refresh=is_seen,
        )
        failed = [next(iter(info.values())) for is_done, info in results if not is_done]
        return {_key(info["_id"]): info for info in failed if "error" in info}

    def create(self) -> str:
        """A new index that nobody asks yet, made for being filled."""
        made = Index(f"{self.alias}-{datetime.now(UTC):%Y%m%d%H%M%S%f}")
        made.document(Indexed)
        made.settings(
            number_of_shards=self.address.shards,
            auto_expand_replicas="0-1",
            max_result_window=DEEPEST,
        )
        with self._asked():
            made.create(using=self._writing)
        return str(made._name)

    def take_into_use(self, name: str) -> None:
        """Moves the alias to a filled index and removes all others, in one step."""
        with self._asked():
            self._writing.indices.refresh(index=name)
            _listed_again(partial(self._swap, name))

    def _swap(self, name: str) -> None:
        others = [{"remove_index": {"index": other}} for other in self._own() if other != name]
        added = {"add": {"index": name, "alias": self.alias}}
        self._writing.indices.update_aliases(actions=[added, *others])

    def remove_unfinished(self) -> None:
        """What a killed rebuild left; only for who holds the pen."""
        with self._asked():
            _listed_again(self._remove_unfinished)

    def _remove_unfinished(self) -> None:
        left = [name for name, found in self._own().items() if not found.get("aliases")]
        if left:
            self._writing.indices.delete(index=left, ignore_unavailable=True)

    def _own(self) -> Mapping[str, Any]:
        found = self._writing.indices.get_alias(index=f"{self.address.prefix}.*")
        return cast(Mapping[str, Any], found.body)

    def digests(self) -> Iterator[tuple[int, int]]:
        """`sort` and `digest` of every document of one moment, newest first."""
        with self._asked():
            client = self._writing
            kept = client.open_point_in_time(index=self.alias, keep_alive=KEPT)["id"]
        try:
            yield from self._all_digests(kept)
        finally:
            with self._asked():
                client.close_point_in_time(id=kept)

    def _all_digests(self, kept: str) -> Iterator[tuple[int, int]]:
        after: dict[str, Any] = {}
        while True:
            asked = {"pit": {"id": kept, "keep_alive": KEPT}, "size": DIGESTS, **after}
            asked |= {"sort": [{"sort": "desc"}], "docvalue_fields": ["digest"]}
            asked |= {"_source": False, "track_total_hits": False}
            with self._asked():
                hits = self._writing.search(body=asked)["hits"]["hits"]
                found = [(int(hit["sort"][0]), int(hit["fields"]["digest"][0])) for hit in hits]
            if not found:
                return
            yield from found
            after = {"search_after": [found[-1][0]]}


def _listed_again(removal: Callable[[], None]) -> None:
    """The last request of a killed process may still be at work and remove the same index.

    It is listed until it is gone, and the server refuses the second removal whatever
    `ignore_unavailable` says: so all is listed and asked for again.
    """
    for _ in range(AGAIN):
        with suppress(NotFoundError):
            return removal()
    removal()


def _meaning(said: str, in_full: str) -> EngineUnavailableError:
    """An index that is not there, or has another shape, has to be built anew."""
    is_lost = any(sign in in_full for sign in LOST)
    return (IndexLostError if is_lost else EngineUnavailableError)(f"Elasticsearch says {said}")


def _same_copy(query: Any) -> str:
    """The same question goes to the same copy of a shard, so that its pages fit together."""
    return hashlib.sha256(json.dumps(query).encode()).hexdigest()[:16]


def _key(text: str) -> Key:
    kind, _, pk = text.partition(":")
    return Key(kind, int(pk))


def _reason(info: Mapping[str, Any]) -> str:
    """Why one document was refused; raises where the trouble is the server's, or all documents'."""
    error = info["error"]
    reason = str(error.get("reason", error) if isinstance(error, Mapping) else error)
    is_its_own = info["status"] == BAD and "exception" not in info
    if not is_its_own and info["status"] != TOO_LARGE:
        raise _meaning(reason, str(error))
    return reason
