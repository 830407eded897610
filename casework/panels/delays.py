"""Where the time goes: days between the steps of those that took both."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework import figures_words as words
from casework.charts.bars import Bar, bars
from casework.charts.drawing import Drawing
from casework.panels import cells, definitions
from casework.panels.cells import Links
from casework.panels.panel import Cell, Panel, Part, Row, Table
from casework.panels.shares import Names
from casework.statistics.shapes import Delays, Spread

KEY = "delays"
STAGES: Names = {
    "seizure_charge": gettext_lazy("Seizure to charge"),
    "charge_plea": gettext_lazy("Charge to plea"),
    "plea_judgment": gettext_lazy("Plea to first judgment"),
    "charge_judgment": gettext_lazy("Charge to first judgment"),
    "judgment_final": gettext_lazy("First judgment to the end of appeals"),
}


def panel(found: Delays, links: Links) -> Panel:
    unit = str(words.UNITS[found.question.unit][0])
    title = _("Where the time goes")
    head = (_("From one step to the next"), unit.capitalize(), _("Half within"), _("Nine in ten"))
    rows = tuple(_row(spread, links) for spread in found.spreads)
    note = _("Days, of those that took both steps. What is still open is in the curve.")
    return Panel(
        KEY,
        title,
        _("%(n)s %(unit)s") % {"n": cells.number(found.n).text, "unit": unit},
        parts=(Part(Table(title, head, rows, note), _chart(found, title)),),
        definitions=definitions.of(KEY),
    )


def _row(spread: Spread, links: Links) -> Row:
    name = Cell(_name(spread))
    n = cells.number(spread.n, links.to(f"delays.{spread.code}"))
    if not spread.n:
        nothing = Cell(cells.NOTHING, is_quiet=True)
        return Row(name, (n, nothing, nothing))
    return Row(name, (n, cells.days(spread.median), cells.days(spread.p90)))


def _name(spread: Spread) -> str:
    return str(STAGES.get(spread.code, spread.code))


def _chart(found: Delays, title: str) -> Drawing | None:
    drawn = [
        Bar(
            _name(spread),
            spread.median,
            cells.days(spread.median).text if spread.n else cells.NOTHING,
            "" if spread.p90 is None else _("nine in ten: %(n)s") % {"n": f"{spread.p90:,.0f}"},
            lost=0 if spread.p90 is None or spread.median is None else spread.p90 - spread.median,
        )
        for spread in found.spreads
    ]
    if not any(bar.value for bar in drawn):
        return None
    desc = _("Days. Full: half were quicker. Hatched: up to there nine in ten.")
    return bars(title, desc, drawn)
