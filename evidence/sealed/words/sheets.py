"""Excel workbooks: every sheet row by row, dates as dates, and the notes beside the cells. Pure.

Read as a stream; a workbook with millions of empty cells costs time, which is limited, not memory.
"""

import posixpath
import re
import zipfile
from datetime import datetime, timedelta
from typing import Final

from evidence.sealed.words import office, xml
from evidence.sealed.words.said import Enough, Lines, Said, step

SHARED: Final = 20_000_000  # characters of the texts that cells share
PIECES: Final = 1_000  # of the text of one cell, each at most some thousand characters
SHEETS: Final = 500
BUILT_IN_DATES: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_DATE: Final = re.compile(r"[ymdhs]", re.IGNORECASE)
_NOT_DATE: Final = re.compile(r'"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]|General|_.|\*.', re.IGNORECASE)
_NOTES: Final = re.compile(r"xl/(comments\d*|threadedComments/.+|drawings/drawing\d+)\.xml")
LAST_DAY: Final = 2_958_465  # 9999-12-31


def read(packed: zipfile.ZipFile, said: Said) -> None:
    office.about(packed, said)
    book = _Book()
    _part(packed, "xl/workbook.xml", book, said)
    links = _Links()
    _part(packed, "xl/_rels/workbook.xml.rels", links, said)
    shared, styles = _Shared(), _Styles()
    _part(packed, "xl/sharedStrings.xml", shared, said)
    _part(packed, "xl/styles.xml", styles, said)
    for name, link in book.sheets[:SHEETS]:
        path = posixpath.normpath(posixpath.join("xl", links.targets.get(link, "").lstrip("/")))
        path = path.removeprefix("xl/") if path.startswith("xl/xl/") else path
        rows = _Rows(name, said, shared.texts, styles.dates, is_1904=book.is_1904)
        _part(packed, path, rows, said)
        rows.lines.flush()
    for name in filter(_NOTES.fullmatch, packed.namelist()):
        office.paragraphs(packed, name, said, lambda number: "comments:")
    office.embedded(packed, said)


def _part(packed: zipfile.ZipFile, name: str, handler: xml.Handler, said: Said) -> None:
    """A part that is not there says nothing."""
    try:
        member = packed.getinfo(name)
    except KeyError:
        return
    with packed.open(member) as file:
        xml.parse(said.unpacked(file), handler)


def named(sheet: str) -> str:
    return step("sheet", sheet)


def moment(serial: float, *, is_1904: bool) -> str:
    """A day of the spreadsheet as a date, with the time where it has one."""
    if not 0 <= serial <= LAST_DAY:
        return f"{serial:.15g}"
    begin = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - no zone
    when = begin + timedelta(seconds=round(serial * 86_400))
    if serial < 1:
        return f"{when:%H:%M}"
    return f"{when:%Y-%m-%d}" if serial == int(serial) else f"{when:%Y-%m-%d %H:%M}"


class _Book(xml.Handler):
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.is_1904 = False

    def begin(self, name: str, attributes: xml.Attributes) -> None:
        if name == "sheet":
            self.sheets.append((attributes.get("name", "?"), attributes.get("id", "")))
        elif name == "workbookPr":
            self.is_1904 = attributes.get("date1904", "") in ("1", "true")


class _Links(xml.Handler):
    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def begin(self, name: str, attributes: xml.Attributes) -> None:
        if name == "Relationship":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


class _Shared(xml.Handler):
    """The texts that cells name by number; how they are pronounced (`rPh`) is left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._size = 0
        self._said: list[str] = []
        self._is_text = self._is_aside = False

    def begin(self, name: str, attributes: xml.Attributes) -> None:
        self._is_text = name == "t" and not self._is_aside
        self._is_aside = self._is_aside or name == "rPh"

    def text(self, data: str) -> None:
        if self._is_text:
            self._said.append(data)
            self._size += len(data)
        if self._size > SHARED:
            raise Enough("limit")

    def end(self, name: str) -> None:
        self._is_text = False
        if name == "rPh":
            self._is_aside = False
        elif name == "si":
            self.texts.append("".join(self._said))
            self._size += 50  # an empty one costs, too
            self._said = []


class _Styles(xml.Handler):
    """Which cell formats show a number as a date."""

    def __init__(self) -> None:
        self.dates: set[int] = set()
        self._own: set[int] = set()
        self._count = 0
        self._is_cells = False

    def begin(self, name: str, attributes: xml.Attributes) -> None:
        number = int(attributes.get("numFmtId", "0") or 0)
        if name == "numFmt" and _DATE.search(_NOT_DATE.sub("", attributes.get("formatCode", ""))):
            self._own.add(number)
        elif name == "cellXfs":
            self._is_cells = True
        elif name == "xf" and self._is_cells:
            if number in BUILT_IN_DATES or number in self._own:
                self.dates.add(self._count)
            self._count += 1

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._is_cells = False


class _Rows(xml.Handler):
    def __init__(
        self, sheet: str, said: Said, shared: list[str], dates: set[int], *, is_1904: bool
    ) -> None:
        self.said = said
        self.shared = shared
        self.dates = dates
        self.is_1904 = is_1904
        self.lines = Lines(said, self._place)
        self._sheet = named(sheet)
        self._row = self._first = 0
        self._cells: list[str] = []
        self._value: list[str] = []
        self._type = ""
        self._is_value = self._is_date = False

    def _place(self, number: int) -> str:
        first, self._first = self._first, 0
        return self._sheet if first <= 1 or number <= 1 else f"{self._sheet}|row:{first}"

    def begin(self, name: str, attributes: xml.Attributes) -> None:
        if name == "row":
            said = attributes.get("r", "")
            self._row = int(said) if said.isdecimal() else self._row + 1
            if self._row % 1_000 == 0:
                self.said.look_at_the_clock()
        elif name == "c":
            self._type, self._value = attributes.get("t", "n"), []
            style = attributes.get("s", "0")
            self._is_date = style.isdecimal() and int(style) in self.dates
        self._is_value = name in ("v", "t")

    def text(self, data: str) -> None:
        if self._is_value and len(self._value) < PIECES:
            self._value.append(data)

    def end(self, name: str) -> None:
        self._is_value = False
        if name == "c":
            if shown := self._shown("".join(self._value).strip()):
                self._cells.append(shown)
        elif name == "row" and self._cells:
            self._first = self._first or self._row
            self.lines.add(" | ".join(self._cells))
            self._cells = []

    def _shown(self, value: str) -> str:
        if not value or self._type in ("b", "e"):
            return ""
        try:
            if self._type == "s":
                return self.shared[int(value)]
            if self._type != "n":
                return value
            number = float(value)
            if self._is_date:
                return moment(number, is_1904=self.is_1904)
            return value if value.lstrip("-").isdecimal() else f"{number:.15g}"
        except (ValueError, IndexError, OverflowError):
            return value
