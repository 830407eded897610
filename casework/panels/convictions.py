"""How many were convicted, before and after appeals, and what became of the others."""

from django.utils.translation import gettext as _

from casework import figures_words as words
from casework.charts.bars import Bar, bars
from casework.cohorts import Question, State
from casework.metrics import Line, Rate
from casework.panels import cells, definitions
from casework.panels.cells import Links
from casework.panels.panel import Big, Cell, Panel, Part, Row, Table

KEY = "convictions"
KINDS = {State.CONVICTED: "act", State.PENDING: "open", State.NOT_CHARGED: "open"}


def panel(question: Question, total: Line, links: Links) -> Panel:
    unit = str(words.UNITS[question.unit][0])
    return Panel(
        KEY,
        _("How many were convicted"),
        _("%(n)s %(unit)s") % {"n": cells.number(total.size).text, "unit": unit},
        bigs=_bigs(total, unit, links),
        bigs_head=head(),
        parts=_states(total, unit, links),
        definitions=definitions.of(KEY),
    )


def head() -> tuple[str, ...]:
    return (_("Figure"), _("Convicted"), _("Of"), _("Share"), _("Note"))


def _bigs(total: Line, unit: str, links: Links) -> tuple[Big, ...]:
    return (
        big(_("After appeals"), total.after_appeals, unit,
            links.to("rates.convicted"), links.to("rates.all"), *_interval(total.after_appeals)),
        big(_("At first instance"), total.first_instance, unit,
            links.to("rates.first"), links.to("rates.all"), *_overturned(total)),
        big(_("Withdrawals left out"), total.without_withdrawn, unit,
            links.to("rates.convicted"), links.to("rates.kept"), *_withdrawn(total, links)),
    )  # fmt: skip


def big(name: str, rate: Rate, unit: str, part: str, whole: str, *small: Cell) -> Big:
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
