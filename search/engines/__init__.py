"""What an engine is: the few calls the product makes, and the shapes that pass through them.

Pure. An engine returns keys and counts under the scope it is given, never text or scores.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from search.query import Tree

# The number is part of every index: append only, at most sixty-three.
KINDS: Mapping[str, int] = {
    "case": 1,
    "seizure": 2,
    "consignment": 3,
    "party": 4,
    "fact": 5,
    "exhibit": 6,
    "custody": 7,
    "hearing": 8,
    "proceeding": 9,
    "note": 10,
    "file": 11,
    "statement": 12,
    "involvement": 13,
    "accused": 14,
    "witness": 15,
    "admission": 16,
    "submission": 17,
    "order": 18,
    "summons": 19,
    "authority": 20,
    "assistance": 21,
    "deadline": 22,
    "laboratory": 23,
    "certificate": 24,
    "mark": 25,
    "judgement": 26,
    "bail": 27,
    "flag": 28,
    "listed": 29,
    "dealing": 30,
}
_KIND_NAMES = {number: name for name, number in KINDS.items()}
FACETS = ("kind", "port", "species", "country", "agency", "status", "tier", "year")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
_LAST_MINUTE = (1 << 27) - 1  # the year 2225
_as_json = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode
_PK_BITS = 30  # a thousand million records of a kind; then 6 bits of kind, 27 of minutes


class SearchOrder(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class EngineUnavailableError(Exception):
    """The engine cannot answer or store now; the database can, and the outbox waits."""


class EngineBusyError(EngineUnavailableError):
    """Another process is writing the index."""


class IndexLostError(EngineUnavailableError):
    """There is no index that can be asked, or it is damaged: it has to be built anew."""


class DocumentsRefusedError(Exception):
    """The engine stored the rest, and will never take these as they are; the reason of each."""

    def __init__(self, reasons: "Mapping[Key, str]") -> None:
        super().__init__("; ".join(f"{key}: {reason}" for key, reason in reasons.items())[:1_000])
        self.reasons = reasons


@dataclass(frozen=True, order=True)
class Key:
    """Which record a document stands for."""

    kind: str
    pk: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.pk}"


@dataclass(frozen=True)
class Part:
    """A labelled piece of a document's text; the label says why it matched, the place where in a
    file: page 3, sheet Manifest."""

    label: str
    text: str
    place: str = ""


@dataclass(frozen=True)
class IndexDocument:
    """One findable record: text, identifiers, names, values of named fields, facets, and whose.

    `access` holds the tokens that a reader's scope must share; a document without any is
    found by nobody. `case` is the case it belongs to, 0 for the shared register.
    """

    key: Key
    title: str
    access: frozenset[str]
    case: int = 0
    parts: tuple[Part, ...] = ()
    identifiers: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date: datetime = _EPOCH
    names: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def minute(self) -> int:
        return max(0, min((self.date - _EPOCH) // _MINUTE, _LAST_MINUTE))

    @property
    def sort(self) -> int:
        """Newest-first order as one number: unique, so the order never depends on others."""
        return (self.minute << 6 | KINDS[self.key.kind]) << _PK_BITS | self.key.pk

    @property
    def digest(self) -> int:
        """A fingerprint of everything indexed, to find drift; 62 bits, so always positive."""
        facets = {name: sorted(values) for name, values in self.facets.items()}
        seen = [self.title, sorted(self.access), self.case, facets, sorted(self.identifiers)]
        seen += [self.sort, [part.text for part in self.parts], sorted(self.names)]
        seen += [{name: list(said) for name, said in self.values.items()}]
        data = _as_json(seen).encode()
        return int.from_bytes(hashlib.sha256(data).digest()[:8]) >> 2


def key_from_sort(sort: int) -> Key:
    return Key(_KIND_NAMES[sort >> _PK_BITS & 0x3F], sort & (1 << _PK_BITS) - 1)


@dataclass(frozen=True)
class Scope:
    """What one reader may find, built from the database for each query.

    `shared` are tokens trusted as indexed, except on the `lagging` cases, whose tokens the
    index may hold wrongly; `direct` are tokens of single cases, read from the database;
    `hidden` are documents that wait in the outbox and may have become sensitive.
    """

    shared: frozenset[str] = frozenset()
    direct: frozenset[str] = frozenset()
    lagging: frozenset[int] = frozenset()
    hidden: frozenset[Key] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not self.shared and not self.direct


@dataclass(frozen=True)
class Request:
    """One page of one search. `chosen` are facet values; values of one facet are alternatives."""

    tree: Tree
    scope: Scope
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    order: SearchOrder = SearchOrder.RELEVANCE
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = FACETS

    def nothing(self) -> "Page":
        """The answer when there is none: the same for an empty scope as for no match."""
        return Page(facets=dict.fromkeys(self.facets, ()))


@dataclass(frozen=True)
class FacetCount:
    value: str
    count: int


Facets = Mapping[str, tuple[FacetCount, ...]]


@dataclass(frozen=True)
class Page:
    """Exact total and facet counts under the scope, and the keys of one page in order."""

    total: int = 0
    hits: tuple[Key, ...] = ()
    facets: Facets = field(default_factory=dict)


class Engine(Protocol):
    """Both engines offer exactly this; one contract test runs on each."""

    def search(self, request: Request) -> Page:
        """Raises EngineUnavailableError; an empty scope finds nothing."""

    def writing(self) -> AbstractContextManager[None]:
        """The one place at the pen; raises EngineBusyError. Held around what follows, and
        around the reading of the outbox, so that an older state never overwrites a newer."""

    def write(self, documents: Iterable[IndexDocument], gone: Iterable[Key] = ()) -> None:
        """Replaces documents by key and removes what is gone, in one commit. What the engine will
        never take is named by DocumentsRefusedError, when the rest is stored; so in a rebuild."""

    def rebuild(self, documents: Iterable[IndexDocument]) -> int:
        """Builds a new index beside the one in use, then swaps; returns how many."""

    def digests(self) -> Iterator[tuple[Key, int]]:
        """Every indexed key with its digest, to compare with the database."""

    def verify(self) -> None:
        """Raises IndexLostError where what is stored is gone or damaged."""
