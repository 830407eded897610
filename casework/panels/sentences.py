"""Sentences on the convictions that stand: kinds, lengths, fines imposed, paid and defaulted."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework import display
from casework.panels import cells, definitions, shares
from casework.panels.cells import Links
from casework.panels.panel import Big, Cell, Panel, Part, Row, Table
from casework.panels.shares import Names
from casework.statistics.shapes import Money, Sentences, Spread

KEY = "sentences"
KINDS: Names = {
    "prison": gettext_lazy("Imprisonment"),
    "fine": gettext_lazy("Fine"),
    "prison_and_fine": gettext_lazy("Imprisonment and a fine"),
    "life": gettext_lazy("Imprisonment for life"),
    "other": gettext_lazy("Other order"),
    "none": gettext_lazy("No sentence recorded"),
}
TERMS: Names = {
    "under_1": gettext_lazy("Under a year"),
    "1_to_5": gettext_lazy("1 to under 5 years"),
    "5_to_10": gettext_lazy("5 to under 10 years"),
    "over_10": gettext_lazy("10 years and more"),
    "life": gettext_lazy("For life"),
}


def panel(found: Sentences, links: Links) -> Panel:
    parts = (
        shares.part(
            _("Kinds of sentence"), (_("Sentence"), _("Convictions")), found.kinds, KINDS,
            link=lambda code: links.to(f"sentences.{code}"),
        ),
        shares.part(
            _("Length of imprisonment"), (_("Term"), _("Sentences")), found.terms, TERMS,
            link=lambda code: links.to(f"sentences.term:{code}"),
        ),
        _fines(found, links),
    )  # fmt: skip
    return Panel(
        KEY,
        _("What the sentences were"),
        _("%(n)s convictions that stand") % {"n": cells.number(found.n).text},
        bigs=(_term(found.term),),
        bigs_head=(_("Figure"), _("Number"), _("Of"), _("Share"), _("Note")),
        parts=() if found.is_hidden else parts,
        definitions=definitions.of(KEY),
    )


def _term(spread: Spread) -> Big:
    name = _("Half of the prison terms last at least")
    if spread.median is None or spread.p90 is None:
        return Big(name, cells.NOTHING, why=cells.too_few().text)
    longest = _("one in ten lasts %(n)s days or more; life terms are not among them")
    return Big(
        name,
        _("%(n)s days") % {"n": display.thousands(round(spread.median))},
        small=(Cell(longest % {"n": display.thousands(round(spread.p90))}),),
    )


def _fines(found: Sentences, links: Links) -> Part:
    head = (
        _("Currency"), _("Fines"), _("Imposed"), _("Wholly paid"), _("Paid"),
        _("Term in default begun"), _("Neither"),
    )  # fmt: skip
    rows = tuple(_money(money, links) for money in found.fines)
    note = _("Amounts in whole units of the currency. Fines of different currencies are not added.")
    return Part(Table(_("Fines imposed, paid and defaulted"), head, rows, note, is_wide=True))


def _money(money: Money, links: Links) -> Row:
    def link(figure: str) -> str:
        return links.to(f"sentences.fine:{figure}:{money.currency}")

    return Row(
        Cell(money.currency),
        (
            cells.number(money.imposed, link("imposed")),
            cells.number(money.imposed_amount),
            cells.number(money.paid, link("paid")),
            cells.number(money.paid_amount),
            cells.number(money.defaulted, link("defaulted")),
            cells.number(money.unpaid, link("unpaid")),
        ),
    )
