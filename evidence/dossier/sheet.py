"""A paper to be signed by hand: its words, tables, and places for signatures. Pure.

The same sheet gives the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from reportlab.platypus import Flowable, KeepTogether, NextPageTemplate, Table

from evidence.dossier import single
from evidence.dossier.paper import BODY, INK, Running, bold, gap, marked, para, section
from evidence.dossier.tables import OWN_FACE, Cell, facts, stamp, table

ROOM = 34  # points above the line for a signature


@dataclass(frozen=True)
class Grid:
    """A table of a sheet; columns named in `wide` get twice the room, in `narrow` less.

    Less is two fifths, or three where a heading stands above: no heading is broken.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: tuple[int, ...] = ()
    narrow: tuple[int, ...] = ()

    @property
    def shares(self) -> list[float]:
        """Of the page's width, for each column."""
        return [
            2.0 if at in self.wide else 1.0 if at not in self.narrow else 0.6 if said else 0.4
            for at, said in enumerate(self.head)
        ]


@dataclass(frozen=True)
class Signature:
    """A place to sign: for whom, and the blanks below the line."""

    who: str
    blanks: str = "Name, position, signature, date"


@dataclass(frozen=True)
class Sheet:
    reference: str
    number: str  # what the paper is called at the head of each page
    agency: str
    title: str
    under: str = ""  # the statute, or the addressee
    standing: str = ""  # such as "Draft: no certificate until it is signed."
    facts: tuple[tuple[str, str], ...] = ()
    paragraphs: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()
    closing: str = ""  # stays on one page with the signatures
    signatures: tuple[Signature, ...] = ()
    foot: str = ""


def write(sheet: Sheet, out: BinaryIO) -> int:
    """Lay the sheet out; the number of its pages. The faces must have been registered."""
    running = Running(
        left=sheet.reference, right=sheet.number, foot=sheet.foot,
        title=f"{sheet.reference}: {sheet.title}", author=sheet.agency,
    )  # fmt: skip
    return single.write(_story(sheet), running, out)


def _story(sheet: Sheet) -> list[Flowable]:
    made: list[Flowable] = [
        NextPageTemplate("page"),
        para(f"{sheet.agency}, case {sheet.reference}, {sheet.number}", "lede"),
        para(sheet.title, "title"),
    ]
    made += [para(sheet.under, "court")] if sheet.under else []
    made += [gap(6), stamp([para(sheet.standing, "section")])] if sheet.standing else []
    made.append(gap(8))
    if sheet.facts:
        rows: list[tuple[str, Cell]] = [(name, value) for name, value in sheet.facts]
        made += [facts(rows), gap(10)]
    for number, text in enumerate(sheet.paragraphs, 1):
        made.append(para(f"{number}.  {text}", "record"))
    for grid in sheet.grids:
        made += [*section(grid.title), _grid(grid), gap(8)]
    closing: list[Flowable] = [para(sheet.closing, "record")] if sheet.closing else []
    return [*made, KeepTogether([*closing, *_signatures(sheet.signatures)])]


def _grid(grid: Grid) -> Flowable:
    return table(grid.head, grid.rows, grid.shares)


def _signatures(places: Sequence[Signature]) -> list[Flowable]:
    made: list[Flowable] = []
    for at in range(0, len(places), 2):
        pair = places[at : at + 2]
        cells: list[Cell] = []
        for place in pair:
            cells += [[marked(bold(place.who)), para(place.blanks, "by")], ""]
        cells = cells[:-1] if len(pair) == 2 else [*cells, ""]
        style = [
            OWN_FACE,
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            *(("LINEABOVE", (2 * n, 0), (2 * n, 0), 0.8, INK) for n in range(len(pair))),
        ]
        width = (BODY - 40) / 2
        signed = Table([cells], colWidths=[width, 40, width], style=style, hAlign="LEFT")
        made += [gap(ROOM), signed]
    return made
