"""Rules about who pays, when, and whether the declared value can be true."""

from datetime import timedelta
from decimal import Decimal

from kyc.naming import matching
from kyc.redflags.indicators.evidence import Days, Point, Term, Value, Verdict, said, verdict
from kyc.redflags.indicators.load import CONSIGNEES, SHIPPERS, Load
from kyc.redflags.indicators.route import heading_of
from kyc.redflags.indicators.settings import Settings

KILOGRAM = 1_000_000


def other_payer(load: Load, settings: Settings) -> Verdict:
    """B2: freight that is prepaid by somebody else than the shipper, or collected from somebody
    else than the consignee."""
    bill = load.bill
    if bill is None or not bill.freight_payer:
        return verdict((), "freight_payer" if bill else "bill")
    collects = bill.freight_payment == "COL"
    named = bill.consignee if collects else bill.shipper
    roles = CONSIGNEES if collects else SHIPPERS
    known = [name for name in (named, *(p.name for p in load.in_role(roles))) if name]
    if not known:
        return verdict((), "parties")
    needed = settings.whole("percent", 70) / 100
    if any(matching.names(bill.freight_payer, name) >= needed for name in known):
        return Verdict()
    side = Term("as_consignee" if collects else "as_shipper")
    payer = bill.freight_payer
    return verdict([said("other_payer", bill.point, payer=payer, side=side, name=known[0])])


def payment_burst(load: Load, settings: Settings) -> Verdict:
    """B5: many payments between its parties around the day of stuffing."""
    if load.stuffed_on is None:
        return verdict((), "stuffed_on")
    if not load.payments:
        return verdict((), "payments")
    days = timedelta(days=settings.whole("days", 3))
    near = [one for one in load.payments if abs(one.on - load.stuffed_on) <= days]
    number = sum(one.times for one in near)
    if number < max(settings.whole("payments", 5), 1):
        return Verdict()
    points = (Point("dealing", one.pk) for one in near)
    told = Days(2 * days.days + 1)
    return verdict([said("payments", *points, number=number, days=told)])


def unit_price(load: Load, settings: Settings) -> Verdict:
    """B6: the declared value of a kilogram is far from what such goods cost."""
    value, currency = load.value, load.currency
    if load.entry and load.entry.value:
        value, currency = load.entry.value, load.entry.currency
    weight = load.declared_mg or (load.bill.gross_mg if load.bill else None)
    if not value or not weight:
        return verdict((), "value")
    ranges = settings.ranges("per_kilogram")
    headings = [h for code, _point in load.headings if (h := heading_of(code, ranges))]
    if not headings or currency != settings.text("currency"):
        return verdict((), "prices")
    price = (value * KILOGRAM / weight).quantize(Decimal("0.01"))
    least, most = ranges[headings[0]]
    told: dict[str, Value] = {"price": price, "currency": currency}
    if price < Decimal(str(least)):
        return verdict([said("cheap", load.point, least=Decimal(str(least)), **told)])
    if price > Decimal(str(most)):
        return verdict([said("dear", load.point, most=Decimal(str(most)), **told)])
    return Verdict()
