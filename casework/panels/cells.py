"""Numbers as cells: thousands, percent, days; what is too small to be told says so in words."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from casework import display
from casework.metrics import FEWEST, Rate
from casework.panels.panel import Cell

NOTHING = display.NOTHING
PERCENT = f"{display.NO_BREAK}%"


@dataclass(frozen=True)
class Links:
    """Where a number leads: the cases behind it. `query` is the question as an address has it."""

    query: str

    def to(self, figure: str, by: str = "", key: str = "") -> str:
        """`figure` as statistics/behind.py names it; `by` and `key` narrow it to a group."""
        more = QueryDict(mutable=True)
        more["figure"] = figure
        if by:
            more.update({"by": by, "key": key})
        query = "&".join(part for part in (self.query, more.urlencode()) if part)
        return f"{reverse('casework:figures-cases')}?{query}"


def too_few() -> Cell:
    return Cell(_("too few to tell"), is_quiet=True)


def number(value: float | None, url: str = "") -> Cell:
    """A count; None is one that would say too much."""
    if value is None:
        return too_few()
    return Cell(display.thousands(value), value, url if value else "")


def rest() -> str:
    """What stands under a chart that does not draw every row of its table."""
    return _("More rows are in the table.")


def hundredths(number: float | None) -> str:
    """A percentage as it is read."""
    return f"{number}{PERCENT}"


def percent(rate: Rate) -> Cell:
    if rate.share is None:
        return Cell(NOTHING, is_quiet=True) if rate.denominator == 0 else too_few()
    return Cell(hundredths(rate.percent), round(rate.share, 4))


def interval(rate: Rate) -> Cell:
    if rate.interval is None:
        return Cell(NOTHING, is_quiet=True)
    low, high = rate.interval
    return Cell(_("%(low)s to %(high)s") % {"low": low, "high": hundredths(high)})


def days(value: float | None) -> Cell:
    """A number of days that was measured, such as a median."""
    return too_few() if value is None else Cell(display.thousands(round(value)), round(value))


def why_hidden(rate: Rate, unit: str) -> str:
    """Why a rate is not shown."""
    if rate.denominator == 0:
        return _("No %(unit)s to count") % {"unit": unit}
    if rate.denominator is None or rate.denominator >= FEWEST:
        return _("not shown: it would give a group of fewer than five away")
    return _("too few to tell: %(n)s %(unit)s") % {"n": rate.denominator, "unit": unit}
