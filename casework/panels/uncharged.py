"""Seizures for which nobody was ever charged."""

from django.utils.translation import gettext as _

from casework import figures_words as words
from casework.metrics import Rate
from casework.models import Case
from casework.panels import cells, definitions, shares
from casework.panels.cells import Links
from casework.panels.panel import Big, Panel
from casework.panels.shares import Names
from casework.statistics.shapes import Uncharged

KEY = "uncharged"
TIERS: Names = dict(Case.Tier.choices)


def panel(found: Uncharged, links: Links) -> Panel:
    parts = (
        shares.part(
            _("Nobody charged, by tier"), (_("Tier"), _("Nobody charged")), found.by_tier, TIERS,
            link=lambda key: links.to("seized.not_charged", "tier", key), whole=_("Of"),
        ),
        shares.part(
            _("Nobody charged, by year"), (_("Year"), _("Nobody charged")), found.by_year, {},
            link=lambda key: links.to("seized.not_charged", "year", key), whole=_("Of"),
        ),
    )  # fmt: skip
    return Panel(
        KEY,
        _("Seizures with nobody charged"),
        _("%(n)s seizures") % {"n": cells.number(found.n).text},
        bigs=(_rate(found.rate, links),),
        bigs_head=(_("Figure"), _("Nobody charged"), _("Of"), _("Share"), _("Note")),
        parts=() if found.is_hidden else parts,
        notes=(words.of_seized(found.question),),
        definitions=definitions.of(KEY),
    )


def _rate(rate: Rate, links: Links) -> Big:
    name, unit = _("Nobody charged"), _("seizures")
    if not rate.is_shown:
        return Big(name, cells.NOTHING, why=cells.why_hidden(rate, unit))
    part = cells.number(rate.numerator, links.to("seized.not_charged"))
    whole = cells.number(rate.denominator, links.to("seized.all"))
    return Big(name, cells.hundredths(rate.percent), part, whole, unit)
