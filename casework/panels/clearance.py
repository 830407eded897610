"""What came in and what was finished in each year."""

from django.utils.translation import gettext as _

from casework import figures_words as words
from casework.charts.bars import Bar, bars
from casework.charts.drawing import Drawing
from casework.panels import cells, definitions
from casework.panels.cells import Links
from casework.panels.panel import Cell, Panel, Part, Row, Table
from casework.statistics.shapes import Clearance, Year

KEY = "clearance"


def panel(found: Clearance, links: Links) -> Panel:
    unit = str(words.UNITS[found.question.unit][0])
    title = _("Do the courts keep up")
    head = (_("Year"), _("Filed"), _("Concluded"), _("Concluded of filed"), _("Open at its end"))
    years = (*found.years, found.total) if found.years else ()
    rows = tuple(_row(year, links) for year in years)
    table = Table(title, head, rows, _("Over 100 %: more was finished than came in."))
    return Panel(
        KEY,
        title,
        _("%(n)s %(unit)s") % {"n": cells.number(found.n).text, "unit": unit},
        parts=(Part(table, _chart(found, title)),) if rows else (),
        definitions=definitions.of(KEY),
    )


def _row(year: Year, links: Links) -> Row:
    name = str(year.year) if year.year else _("Together")

    def link(figure: str) -> str:
        by, key = ("year", str(year.year)) if year.year else ("", "")
        return links.to(f"clearance.{figure}", by, key)

    return Row(
        Cell(name, year.year or None),
        (
            cells.number(year.filed, link("filed")),
            cells.number(year.concluded, link("concluded")),
            _clearance(year),
            cells.number(year.open_at_end),
        ),
    )


def _clearance(year: Year) -> Cell:
    if year.clearance is None:
        is_small = year.filed is None or year.concluded is None
        return cells.too_few() if is_small else Cell(cells.NOTHING, is_quiet=True)
    return Cell(cells.hundredths(int(year.clearance * 100 + 0.5)), round(year.clearance, 4))


def _chart(found: Clearance, title: str) -> Drawing | None:
    drawn = [
        Bar(
            str(year.year),
            None if year.clearance is None else year.clearance * 100,
            _clearance(year).text,
        )
        for year in found.years
    ]
    if not any(bar.value for bar in drawn):
        return None
    return bars(
        title,
        _("Concluded for each hundred filed. The table says the same."),
        drawn,
        rest=cells.rest(),
    )
