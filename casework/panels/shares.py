"""Parts of a whole as a table with its bars: a row for each code."""

from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from casework.charts.bars import Bar, bars
from casework.charts.drawing import Drawing
from casework.panels import cells
from casework.panels.panel import Cell, Part, Row, Table
from casework.statistics.shapes import Share

Names = Mapping[str, StrOrPromise]


def part(
    title: str,
    head: tuple[str, str],
    shares: Sequence[Share],
    names: Names,
    *,
    link: Callable[[str], str],
    whole: str = "",
) -> Part:
    """`head` names the code and what is counted, `whole` what it is a part of where that differs
    from row to row; `link` leads from a code to the cases behind its number."""
    nothing = Cell(cells.NOTHING, is_quiet=True)
    rows = tuple(
        Row(
            Cell(name_of(share.code, names)),
            (
                cells.number(share.rate.numerator, link(share.code)),
                *((cells.number(share.rate.denominator),) if whole else ()),
                cells.percent(share.rate) if share.rate.is_shown else nothing,
            ),
        )
        for share in shares
    )
    columns = (*head, *((whole,) if whole else ()), _("Share"))
    return Part(Table(title, columns, rows), chart(title, shares, names))


def chart(
    title: str,
    shares: Sequence[Share],
    names: Names,
    sides: Names | None = None,
    kinds: Mapping[str, str] | None = None,
) -> Drawing | None:
    drawn = [
        Bar(
            name_of(share.code, names),
            share.rate.numerator,
            cells.number(share.rate.numerator).text,
            str((sides or {}).get(share.side, "")).lower() if share.rate.numerator else "",
            (kinds or {}).get(share.side, "fill"),
        )
        for share in shares
    ]
    has_any = any(bar.value for bar in drawn)
    if not has_any:
        return None
    return bars(title, _("The table says the same."), drawn, rest=cells.rest())


def name_of(code: str, names: Names) -> str:
    return str(names.get(code, code)) if code else _("Not said")
