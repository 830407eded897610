"""Which format a file has, told from its first lines; and its entries, read by that format."""

import csv
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import IO

from kyc.watch.list_formats import (
    denied_persons,
    ofac,
    opensanctions,
    spreadsheet,
    un,
    workbook,
)
from kyc.watch.list_formats.entry import Entry, ListError, Reading
from kyc.watch.list_formats.rows import rows
from kyc.watch.list_formats.source import GZIP, Lines, chunks

OPENSANCTIONS, UN, OFAC, DENIED, TABLE, WORKBOOK = (
    "opensanctions", "un", "ofac", "denied_persons", "csv", "xlsx",
)  # fmt: skip
FORMATS = (OPENSANCTIONS, UN, OFAC, DENIED, TABLE, WORKBOOK)
ZIP, OLE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
# So many of a format's own columns and a table claims to be of it, even where others are missing.
CLAIMS = ((OPENSANCTIONS, opensanctions.COLUMNS, 7), (DENIED, denied_persons.COLUMNS, 6))

READERS: dict[str, Callable[[Lines, Reading], Iterator[Entry]]] = {
    OPENSANCTIONS: opensanctions.entries,
    UN: un.entries,
    DENIED: denied_persons.entries,
}


def told(file: IO[bytes]) -> str:
    """The format of a file. Raises ListError where it is empty or cannot be a list."""
    file.seek(0)
    head = file.read(4)
    if not head:
        raise ListError("empty")
    if head.startswith(ZIP):
        return WORKBOOK
    if head.startswith((OLE, PDF)):
        raise ListError("no-list", found="PDF" if head == PDF else "OLE")
    lines = iter(Lines(chunks(file)))
    first = next((line for line in lines if line.strip()), "")
    if not first:
        raise ListError("empty")
    if first.lstrip().startswith("<"):
        return UN
    return _table(first)


def _table(first: str) -> str:
    head = {cell.strip().strip('"').lower() for cell in _split(first)}
    for name, columns, enough in CLAIMS:
        if len(head & set(columns)) >= enough:
            return name
    return OFAC if next(csv.reader([first]), [""])[0].strip().isdecimal() else TABLE


def _split(first: str) -> list[str]:
    return next(csv.reader([first], delimiter=delimiter(first)), [])


def delimiter(first: str) -> str:
    """What separates the cells of a head: whichever stands in it most often."""
    return max(",;\t", key=first.count)


def read(
    file: IO[bytes], name: str, reading: Reading, beside: Mapping[str, IO[bytes]], sheet: str = ""
) -> Iterator[Entry]:
    """Entries of a file in a format; `beside` are OFAC's further tables by their part."""
    if beside and name != OFAC:
        raise ListError("beside", found=", ".join(sorted(beside)))
    if name == WORKBOOK:
        if file.seek(0) == 0 and file.read(2) == GZIP:
            raise ListError("no-list", found="gzip")
        return spreadsheet.entries(workbook.padded(workbook.rows(file, sheet)), reading)
    lines = Lines(chunks(file))
    if name == OFAC:
        parts = {part: Lines(chunks(other)) for part, other in beside.items()}
        return ofac.entries(lines, reading, ofac.beside(**parts))
    if name == TABLE:
        return spreadsheet.entries(rows(*_peeked(file)), reading)
    return READERS[name](lines, reading)


def _peeked(file: IO[bytes]) -> tuple[Lines, str]:
    """The lines of a table and what separates its cells."""
    first = list(zip(range(spreadsheet.TITLE_ROWS), Lines(chunks(file)), strict=False))
    return Lines(chunks(file)), delimiter("".join(chain(line for _, line in first)))
