"""The rates side by side: by tier, year, agency, court, species or port."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework import figures_words as words
from casework.charts.bars import Span, spans
from casework.charts.drawing import Drawing
from casework.cohorts import Dimension, State
from casework.metrics import Line
from casework.panels import cells, definitions
from casework.panels.cells import Links
from casework.panels.panel import Cell, Panel, Part, Row, Table
from casework.statistics.shapes import Breakdown

TITLES = {
    Dimension.TIER: gettext_lazy("By tier"),
    Dimension.YEAR: gettext_lazy("By year"),
    Dimension.AGENCY: gettext_lazy("By agency"),
    Dimension.COURT: gettext_lazy("By court"),
    Dimension.SPECIES: gettext_lazy("By species"),
    Dimension.PORT: gettext_lazy("By port"),
}


def key_of(by: Dimension) -> str:
    return f"by_{by.value}"


def panel(found: Breakdown, names: Mapping[str, str], links: Links) -> Panel:
    """`names` are the words of the keys of the groups."""
    key, title = key_of(found.by), str(TITLES[found.by])
    unit = str(words.UNITS[found.question.unit][1])
    head = (
        title, unit, _("Convicted"), _("Share"), _("95 % interval"), _("At first instance"),
        _("Withdrawn"),
    )  # fmt: skip
    lines = _ordered(found)
    rows = tuple(_row(line, _name(line, names), found.by, links) for line in lines)
    table = Table(title, head, rows, is_wide=True)
    return Panel(
        key,
        title,
        _("Fewer than five: no rate is shown."),
        parts=(Part(table, _chart(lines, names, title)),) if rows else (),
        definitions=definitions.of("breakdown"),
    )


def _ordered(found: Breakdown) -> list[Line]:
    """Tiers and years in their own order, places by how many they have."""
    if found.by in (Dimension.TIER, Dimension.YEAR):
        return list(found.lines)
    return sorted(found.lines, key=lambda line: -line.size)


def _name(line: Line, names: Mapping[str, str]) -> str:
    return names.get(line.key, line.key) if line.key else _("Not said")


def _row(line: Line, name: str, by: Dimension, links: Links) -> Row:
    def link(figure: str) -> str:
        return links.to(f"rates.{figure}", by, line.key)

    size = cells.number(line.size, link("all"))
    if line.is_hidden or not line.size:
        hidden = _hidden(line)
        nothing = Cell(cells.NOTHING, is_quiet=True)
        return Row(Cell(name), (size, hidden, *[nothing] * 4))
    after, first = line.after_appeals, line.first_instance
    return Row(
        Cell(name),
        (
            size,
            cells.number(after.numerator, link(State.CONVICTED)),
            cells.percent(after),
            cells.interval(after),
            cells.number(first.numerator, link("first")),
            cells.number(line.withdrawn, link(State.WITHDRAWN)),
        ),
    )


def _hidden(line: Line) -> Cell:
    if not line.size:
        return Cell(cells.NOTHING, is_quiet=True)
    return cells.too_few() if line.is_too_few else Cell(_("not shown"), is_quiet=True)


def _chart(lines: Sequence[Line], names: Mapping[str, str], title: str) -> Drawing | None:
    drawn = []
    for line in lines:
        rate = line.after_appeals
        if line.is_hidden or not line.size or rate.share is None or rate.interval is None:
            drawn.append(Span(_name(line, names), None, None, None, _hidden(line).text))
            continue
        low, high = rate.interval
        said = cells.hundredths(rate.percent)
        drawn.append(Span(_name(line, names), low, rate.share * 100, high, said))
    if all(span.middle is None for span in drawn):
        return None
    desc = _("Convicted after appeals; the line is the 95 % interval. The table says the same.")
    return spans(title, desc, drawn, highest=100, unit=cells.PERCENT, rest=cells.rest())
