"""Every findable record as an index document, read from the database in fixed numbers of queries.

The index is derived: whatever is in it can be made again from here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from casework.models.scope import Person
from search import labels
from search.documents import (
    cargo,
    cases,
    court,
    duties,
    expertise,
    nearby,
    people,
    register,
    things,
)
from search.documents.content import Content, Need, Source
from search.documents.context import CaseContext, contexts
from search.documents.words import Values, joined, spoken, values
from search.engines import IndexDocument, Key, Part

SOURCES: dict[str, Source] = {
    source.kind: source
    for room in (cases, cargo, register, things, court, people, duties, expertise)
    for source in room.SOURCES
}
REGISTER = ("party", "listed")  # kinds with rows of no case
T = TypeVar("T")


@dataclass(frozen=True)
class Record:
    """A row and what it says."""

    key: Key
    row: Any
    content: Content


def records(keys: Iterable[Key], *, visible_to: Person | None = None) -> dict[Key, Record]:
    """The records that exist, and that this person may see where one is given; for nobody, as the
    index reads them, rows may be plain."""
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for key in keys:
        wanted[key.kind].add(key.pk)
    asked = [SOURCES[kind].rows().filter(pk__in=pks).order_by() for kind, pks in wanted.items()]
    seen = asked if visible_to is None else nearby.visible(asked, visible_to)
    found: dict[Key, Record] = {}
    for kind, rows in zip(wanted, seen, strict=True):
        source = SOURCES[kind]
        for row in source.plain(rows) if visible_to is None else rows:
            key = Key(kind, row.pk)
            found[key] = Record(key, row, source.read(row))
    return found


def load(keys: Iterable[Key]) -> list[IndexDocument]:
    """The documents of these keys; what no longer exists is missing."""
    found = records(keys).values()
    known = contexts({record.content.case for record in found} - {0})
    said = things.words(record.row for record in found if record.key.kind == "file")
    return [
        _document(record, known, said.get(record.key.pk, ()) if record.key.kind == "file" else ())
        for record in found
    ]


def keys_of_cases(pks: Collection[int]) -> list[Key]:
    return [Key(s.kind, pk) for s in SOURCES.values() for pk in s.keys_of_cases(pks)]


def batches(values: Iterable[T], size: int) -> Iterator[list[T]]:
    waiting = iter(values)
    while some := list(islice(waiting, size)):
        yield some


@cache
def _named(kind: str) -> Values:
    return values(kind=(kind, *spoken(labels.KINDS[kind])))


def _document(
    record: Record, known: dict[int, CaseContext], said: tuple[Part, ...] = ()
) -> IndexDocument:
    """`said` is what a file says: indexed, but read again for a page only where it matched."""
    content = record.content
    context = known.get(content.case, CaseContext())
    own = {"kind": (record.key.kind,), "year": (f"{content.date.year}",)}
    shared = {} if content.need is Need.REGISTER else context.values
    return IndexDocument(
        key=record.key,
        title=content.title,
        access=context.access(content.case, content.need),
        case=content.case,
        parts=content.parts + said,
        identifiers=content.identifiers,
        facets={**context.facets, **own} if content.need is not Need.REGISTER else own,
        date=content.date,
        names=content.names,
        values=joined(shared, _named(record.key.kind), content.values),
    )
