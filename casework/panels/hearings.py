"""How many hearings a case took."""

from django.utils.translation import gettext as _

from casework.panels import cells
from casework.panels.cells import Links
from casework.panels.panel import Big, Cell, Panel
from casework.statistics.shapes import Hearings

KEY = "hearings"


def panel(found: Hearings, _links: Links) -> Panel:
    return Panel(
        KEY,
        _("Hearings in a case"),
        _("%(n)s cases with a charge") % {"n": cells.number(found.n).text},
        bigs=(_per_case(found),),
        bigs_head=(_("Figure"), _("Number"), _("Of"), _("Share"), _("Note")),
    )


def _per_case(hearings: Hearings) -> Big:
    spread, name = hearings.per_case, _("Hearings held or adjourned")
    if spread.median is None or spread.p90 is None:
        return Big(name, cells.NOTHING, why=cells.too_few().text)
    said = _("in half of the cases no more; in nine of ten at most %(n)s") % {
        "n": f"{spread.p90:,.0f}"
    }
    return Big(name, f"{spread.median:,.0f}", small=(Cell(said),))
