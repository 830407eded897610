"""The rows of an Excel workbook, read without running or unpacking anything beyond bounds."""

import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from itertools import takewhile
from typing import IO, Any
from xml.parsers import expat

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from kyc.watch.list_formats.entry import ListError
from kyc.watch.list_formats.rows import Row
from kyc.watch.list_formats.words import is_formula

LARGEST, LARGEST_RATIO, RATIO_FROM = 400 << 20, 200, 32 << 20
MOST_PARTS, MOST_CELLS = 2000, 500
HEAD = 1 << 16
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, OSError, NotImplementedError,
    InvalidFileException, SyntaxError, TypeError, AttributeError, IndexError,
)  # fmt: skip


def rows(file: IO[bytes], sheet: str = "") -> Iterator[Row]:
    """Rows of the one sheet that holds any, or of the named one. Formulas are refused."""
    check(file)
    try:
        book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
        found = _sheet(book, sheet)
        for number, cells in enumerate(found.iter_rows(max_col=MOST_CELLS), start=1):
            texts = [_text(number, cell) for cell in cells]
            while texts and not texts[-1]:
                texts.pop()
            if texts:
                yield Row(number, texts)
    except BROKEN as broken:
        raise ListError("workbook", why=f"{type(broken).__name__}: {broken}"[:200]) from broken


def padded(found: Iterator[Row]) -> Iterator[Row]:
    """Empty cells at the end of a row are not stored in a workbook: rows are filled up again."""
    width = 0
    for row in found:
        width = max(width, len(row.cells))
        yield Row(row.line, row.cells + [""] * (width - len(row.cells)))


def check(file: IO[bytes]) -> None:
    """Refuse what unpacks beyond bounds and XML that brings its own entities."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
            size = sum(part.file_size for part in parts)
            is_bomb = size > RATIO_FROM and size > LARGEST_RATIO * sum(
                part.compress_size for part in parts
            )
            if size > LARGEST or is_bomb or len(parts) > MOST_PARTS:
                raise ListError("too-large", limit=LARGEST)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    with packed.open(part) as text:
                        _refuse_entities(text.read(HEAD), part.filename)
    except BROKEN as broken:
        raise ListError("workbook", why=f"{type(broken).__name__}: {broken}"[:200]) from broken
    finally:
        file.seek(0)


def _refuse_entities(head: bytes, name: str) -> None:
    """A document type stands before the first element, so the head of the part shows it."""

    def refuse(*_: object) -> None:
        raise ListError("xml-entities", found=name)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    begun: list[str] = []
    parser.StartElementHandler = lambda tag, _: begun.append(tag)
    try:
        parser.Parse(head, False)
    except expat.ExpatError as broken:
        raise ListError("workbook", why=f"{name}: {broken}") from broken
    if not begun and len(head) == HEAD:
        raise ListError("xml-entities", found=name)


def _sheet(book: Any, wanted: str) -> Any:
    if wanted:
        if wanted not in book.sheetnames:
            raise ListError("no-sheet", found=", ".join(book.sheetnames)[:300], wanted=wanted)
        return book[wanted]
    sheets = [s for s in book.worksheets if any(_some(s))]
    if not sheets:
        raise ListError("empty")
    if len(sheets) > 1:
        raise ListError("sheets", found=", ".join(s.title for s in sheets)[:300])
    return sheets[0]


def _some(sheet: Any) -> Iterator[bool]:
    """Whether the first rows of a sheet hold anything."""
    rows = enumerate(sheet.iter_rows(max_col=MOST_CELLS))
    for _number, cells in takewhile(lambda row: row[0] < 1000, rows):
        yield any(cell.value not in (None, "") for cell in cells)


def _text(line: int, cell: Any) -> str:
    value = cell.value
    where = getattr(cell, "coordinate", "")
    if cell.data_type == "f":
        raise ListError("formula", line, cell=where, found=str(value)[:60])
    if cell.data_type == "e":
        raise ListError("error-cell", line, cell=where, found=str(value)[:20])
    if isinstance(value, datetime | date):
        return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = "" if value is None else str(value)
    if is_formula(text):
        raise ListError("formula", line, cell=where, found=text[:60])
    return text
