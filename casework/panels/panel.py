"""A panel of figures as everything shows it: page, spreadsheet and paper draw from the same cells.

Pure. A number that is too small to be told is no number here: no export can hold what a page hides.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from casework.charts.drawing import Drawing


@dataclass(frozen=True)
class Cell:
    """What is read; `value` is what a spreadsheet counts with, `url` leads to the cases behind."""

    text: str
    value: int | float | None = None
    url: str = ""
    is_quiet: bool = False  # too few to tell, or nothing to tell


@dataclass(frozen=True)
class Row:
    name: Cell
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """Rows of numbers under a head; the first column names the row."""

    title: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""
    is_wide: bool = False  # more columns than half a page takes

    @property
    def lines(self) -> tuple[tuple[Cell, tuple[tuple[str, Cell], ...]], ...]:
        """Each row's name, and its cells with the words over them."""
        words = self.head[1:]
        return tuple((row.name, tuple(zip(words, row.cells, strict=True))) for row in self.rows)


@dataclass(frozen=True)
class Big:
    """A rate with its fraction; `why` says why it is not shown."""

    name: str
    text: str
    part: Cell | None = None
    whole: Cell | None = None
    unit: str = ""
    why: str = ""
    small: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Part:
    """A table and, where people would rather look than read, its chart."""

    table: Table
    chart: Drawing | None = None


@dataclass(frozen=True)
class Panel:
    key: str
    title: str
    by: str = ""  # what it rests on, beside the heading
    bigs: tuple[Big, ...] = ()
    bigs_head: tuple[str, ...] = ()  # figure, part, whole, share, note: the bigs as a table
    parts: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()
    definitions: tuple[tuple[str, str], ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables of an export: the large numbers are rows like all others."""
        of_parts = tuple(part.table for part in self.parts)
        if not self.bigs:
            return of_parts
        rows = tuple(_row(big) for big in self.bigs)
        return (Table(self.title, self.bigs_head, rows), *of_parts)


def definitions(panels: Sequence[Panel]) -> tuple[tuple[str, str], ...]:
    """Those of all panels, each once."""
    return tuple(dict.fromkeys(pair for panel in panels for pair in panel.definitions))


def _row(big: Big) -> Row:
    hidden = Cell(big.why, is_quiet=True)
    part, whole = big.part or hidden, big.whole or Cell("")
    share = None
    if part.value is not None and whole.value:
        share = round(part.value / whole.value, 4)
    return Row(Cell(big.name), (part, whole, Cell(big.text, share), _said(big.small)))


def _said(small: Sequence[Cell]) -> Cell:
    return Cell("; ".join(cell.text for cell in small))
