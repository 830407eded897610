"""How long until a case is concluded: the curve, its band, and the same year by year."""

from django.utils.translation import gettext as _

from casework import figures_words as words
from casework.charts import curve as drawing
from casework.charts.drawing import Drawing
from casework.panels import cells, definitions
from casework.panels.cells import Links
from casework.panels.panel import Big, Cell, Panel, Part, Row, Table
from casework.statistics.shapes import Curve, CurveStep

KEY = "time"
YEAR = 365.25  # days
MOST_YEARS = 12  # rows of the table


def panel(found: Curve, links: Links) -> Panel:
    title = _("How long until it is concluded")
    return Panel(
        KEY,
        title,
        _counted(found),
        bigs=(_median(found, links),),
        bigs_head=(_("Figure"), _("Concluded"), _("Of"), _("Share"), _("Note")),
        parts=() if found.is_hidden or not found.steps else (_part(found, title),),
        notes=(_("What is still open counts for as long as it has been watched. Band: 95 %."),),
        definitions=definitions.of(KEY),
    )


def _counted(found: Curve) -> str:
    unit = str(words.UNITS[found.question.unit][0])
    said = {"n": cells.number(found.n).text, "unit": unit}
    if found.censored is None:
        return _("%(n)s %(unit)s charged") % said
    return _("%(n)s %(unit)s charged, %(open)s still open") % {
        **said, "open": cells.number(found.censored).text
    }  # fmt: skip


def _median(found: Curve, links: Links) -> Big:
    unit = str(words.UNITS[found.question.unit][0])
    name = _("Half are concluded within")
    if found.is_hidden:
        return Big(name, cells.NOTHING, why=cells.too_few().text)
    text = cells.NOTHING if found.median is None else _days(found.median)
    return Big(
        name,
        text,
        cells.number(found.concluded, links.to("curve.concluded")),
        cells.number(found.n, links.to("curve.all")),
        _("%(unit)s concluded") % {"unit": unit},
        small=(Cell(_band(found)),),
    )


def _band(found: Curve) -> str:
    if found.median is None:
        return _("more than half are still open")
    low, high = found.median_lower, found.median_upper
    if low is None:
        return ""
    if high is None:
        return _("95 %% band from day %(low)s; its end is not reached yet") % {"low": f"{low:,}"}
    return _("95 %% band day %(low)s to day %(high)s") % {"low": f"{low:,}", "high": f"{high:,}"}


def _days(number: int) -> str:
    return _("%(n)s days") % {"n": f"{number:,}"}


def _part(found: Curve, title: str) -> Part:
    head = (_("Years since the filing"), _("Still open"), _("95 % band"), _("Watched"))
    end = found.steps[-1].day if found.steps else 0
    years = range(min(int(end / YEAR), MOST_YEARS) + 1)
    rows = tuple(_row(found, year) for year in years)
    return Part(Table(title, head, rows), _chart(found, title))


def _row(found: Curve, year: int) -> Row:
    """The curve as it stands after so many years."""
    step = _at(found, year * YEAR)
    later = next((one for one in found.steps if one.day >= year * YEAR), found.steps[-1])
    watched = found.n if not year else later.at_risk
    band = _("%(low)s to %(high)s %%") % {"low": _hundred(step.lower), "high": _hundred(step.upper)}
    return Row(
        Cell(str(year), year),
        (
            Cell(cells.hundredths(_hundred(step.share)), round(step.share, 4)),
            Cell(band),
            cells.number(watched),
        ),
    )


def _at(found: Curve, day: float) -> CurveStep:
    return max((step for step in found.steps if step.day <= day), key=lambda step: step.day)


def _hundred(share: float) -> int:
    return int(share * 100 + 0.5)


def _chart(found: Curve, title: str) -> Drawing:
    steps = [drawing.Step(s.day / YEAR, s.share, s.lower, s.upper) for s in found.steps]
    half = "" if found.median is None else _("Half by day %(n)s") % {"n": f"{found.median:,}"}
    shape = drawing.Curve(
        steps,
        found.steps[-1].day / YEAR,
        [step.day / YEAR for step in found.steps if step.censored],
        None if found.median is None else found.median / YEAR,
        half,
        _("years since the filing"),
    )
    return drawing.draw(title, _("Share still open; ticks: some left open. %s") % half, shape)
