"""Panels as rows and as a workbook. Pure: the same cells as on the page, none besides.

Text never becomes a formula; a number that is not told is a word, as on the page.
"""

import io
from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from casework.panels.panel import Cell, Panel, Table, definitions

FORMULA = ("=", "+", "-", "@", "\t", "\r")
LONGEST_NAME = 31  # of a sheet
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'"))
NAME_WIDTH, NUMBER_WIDTH = 40, 18
BOLD, WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")
Asked = Sequence[tuple[str, str]]  # the question part by part, both dates among them


def safe(text: object) -> str:
    """A text that no spreadsheet takes for a formula."""
    said = "" if text is None else str(text)
    return f"'{said}" if said.startswith(FORMULA) else said


def lines(panels: Sequence[Panel], asked: Asked, head: Sequence[str]) -> Iterator[list[str]]:
    """One number in a line, with its panel, table, row, column, and the whole question."""
    yield [safe(word) for word in (*head, *(name for name, _value in asked))]
    question = [value for _name, value in asked]
    for panel in panels:
        for table in panel.tables:
            for name, cells in table.lines:
                for column, cell in cells:
                    told = cell.text if cell.value is None else str(cell.value)
                    where = (panel.title, table.title, name.text, column)
                    yield [safe(text) for text in (*where, told, *question)]


def workbook(
    panels: Sequence[Panel],
    question: str,
    asked: Asked,
    definitions_title: str,
) -> bytes:
    """A sheet for each panel, the question with both dates on each, and one of definitions."""
    book = Workbook()
    book.remove(book.active)
    for panel in panels:
        sheet = _Lines(book, panel.title, question, asked)
        for table in panel.tables:
            sheet.add_table(table)
        for note in panel.notes:
            sheet.add([note])
    last = _Lines(book, definitions_title, question, asked)
    for name, said in definitions(panels):
        last.add_definition(name, said)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class _Lines:
    """A sheet that is written from the top; texts are texts, whatever they begin with."""

    def __init__(self, book: Workbook, title: str, question: str, asked: Asked) -> None:
        self.sheet: Worksheet = book.create_sheet(title.translate(FORBIDDEN)[:LONGEST_NAME])
        self.at = 0
        self.sheet.column_dimensions["A"].width = NAME_WIDTH
        self.add([title], is_bold=True)
        self.add([question])
        for name, value in asked:
            self.add([name, value])
        self.at += 1

    def add(self, cells: Sequence[str | int | float], *, is_bold: bool = False) -> None:
        self.at += 1
        for column, value in enumerate(cells, 1):
            cell = self.sheet.cell(self.at, column)
            if isinstance(value, str):
                cell.value, cell.data_type = safe(value), "s"
            else:
                cell.value = value
            if is_bold:
                cell.font = BOLD

    def add_table(self, table: Table) -> None:
        self.add([table.title], is_bold=True)
        self.add(list(table.head), is_bold=True)
        for row in table.rows:
            self.add([row.name.text, *map(_told, row.cells)])
        if table.note:
            self.add([table.note])
        self.at += 1
        for column in range(2, len(table.head) + 1):
            self.sheet.column_dimensions[get_column_letter(column)].width = NUMBER_WIDTH

    def add_definition(self, name: str, said: str) -> None:
        self.add([name, said])
        self.sheet.cell(self.at, 2).alignment = WRAPPED
        self.sheet.column_dimensions["B"].width = 100


def _told(cell: Cell) -> str | int | float:
    return cell.text if cell.value is None else cell.value
