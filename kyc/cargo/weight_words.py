"""The weights of a consignment in one table and one sentence."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from casework import display
from kyc.cargo import weights
from kyc.cargo.weights import Comparison, Said
from kyc.models import Consignment

WORDS: dict[str, StrOrPromise] = {
    "declared": gettext_lazy("Declared"),
    "bill": gettext_lazy("On the bill of lading, last version"),
    "entry": gettext_lazy("On the customs entry, last version"),
    "vgm": gettext_lazy("Verified gross mass, by the shipper"),
    "scan": gettext_lazy("Reckoned from the scan"),
    "weighbridge": gettext_lazy("Weighbridge"),
}


@dataclass(frozen=True)
class Line:
    word: StrOrPromise
    mark: str
    mg: int
    goods_mg: int
    difference: str  # "+1,750 kg", or "" for the one all are held against
    percent: str
    is_far: bool
    is_reference: bool


@dataclass(frozen=True)
class Table:
    lines: list[Line]
    sentence: str
    mark: str
    tare: str
    has_box: bool


def of(consignment: Consignment) -> Table:
    """No query of its own: bills, entries and containers are read with the consignment."""
    tare = tare_of(consignment)
    found = weights.compare(said_of(consignment), tare)
    lines = [
        Line(
            WORDS[row.kind],
            "full" if row.kind in weights.INDEPENDENT else "half",
            row.mg,
            row.goods_mg,
            "" if row.difference_mg is None else signed(row.difference_mg),
            "" if row.thousandths is None else percent(row.thousandths),
            row.is_far,
            row.kind == found.reference,
        )
        for row in found.rows
    ]
    has_box = any(row.kind in weights.WITH_BOX for row in found.rows)
    mark = "" if not found.reference else "cross" if found.farthest else "full"
    return Table(lines, _sentence(found), mark, display.weight(tare) if tare else "", has_box)


def said_of(consignment: Consignment) -> list[Said]:
    """What each side said, in the order of the journey; what nobody said is left out."""
    bills, entries = list(consignment.bills.all()), list(consignment.entries.all())
    told: list[tuple[weights.Kind, int | None]] = [
        ("declared", consignment.declared_weight_mg),
        ("bill", bills[-1].gross_weight_mg if bills else None),
        ("entry", entries[-1].gross_weight_mg if entries else None),
        ("vgm", consignment.vgm_mg),
        ("weighbridge", consignment.weighbridge_mg),
        ("scan", consignment.scan_mg),
    ]
    return [Said(kind, mg) for kind, mg in told if mg is not None]


def tare_of(consignment: Consignment) -> int | None:
    """The empty boxes together, where every one of them is known."""
    known = [box.tare_mg for box in consignment.containers.all()]
    return sum(mg for mg in known if mg) if known and all(known) else None


def _sentence(found: Comparison) -> str:
    if not found.reference:
        return _("One weight alone proves nothing: record another one to hold it against.")
    against = str(WORDS[found.reference]).lower()
    row = found.farthest
    if row is None:
        n = len(found.rows)
        said = ngettext(
            "%(n)d weight agrees with “%(reference)s” within 5 %%.",
            "%(n)d weights agree with “%(reference)s” within 5 %%.",
            n - 1,
        )
        return said % {"n": n - 1, "reference": against}
    said = _("“%(word)s” is %(weight)s %(more)s than “%(reference)s” says.")
    return said % {
        "word": WORDS[row.kind],
        "weight": display.weight(abs(row.difference_mg or 0)),
        "more": _("heavier") if (row.difference_mg or 0) > 0 else _("lighter"),
        "reference": against,
    }


def signed(mg: int) -> str:
    if not mg:
        return display.weight(0)
    sign = "+" if mg > 0 else "\N{MINUS SIGN}"
    return f"{sign}{display.weight(abs(mg))}"


def percent(thousandths: int) -> str:
    sign = "\N{MINUS SIGN}" if thousandths < 0 else "+" if thousandths else ""
    whole, rest = divmod(abs(thousandths), 10)
    return f"{sign}{whole}.{rest}\N{NO-BREAK SPACE}%"
