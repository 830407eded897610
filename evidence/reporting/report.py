"""The figures as a paper: the question in a sentence, panels with charts and tables, definitions.

Pure. The same panels give the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from reportlab.platypus import Flowable, KeepTogether, NextPageTemplate

from casework.panels.panel import Big, Cell, Panel, Part, Row, definitions
from evidence.dossier import single, tables
from evidence.dossier.paper import (
    BOTTOM,
    HEIGHT,
    TOP,
    Running,
    bold,
    gap,
    heading,
    marked,
    para,
    section,
)
from evidence.reporting.chart import Chart

LEAST = 120  # points that follow a heading on its page
WIDE = 7  # columns from which a table is set tighter


@dataclass(frozen=True)
class Report:
    title: str
    question: str
    asked: tuple[tuple[str, str], ...]  # the question part by part, both dates among them
    panels: tuple[Panel, ...]
    agency: str
    made: str  # by whom and when
    definitions_title: str


def write(report: Report, out: BinaryIO) -> int:
    """Lay the report out; the number of its pages. The faces must have been registered."""
    running = Running(
        left=report.question, right="", foot=report.made, title=report.title, author=report.agency
    )
    return single.write(_story(report), running, out)


def _story(report: Report) -> list[Flowable]:
    made: list[Flowable] = [
        NextPageTemplate("page"),
        para(report.agency, "lede"),
        para(report.title, "title"),
        para(f"{report.question}.", "record"),
        gap(4),
        tables.facts(list(report.asked)),
        gap(10),
    ]
    for panel in report.panels:
        made += _panel(panel)
    made += [*heading(report.definitions_title, "chapter", "definitions", 0)]
    made.append(tables.facts(list(definitions(report.panels))))
    return made


def _panel(panel: Panel) -> list[Flowable]:
    made = heading(panel.title, "chapter", f"panel.{panel.key}", 0, room=_room(panel))
    made += [para(panel.by, "lede")] if panel.by else []
    made += [_bigs(panel.bigs), gap(8)] if panel.bigs else []
    for part in panel.parts:
        made += _part(part, panel.title)
    made += [para(note, "lede") for note in panel.notes]
    return [*made, gap(10)]


def _room(panel: Panel) -> float:
    """What must follow a heading on its page: its first chart, or some rows."""
    chart = panel.parts[0].chart if panel.parts else None
    room = LEAST if chart is None else Chart(chart).height + LEAST / 2
    wanted = room + (LEAST / 2 if panel.bigs else 0)
    return float(min(wanted, HEIGHT - TOP - BOTTOM - LEAST))


def _bigs(bigs: Sequence[Big]) -> Flowable:
    cells: list[tuple[str, tables.Cell, str]] = []
    for big in bigs:
        said: list[Flowable] = [para(big.text, "chapter"), marked(_fraction(big))]
        cells.append((big.name, said, "; ".join(cell.text for cell in big.small)))
    return tables.docket(cells)


def _fraction(big: Big) -> str:
    if big.part is None or big.whole is None:
        return bold(big.why)
    return bold(f"{big.part.text} / {big.whole.text} {big.unit}")


def _part(part: Part, above: str) -> list[Flowable]:
    """Its name where the heading does not say it yet, chart and table."""
    found, columns = part.table, len(part.table.head)
    named = section(found.title, room=60) if found.title != above else [gap(2)]
    chart = [KeepTogether([Chart(part.chart)]), gap(4)] if part.chart else []
    laid = tables.table(
        found.head,
        [_row(row) for row in found.rows],
        _shares(columns),
        numbers=range(1, columns),
        is_tight=columns >= WIDE,
    )
    note = [gap(3), para(found.note, "by")] if found.note else []
    return [*named, *chart, laid, *note, gap(8)]


def _shares(columns: int) -> list[float]:
    """The name of a row takes most; of many columns the third holds the words for too few."""
    if columns < WIDE:
        return [2.2, *[1.0] * (columns - 1)]
    return [1.6, 0.8, 1.3, *[1.0] * (columns - 3)]


def _row(row: Row) -> list[tables.Cell]:
    return [row.name.text, *(_text(cell) for cell in row.cells)]


def _text(cell: Cell) -> str:
    return cell.text
