"""Rules about papers beside each other: bill, customs entry, and what was read on the doors."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from itertools import combinations

from kyc.redflags.indicators.evidence import (
    Country,
    Days,
    Evidence,
    Mark,
    Point,
    Term,
    Value,
    Verdict,
    Weight,
    said,
    verdict,
)
from kyc.redflags.indicators.load import Entry, Load
from kyc.redflags.indicators.settings import Settings
from kyc.redflags.indicators.words import same

Paper = tuple[str, tuple[str, ...], Point]
HEADING = 4  # digits of an HS heading: papers may be finer or coarser below it
AMENDABLE = ("goods", "hs_codes", "packages", "gross_weight", "value", "containers",
             "exporter", "consignee", "destination")  # fmt: skip
# How closely each lane looks.
CLOSENESS = {"blue": 0, "green": 1, "yellow": 2, "red": 3}


def papers_disagree(load: Load, settings: Settings) -> Verdict:
    """D4: container, seal, goods or packages differ between bill, entry and record."""
    compared = [*_containers(load), *_seals(load), *_goods(load), *_packages(load)]
    found = [one for one in compared if one is not None]
    return verdict(found, *(() if compared else ("second_paper",)))


def _containers(load: Load) -> Iterator[Evidence | None]:
    bill, entry = load.bill, load.entry
    read = tuple(box.number for box in load.boxes)
    papers = [
        ("bill", "the_bill", bill.containers, bill.point) if bill else None,
        ("entry", "the_entry", entry.containers, entry.point) if entry else None,
    ]
    for paper, _in_sentence, numbers, point in filter(None, papers):
        if numbers and read:
            yield from _missing(paper, "doors", "container", numbers, read, (point,))
    if bill and entry and bill.containers and entry.containers:
        points = (bill.point, entry.point)
        one, other = bill.containers, entry.containers
        yield from _missing("bill", "the_entry", "container", one, other, points)
        yield from _missing("entry", "the_bill", "container", other, one, points)


def _seals(load: Load) -> Iterator[Evidence | None]:
    read = tuple(seal.key for seal in load.seals if seal.stage != "bill")
    if load.bill and load.bill.seals and read:
        yield from _missing("bill", "doors", "seal", load.bill.seals, read, (load.bill.point,))


def _missing(
    paper: str, other: str, kind: str, told: tuple[str, ...], known: tuple[str, ...],
    points: tuple[Point, ...],
) -> Iterator[Evidence | None]:  # fmt: skip
    """What one has and the other has not; None says that the two were compared."""
    yield None
    for value in told:
        if value not in known:
            yield said(
                "not_on_other", *points, paper=Term(paper), other=Term(other), kind=Term(kind),
                value=Mark(value),
            )  # fmt: skip


def _goods(load: Load) -> Iterator[Evidence | None]:
    told: list[Paper] = [("record", (load.hs_code,), load.point)] if load.hs_code else []
    told += [("bill", load.bill.hs_codes, load.bill.point)] if load.bill else []
    told += [("entry", load.entry.hs_codes, load.entry.point)] if load.entry else []
    for (paper, codes, point), (other, others, its) in combinations([t for t in told if t[1]], 2):
        apart = not {c[:HEADING] for c in codes} & {c[:HEADING] for c in others}
        yield said(
            "other_goods", point, its, paper=Term(paper), other=Term(f"the_{other}"),
            value=Mark(codes[0]), instead=Mark(others[0]),
        ) if apart else None  # fmt: skip


def _packages(load: Load) -> Iterator[Evidence | None]:
    told = [("record", load.packages, load.point)]
    told += [("bill", load.bill.packages, load.bill.point)] if load.bill else []
    told += [("entry", load.entry.packages, load.entry.point)] if load.entry else []
    known = [(paper, count, point) for paper, count, point in told if count is not None]
    for (paper, count, point), (other, instead, its) in combinations(known, 2):
        yield said(
            "other_packages", point, its, paper=Term(paper), other=Term(f"the_{other}"),
            value=count, instead=instead,
        ) if count != instead else None  # fmt: skip


def papers_weigh_differently(load: Load, settings: Settings) -> Verdict:
    """D8: bill and entry declare weights, or record and entry values, far apart."""
    percent, compared, found = settings.whole("percent", 10), 0, []
    bill, entry = load.bill, load.entry
    if bill and entry and bill.gross_mg and entry.gross_mg:
        compared += 1
        apart = percent_apart(bill.gross_mg, entry.gross_mg)
        if apart > percent:
            found.append(said(
                "other_weight", bill.point, entry.point, paper=Term("bill"),
                other=Term("the_entry"), value=Weight(bill.gross_mg),
                instead=Weight(entry.gross_mg), percent=apart,
            ))  # fmt: skip
    if entry and load.value and entry.value and load.currency == entry.currency:
        compared += 1
        if percent_apart(load.value, entry.value) > percent:
            found.append(said(
                "other_value", load.point, entry.point, paper=Term("record"),
                other=Term("the_entry"), value=load.value, instead=entry.value,
                currency=load.currency,
            ))  # fmt: skip
    return verdict(found, *(() if compared else ("second_paper",)))


def percent_apart(one: int | Decimal, other: int | Decimal) -> int:
    """By how many whole percent of the greater one two amounts differ."""
    left, right = Decimal(one), Decimal(other)
    greater = max(left, right)
    return int(abs(left - right) * 100 // greater) if greater else 0


def late_entry(load: Load, settings: Settings) -> Verdict:
    """D11: the entry was lodged at the last moment, or after loading."""
    first = next((entry for entry in load.entries if entry.lodged_at), None)
    if first is None or first.lodged_at is None:
        return verdict((), "entry")
    if load.loaded_on is None:
        return verdict((), "loaded_on")
    days = (load.loaded_on - first.lodged_at.date()).days
    if days > settings.whole("days", 1):
        return Verdict()
    if days > 0:
        told: dict[str, Value] = {"at": first.lodged_at, "days": Days(days)}
        return verdict([said("entry_late", first.point, **told)])
    sentence = "entry_after" if days < 0 else "entry_same_day"
    return verdict([said(sentence, first.point, at=first.lodged_at)])


def amended_after_lane(load: Load, settings: Settings) -> Verdict:
    """D14: the entry was changed after selection had given it a lane."""
    if len(load.entries) < 2:
        return verdict((), "entry_versions" if load.entries else "entry")
    found: list[Evidence] = []
    selected: datetime | None = None
    judged = False
    for before, after in zip(load.entries, load.entries[1:], strict=False):
        selected = before.selected_at or selected
        judged = judged or bool(selected and after.lodged_at)
        if selected and after.lodged_at and after.lodged_at > selected:
            found += _amended(before, after, selected)
    return verdict(found, *(() if judged else ("selection",)))


def _amended(before: Entry, after: Entry, selected: datetime) -> Iterator[Evidence]:
    for field in AMENDABLE:
        old, new = _amendable(before, field), _amendable(after, field)
        if old is not None and new is not None and not _equal(old, new):
            yield said(
                "amended", before.point, after.point, at=selected, version=after.version,
                field=Term(field), old=old, new=new,
            )  # fmt: skip
    if CLOSENESS.get(after.lane, 9) < CLOSENESS.get(before.lane, 0):
        lanes = {"old": Term(before.lane), "new": Term(after.lane)}
        yield said("lane_lighter", before.point, after.point, version=after.version, **lanes)


def _amendable(entry: Entry, field: str) -> Value | None:
    told: dict[str, Value | None] = {
        "goods": entry.description,
        "hs_codes": ", ".join(entry.hs_codes),
        "packages": entry.packages,
        "gross_weight": None if entry.gross_mg is None else Weight(entry.gross_mg),
        "value": entry.value,
        "containers": ", ".join(entry.containers),
        "exporter": entry.exporter,
        "consignee": entry.consignee,
        "destination": Country(entry.destination) if entry.destination else None,
    }
    return told[field] or None


def _equal(old: Value, new: Value) -> bool:
    return same(old, new) if isinstance(old, str) and isinstance(new, str) else old == new
