"""Rules about the bill of lading: what its versions changed, and when; what it leaves unsaid."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise

from kyc.redflags.indicators.evidence import Days, Evidence, Term, Value, Verdict, said, verdict
from kyc.redflags.indicators.load import NOTIFIED, Bill, Load, Party
from kyc.redflags.indicators.settings import Settings
from kyc.redflags.indicators.words import phrases_in, same

WATCHED = ("consignee", "notify_party", "port_of_loading", "port_of_discharge")
Change = tuple[Bill, str, str, Value]  # the later bill, the field, what it was, what it became


def late_change(load: Load, settings: Settings) -> Verdict:
    """D1: consignee, notify party or port changed shortly before or after loading or arrival."""
    if len(load.bills) < 2:
        return verdict((), "bill_versions" if load.bills else "bill")
    events = [
        (name, day)
        for name, day in (
            ("loading", load.loaded_on), ("arrival", load.arrived_on), ("seizure", load.seized_on),
        )
        if day
    ]  # fmt: skip
    changes = [change for pair in pairwise(load.bills) for change in _changes(*pair)]
    told = [(late, change) for change in changes if (late := _late(change[0], events, settings))]
    undated = any(bill.changed_at is None for bill, _field, _old, _new in changes)
    lacks = [*(("changed_at",) if undated else ()), *(() if events else ("loading_day",))]
    return verdict((_changed(late, change) for late, change in told), *lacks)


def _changes(before: Bill, after: Bill) -> Iterator[Change]:
    for field in WATCHED:
        old, new = getattr(before, field), getattr(after, field)
        to_order = field == "consignee" and after.is_to_order and not before.is_to_order
        if old and (to_order or (new and not same(old, new))):
            yield after, field, old, Term("to_order") if to_order else new


def _late(
    bill: Bill, events: list[tuple[str, date]], settings: Settings
) -> tuple[datetime, str, int] | None:
    """When, the event next to the change, and the days from it: below zero before it."""
    if bill.changed_at is None:
        return None
    before, after = settings.whole("days_before", 7), settings.whole("days_after", 30)
    apart = [(name, (bill.changed_at.date() - day).days) for name, day in events]
    near = [(name, days) for name, days in apart if -before <= days <= after]
    return (bill.changed_at, *min(near, key=lambda one: abs(one[1]))) if near else None


def _changed(late: tuple[datetime, str, int], change: Change) -> Evidence:
    (at, event, days), (bill, field, old, new) = late, change
    when = "on" if not days else "after" if days > 0 else "before"
    values: dict[str, Value] = {
        "version": bill.version, "at": at, "field": Term(field),
        "old": old, "new": new, "event": Term(event),
    }  # fmt: skip
    if days:
        values["days"] = Days(abs(days))
    return said(f"changed_{when}", bill.point, **values)


def to_order(load: Load, settings: Settings) -> Verdict:
    """D3: to order, and whom it notifies is unknown or nothing of them is verified."""
    bill = load.bill
    if bill is None:
        return verdict((), "bill")
    if not bill.is_to_order:
        return Verdict()
    if not bill.notify_party:
        return verdict([said("to_order_nobody", bill.point, version=bill.version)])
    notified = load.in_role(NOTIFIED)
    if any(_is_verified(party, settings) for party in notified):
        return Verdict()
    points = (bill.point, *(party.point for party in notified))
    told: dict[str, Value] = {"version": bill.version, "name": bill.notify_party}
    return verdict([said("to_order_unknown", *points, **told)])


def _is_verified(party: Party, settings: Settings) -> bool:
    kinds = settings.texts("kinds") or ("address", "registration")
    return any(fact.standing == "verified" for fact in party.of(*kinds))


def vague_goods(load: Load, settings: Settings) -> Verdict:
    """D5: words on a paper under which anything can travel."""
    words = settings.texts("words")
    found = []
    for text, point in load.descriptions:
        paper = Term(point.kind if point.kind in ("bill", "entry") else "record")
        for phrase in phrases_in(text, words):
            found.append(said("vague", point, paper=paper, phrase=phrase))
    return verdict(found, *(() if load.descriptions else ("description",)))


def ship_missing(load: Load, settings: Settings) -> Verdict:
    """D6: vessel, IMO number or a port is missing from the bill and the record, or is vague."""
    bill = load.bill
    if bill is None:
        return verdict((), "bill")
    known = {
        "vessel": bill.vessel_name or load.vessel_name,
        "imo": load.vessel_imo,
        "port_of_loading": bill.port_of_loading or load.loading_port,
        "port_of_discharge": bill.port_of_discharge or load.discharge_port,
    }
    found = [said("unnamed", bill.point, field=Term(n)) for n, text in known.items() if not text]
    found += [
        said("vague_port", bill.point, field=Term(name), value=known[name])
        for name in ("port_of_loading", "port_of_discharge")
        if phrases_in(known[name], settings.texts("words"))
    ]
    return verdict(found)


def delivery_changed(load: Load, settings: Settings) -> Verdict:
    """D9: the place of delivery changed after the load was on board."""
    if len(load.bills) < 2:
        return verdict((), "bill_versions" if load.bills else "bill")
    if load.loaded_on is None:
        return verdict((), "loaded_on")
    found = [
        said(
            "delivery_changed", after.point, version=after.version,
            old=before.place_of_delivery, new=after.place_of_delivery,
        )
        for before, after in pairwise(load.bills)
        if _moved(before, after) and after.changed_at and after.changed_at.date() > load.loaded_on
    ]  # fmt: skip
    undated = any(_moved(a, b) and b.changed_at is None for a, b in pairwise(load.bills))
    return verdict(found, *(("changed_at",) if undated else ()))


def _moved(before: Bill, after: Bill) -> bool:
    old, new = before.place_of_delivery, after.place_of_delivery
    return bool(old and new and not same(old, new))


def switch_bill(load: Load, settings: Settings) -> Verdict:
    """D12: a bill issued in place of another, often with another shipper."""
    found = [said("switch", b.point, version=b.version) for b in load.bills if b.is_switch]
    return verdict(found, *(() if load.bills else ("bill",)))
