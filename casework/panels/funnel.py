"""From seizure to a conviction that stands: how far it came, and where it was lost."""

from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework import figures_words as words
from casework.charts.bars import Bar, bars
from casework.charts.drawing import Drawing
from casework.panels import cells, definitions
from casework.panels.cells import Links
from casework.panels.panel import Cell, Panel, Part, Row, Table
from casework.statistics.shapes import Funnel, Stage, Step

KEY = "funnel"
STAGES = {
    Stage.SEIZED: gettext_lazy("Seized"),
    Stage.INQUIRY: gettext_lazy("An inquiry opened"),
    Stage.CHARGED: gettext_lazy("Somebody charged"),
    Stage.CONCLUDED: gettext_lazy("Concluded"),
    Stage.CONVICTED: gettext_lazy("Somebody convicted"),
    Stage.UPHELD: gettext_lazy("Still convicted"),
}


def panel(found: Funnel, links: Links) -> Panel:
    unit = str(words.UNITS[found.question.unit][0])
    title = _("From seizure to a verdict that stands")
    head = (_("Stage"), unit.capitalize(), _("Of all"), _("Of the step before"), _("Lost here"))
    rows = tuple(_row(step, lost, links) for step, lost in _lost(found))
    return Panel(
        KEY,
        title,
        _("%(n)s %(unit)s") % {"n": cells.number(found.n).text, "unit": unit},
        parts=(Part(Table(title, head, rows), _chart(found, title)),),
        notes=(words.of_seized(found.question),),
        definitions=definitions.of(KEY),
    )


def _lost(found: Funnel) -> list[tuple[Step, int | None]]:
    """Each step with how many of the step before did not reach it."""
    steps: list[tuple[Step, int | None]] = [(step, 0) for step in found.steps[:1]]
    for before, step in pairwise(found.steps):
        is_told = before.number is not None and step.number is not None
        steps.append((step, (before.number or 0) - (step.number or 0) if is_told else None))
    return steps


def _row(step: Step, lost: int | None, links: Links) -> Row:
    is_first = step.stage == Stage.SEIZED
    return Row(
        Cell(str(STAGES[step.stage])),
        (
            cells.number(step.number, links.to(f"funnel.{step.stage}")),
            cells.percent(step.of_all),
            Cell(cells.NOTHING, is_quiet=True) if is_first else cells.percent(step.of_previous),
            Cell(cells.NOTHING, is_quiet=True) if is_first else cells.number(lost),
        ),
    )


def _chart(found: Funnel, title: str) -> Drawing:
    drawn = [
        Bar(
            str(STAGES[step.stage]),
            step.number,
            cells.number(step.number).text,
            _("%(n)s lost") % {"n": cells.number(lost).text} if lost else "",
            "act" if step.stage == Stage.UPHELD else "fill",
            lost or 0,
        )
        for step, lost in _lost(found)
    ]
    return bars(title, _("What is hatched did not reach the step. The table says the same."), drawn)
