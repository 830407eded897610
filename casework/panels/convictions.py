"""How many were convicted, before and after appeals, and what became of the others."""

from django.utils.translation import gettext as _

from casework import figures_words as words
from casework.charts.bars import Bar, bars
from casework.cohorts import State, Unit
from casework.metrics import Figures, Line, Rate
from casework.panels import cells, definitions
from casework.panels.cells import Links
from casework.panels.panel import Big, Cell, Panel, Part, Row, Table

KEY = "convictions"
KINDS = {State.CONVICTED: "act", State.PENDING: "open", State.NOT_CHARGED: "open"}


def panel(found: Figures, links: Links) -> Panel:
    unit = str(words.UNITS[found.question.unit][0])
    return Panel(
        KEY,
        _("How many were convicted"),
        _("%(n)s %(unit)s") % {"n": cells.number(found.total.size).text, "unit": unit},
        bigs=_bigs(found, unit, links),
        bigs_head=(_("Figure"), _("Convicted"), _("Of"), _("Share"), _("Note")),
        parts=_states(found.total, unit, links),
        definitions=definitions.of(KEY),
    )


def _bigs(found: Figures, unit: str, links: Links) -> tuple[Big, ...]:
    total = found.total
    seized = str(words.UNITS[Unit.SEIZURES][0])
    return (
        _big(_("After appeals"), total.after_appeals, unit,
             links.to("rates.convicted"), links.to("rates.all"), *_interval(total.after_appeals)),
        _big(_("At first instance"), total.first_instance, unit,
             links.to("rates.first"), links.to("rates.all"), *_overturned(total)),
        _big(_("Withdrawals left out"), total.without_withdrawn, unit,
             links.to("rates.convicted"), links.to("rates.kept"), *_withdrawn(total, links)),
        _big(_("Of everything seized"), found.of_everything_seized, seized,
             links.to("seized.convicted"), links.to("seized.all"),
             Cell(_("seizures with a conviction that stands; nobody charged counts as well"))),
    )  # fmt: skip


def _big(name: str, rate: Rate, unit: str, part: str, whole: str, *small: Cell) -> Big:
    if not rate.is_shown:
        return Big(name, cells.NOTHING, unit=unit, why=cells.why_hidden(rate, unit))
    return Big(
        name,
        cells.hundredths(rate.percent),
        cells.number(rate.numerator, part),
        cells.number(rate.denominator, whole),
        unit,
        small=small,
    )


def _interval(rate: Rate) -> tuple[Cell, ...]:
    if rate.interval is None:
        return ()
    low, high = rate.interval
    return (Cell(_("95 %% interval %(low)s to %(high)s") % {"low": low, "high": high}),)


def _overturned(total: Line) -> tuple[Cell, ...]:
    first, now = total.first_instance.numerator, total.after_appeals.numerator
    if first is None or now is None or first == now:
        return ()
    said = _("%(n)s more convicted since") if now > first else _("%(n)s overturned since")
    return (Cell(said % {"n": abs(first - now)}),)


def _withdrawn(total: Line, links: Links) -> tuple[Cell, ...]:
    if total.withdrawn is None:
        return ()
    said = _("after appeals; %(n)s withdrawn") % {"n": total.withdrawn}
    return (Cell(said, total.withdrawn, links.to("rates.withdrawn") if total.withdrawn else ""),)


def _states(total: Line, unit: str, links: Links) -> tuple[Part, ...]:
    if not total.states:
        return ()
    rows, drawn = [], []
    for state, n in total.states.items():
        rate = Rate(n, total.size)
        name = str(words.STATES[state])
        rows.append(
            Row(Cell(name), (cells.number(n, links.to(f"rates.{state}")), cells.percent(rate)))
        )
        drawn.append(Bar(name, n, cells.number(n).text, kind=KINDS.get(state, "fill")))
    title = _("What became of them, after appeals")
    table = Table(title, (_("Outcome"), unit.capitalize(), _("Share")), tuple(rows))
    return (Part(table, bars(title, _("The table beside it says the same."), drawn)),)
