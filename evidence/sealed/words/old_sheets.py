"""Workbooks of Excel 97 to 2003. Pure."""

import io
from typing import Any

import xlrd

from evidence.sealed.refusal import Refused
from evidence.sealed.words import sheets
from evidence.sealed.words.said import Lines, Said


def read(content: bytes, said: Said) -> None:
    try:
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), on_demand=True)
    except xlrd.XLRDError as error:
        raise Refused("password" if "encrypt" in str(error).lower() else "unreadable") from error
    for index in range(min(book.nsheets, sheets.SHEETS)):
        _sheet(book.sheet_by_index(index), said, is_1904=bool(book.datemode))
        book.unload_sheet(index)


def _sheet(sheet: Any, said: Said, *, is_1904: bool) -> None:
    place = sheets.named(sheet.name)
    lines = Lines(said, lambda number: place if number <= 1 else f"{place}|row:{number}")
    for number in range(sheet.nrows):
        if number % 1_000 == 0:
            said.look_at_the_clock()
        shown = (_shown(cell, is_1904=is_1904) for cell in sheet.row(number))
        lines.add(" | ".join(text for text in shown if text))
    lines.flush()


def _shown(cell: Any, *, is_1904: bool) -> str:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return sheets.moment(cell.value, is_1904=is_1904)
    return f"{cell.value:.15g}" if cell.ctype == xlrd.XL_CELL_NUMBER else ""
