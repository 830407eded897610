"""Tables and lists on ruled paper: heads repeat, rows break only where they are tall. Pure."""

from collections.abc import Collection, Sequence
from typing import TypeAlias

from reportlab.platypus import Flowable, Table

from evidence.dossier import fonts
from evidence.dossier.paper import BODY, HAIR, INK, SECOND, para

NARROW = 160  # characters that a docket takes side by side
TALL = 200  # points from which a row may be broken over two pages
LEAST = 24  # points of it that stay on the first of them: two lines
PAD = 7
Cell: TypeAlias = str | Flowable | list[Flowable]

OWN_FACE = ("FONTNAME", (0, 0), (-1, -1), fonts.SANS)  # reportlab's own is not embedded
BASE = [
    OWN_FACE,
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), PAD),
    ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 3.2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3.8),
]
TIGHT = [
    ("TOPPADDING", (0, 0), (-1, -1), 1.5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.1),
]


class Ruled(Table):  # type: ignore[misc]  # reportlab is untyped
    """A row that is not tall moves to the next page as it is.

    A tall one is broken with the rows before it in one go: a rest that is broken by itself would
    repeat the head in the middle of the page.
    """

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        self._calc(availWidth, availHeight)
        is_tall = self._first_over(availHeight) > TALL
        self.splitByRow, self.splitInRow = not is_tall, LEAST * is_tall
        found: list[Flowable] = super().split(availWidth, availHeight)
        return found

    def _first_over(self, room: float) -> float:
        """The height of the first row that does not fit."""
        for height in self._rowHeights:
            if height > room:
                return float(height)
            room -= height
        return 0


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    shares: Sequence[float],
    *,
    numbers: Collection[int] = (),
    is_tight: bool = False,
) -> Table:
    """Rows under a head that repeats; `shares` are parts of the page's width, `numbers` columns."""
    top = [para(word, "headnumber" if at in numbers else "head") for at, word in enumerate(head)]
    body = [[_cell(cell, at in numbers) for at, cell in enumerate(row)] for row in rows]
    style = [
        *BASE,
        ("LINEBELOW", (0, 0), (-1, 0), 0.9, SECOND),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, HAIR),
        *(TIGHT if is_tight else []),
    ]
    widths = _widths(shares)
    return Ruled([top, *body], colWidths=widths, style=style, repeatRows=1, hAlign="LEFT")


def facts(rows: Sequence[tuple[str, Cell]], label: float = 0.24) -> Table:
    """A definition list: label, value, hairline."""
    body = [[para(name, "by"), _cell(value, False)] for name, value in rows]
    style = [*BASE, ("LINEBELOW", (0, 0), (-1, -1), 0.4, HAIR)]
    return Ruled(body, colWidths=_widths([label, 1 - label]), style=style, hAlign="LEFT")


def docket(cells: Sequence[tuple[str, Cell, str]], shares: Sequence[float] = ()) -> Table:
    """A few facts side by side between rules: label, value, small print."""
    values = [[*_listed(_cell(value, False)), para(small, "by")] for _, value, small in cells]
    names = [label for label, _, _ in cells]
    if any(sum(map(_length, value)) > NARROW for value in values):
        return facts(list(zip(names, values, strict=True)))
    row = [[para(name, "by"), *value] for name, value in zip(names, values, strict=True)]
    style = [
        *BASE,
        ("LINEABOVE", (0, 0), (-1, -1), 0.9, INK),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, HAIR),
        ("LINEBEFORE", (1, 0), (-1, -1), 0.5, HAIR),
        ("LEFTPADDING", (1, 0), (-1, -1), PAD),
        ("TOPPADDING", (0, 0), (-1, -1), 6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
    ]
    widths = _widths(shares or [1 / len(row)] * len(row))
    return Table([row], colWidths=widths, style=style, hAlign="LEFT")


def stamp(body: Sequence[Flowable]) -> Table:
    """A double border: only for what can be checked outside this system."""
    style = [
        OWN_FACE,
        ("BOX", (0, 0), (-1, -1), 0.9, INK, None, None, None, 2, 1.4),
        ("LEFTPADDING", (0, 0), (-1, -1), 10),
        ("RIGHTPADDING", (0, 0), (-1, -1), 10),
        ("TOPPADDING", (0, 0), (0, 0), 8),
        ("TOPPADDING", (0, 1), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -2), 1),
        ("BOTTOMPADDING", (0, -1), (-1, -1), 8),
    ]
    return Table([[item] for item in body], colWidths=[BODY], style=style, hAlign="LEFT")


def _widths(shares: Sequence[float]) -> list[float]:
    whole = sum(shares)
    return [BODY * share / whole for share in shares]


def _cell(cell: Cell, is_number: bool) -> Flowable | list[Flowable]:
    return para(cell, "number" if is_number else "text") if isinstance(cell, str) else cell


def _listed(cell: Flowable | list[Flowable]) -> list[Flowable]:
    return cell if isinstance(cell, list) else [cell]


def _length(item: Flowable) -> int:
    """Characters of a paragraph, also of one that stands beside a mark."""
    words = getattr(item, "words", item)
    return sum(len(getattr(piece, "text", "")) for piece in getattr(words, "frags", ()))
