"""Rows of a table as text: comma, semicolon or tab, each with the line that it begins on."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kyc.watch.list_formats.entry import ListError
from kyc.watch.list_formats.source import Lines
from kyc.watch.list_formats.words import is_formula


@dataclass(frozen=True)
class Row:
    line: int
    cells: list[str]


def rows(lines: Lines, delimiter: str = ",") -> Iterator[Row]:
    """Each row that has a cell. Raises ListError for broken quotes, a cut end, a formula."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        begins = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as broken:
            raise _broken(begins, str(broken)) from broken
        if any(cells):
            _refuse_formulas(begins, cells)
            yield Row(begins, cells)


def _broken(line: int, why: str) -> ListError:
    if "unexpected end" in why:
        return ListError("cut", line)
    return ListError("long-cell" if "field limit" in why else "quotes", line)


def _refuse_formulas(line: int, cells: Iterable[str]) -> None:
    for position, cell in enumerate(cells, start=1):
        if is_formula(cell):
            raise ListError("formula", line, cell=position, found=cell[:60])
