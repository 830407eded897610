"""Why hearings were adjourned, and on whose side."""

from django.utils.translation import gettext as _

from casework.hearings import SIDES
from casework.models import Hearing
from casework.panels import cells, definitions, shares
from casework.panels.cells import Links
from casework.panels.panel import Big, Cell, Panel, Part, Row, Table
from casework.panels.shares import Names
from casework.statistics.shapes import Adjournments, Share

KEY = "adjournments"
KINDS = {
    "prosecution": "fill",
    "defence": "defence",
    "court": "court",
    "witness": "lost",
    "exhibit": "act",
    "external": "open",
}
STATES: Names = dict(Hearing.State.choices)


def panel(found: Adjournments, causes: Names, links: Links) -> Panel:
    """`causes` are the words of the codes."""
    title = _("Why hearings were adjourned, and on whose side")
    parts = (
        _by_cause(found, causes, links),
        shares.part(
            _("By side"), (_("Side"), _("Adjourned")), found.by_side, SIDES,
            link=lambda code: links.to(f"adjournments.side:{code}"),
        ),
        shares.part(
            _("What became of the hearings listed"), (_("Hearing"), _("Number")), found.states,
            STATES, link=lambda code: links.to(f"adjournments.{code}"),
        ),
    )  # fmt: skip
    return Panel(
        KEY,
        title,
        _("%(n)s hearings") % {"n": cells.number(found.n).text},
        bigs=(_adjourned(found, links),),
        bigs_head=(_("Figure"), _("Number"), _("Of"), _("Share"), _("Note")),
        parts=() if found.is_hidden else parts,
        definitions=definitions.of(KEY),
    )


def _adjourned(found: Adjournments, links: Links) -> Big:
    rate, name = found.adjourned, _("Adjourned")
    if not rate.is_shown:
        return Big(name, cells.NOTHING, why=cells.why_hidden(rate, _("hearings")))
    return Big(
        name,
        cells.hundredths(rate.percent),
        cells.number(rate.numerator, links.to("adjournments.adjourned")),
        cells.number(rate.denominator, links.to("adjournments.sat")),
        _("hearings"),
        small=(Cell(_("of the hearings held or adjourned")),),
    )


def _by_cause(found: Adjournments, causes: Names, links: Links) -> Part:
    title = _("By cause")
    head = (_("Cause"), _("Side"), _("Adjourned"), _("Share"))
    rows = tuple(_row(share, causes, links) for share in found.by_cause)
    return Part(Table(title, head, rows), shares.chart(title, found.by_cause, causes, SIDES, KINDS))


def _row(share: Share, causes: Names, links: Links) -> Row:
    url = links.to(f"adjournments.cause:{share.code}:{share.side}")
    return Row(
        Cell(shares.name_of(share.code, causes)),
        (
            Cell(str(SIDES.get(share.side, ""))),
            cells.number(share.rate.numerator, url),
            cells.percent(share.rate),
        ),
    )
