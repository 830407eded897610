"""A plain table with a head: a shipping line's blacklist, a register of authorised traders."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

from kyc.watch.list_formats import columns, days
from kyc.watch.list_formats.entry import (
    FIRM,
    PERSON,
    UNKNOWN,
    VESSEL,
    Entry,
    ListError,
    Reading,
    once,
)
from kyc.watch.list_formats.rows import Row
from kyc.watch.list_formats.words import clean, several

TITLE_ROWS = 10  # a table may have a title above its head
KINDS = {
    **dict.fromkeys(("person", "individual", "natural person", "p", "human"), PERSON),
    **dict.fromkeys(("firm", "company", "entity", "organisation", "organization", "business",
                     "legal person", "corporate", "f", "c"), FIRM),
    **dict.fromkeys(("vessel", "ship"), VESSEL),
}  # fmt: skip
LISTS = {"alias": "aliases", "weak": "weak_aliases", "topic": "topics"}
TAKEN = ("uid", "name", "first", "middle", "last", "ordinal")  # read before, or only a row's count
Cells = list[tuple[str, str, str]]  # head, meaning, cell


def entries(found: Iterable[Row], reading: Reading) -> Iterator[Entry]:
    """Entries of the rows below the head, which must name a column of names."""
    rows = iter(found)
    head, after = _head(rows)
    known = columns.meanings(head)
    seen: Counter[str] = Counter()
    for row in chain(after, rows):
        if len(row.cells) < len(head) or any(row.cells[len(head) :]):
            raise ListError("cells", row.line, wanted=len(head), found=len(row.cells))
        cells = [
            (name, meaning, clean(cell))
            for name, meaning, cell in zip(head, known, row.cells, strict=False)
        ]
        yield _entry(row.line, cells, reading, seen)


def _head(rows: Iterator[Row]) -> tuple[list[str], list[Row]]:
    first: Row | None = None
    for row, _ in zip(rows, range(TITLE_ROWS), strict=False):
        first = first or row
        found = columns.meanings(row.cells)
        if columns.is_head(found) and (len(row.cells) == 1 or sum(map(bool, found)) > 1):
            _demand_once(row, found)
            return [clean(cell) for cell in row.cells], []
        if columns.is_head(found) and sum(map(bool, row.cells)) > 1:
            return [clean(cell) for cell in row.cells], []
    if first is None:
        raise ListError("empty")
    names = ", ".join(clean(cell) for cell in first.cells if cell.strip())
    raise ListError("no-name-column", first.line, found=names[:300])


def _demand_once(row: Row, found: list[str]) -> None:
    for meaning in ("name", "uid"):
        if found.count(meaning) > 1:
            both = [clean(c) for c, m in zip(row.cells, found, strict=True) if m == meaning]
            raise ListError("columns-twice", row.line, found=", ".join(both))


def _entry(line: int, cells: Cells, reading: Reading, seen: Counter[str]) -> Entry:
    name = _of(cells, "name") or " ".join(
        part for part in (_of(cells, "first"), _of(cells, "middle"), _of(cells, "last")) if part
    )
    if not name:
        raise ListError("no-name", line)
    entry = Entry("", UNKNOWN, name, line)
    for head, meaning, cell in cells:
        if cell:
            _take(entry, head, meaning, cell, reading)
    entry.addresses = once([", ".join(entry.addresses)])
    entry.uid = _uid(entry, cells, seen)
    return entry


def _of(cells: Cells, wanted: str) -> str:
    return next((cell for _, meaning, cell in cells if meaning == wanted and cell), "")


def _take(entry: Entry, head: str, meaning: str, cell: str, reading: Reading) -> None:
    if meaning in LISTS:
        getattr(entry, LISTS[meaning]).extend(several(cell))
    elif meaning in columns.NUMBERS:
        for value in several(cell):
            entry.number(meaning, value)
    elif meaning == "country":
        for part in several(cell):
            reading.place(entry, part, head)
    elif meaning in ("address", "city"):
        entry.addresses.append(cell)
    elif meaning == "born":
        found = days.read_span(cell)
        entry.birth_dates += found
        entry.remark(head, "" if found else cell)
    elif meaning == "kind":
        entry.kind = KINDS.get(cell.lower(), entry.kind)
        entry.remark(head, cell if entry.kind == UNKNOWN else "")
    elif meaning not in TAKEN:
        entry.remark("" if meaning == "remark" else head, cell)


def _uid(entry: Entry, cells: Cells, seen: Counter[str]) -> str:
    """The table's own number, else an LEI, else the name: the same in the list's next version."""
    if said := _of(cells, "uid"):
        return said
    if number := _of(cells, "lei"):
        return number
    uid = entry.name.casefold()
    if len(uid) > 150:
        uid = hashlib.sha256(uid.encode()).hexdigest()
    seen[uid] += 1
    return uid if seen[uid] == 1 else f"{uid} ({seen[uid]})"
