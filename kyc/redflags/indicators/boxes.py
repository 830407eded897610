"""Rules about containers, their seals and where they were stuffed, scanned and weighed."""

from collections.abc import Iterator
from datetime import date

from casework import identifiers
from kyc.cargo import seal_journey, weights
from kyc.redflags.indicators.evidence import (
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
from kyc.redflags.indicators.load import Elsewhere, Load, Sighting
from kyc.redflags.indicators.settings import Settings


def seal_reused(load: Load, settings: Settings) -> Verdict:
    """C1: a seal is made for one closing; the same number again is a clone or a re-use."""
    found = [*_twice_here(load)]
    found += [_elsewhere(load, one) for one in load.elsewhere]
    return verdict(found, *(() if load.seals else ("seals",)))


def _twice_here(load: Load) -> Iterator[Evidence]:
    for one in seal_journey.twice(load.seals):
        pair = (one.first, one.second)
        points = (Point("seal", each.pk) for each in pair if isinstance(each, Sighting))
        boxes = {"box": Mark(one.first.container), "other": Mark(one.second.container)}
        yield said("seal_twice", *points, seal=Mark(one.first.number), **boxes)


def _elsewhere(load: Load, one: Elsewhere) -> Evidence:
    points = tuple(seal.point for seal in load.seals if seal.key == one.key)[:1]
    told = {"seal": Mark(one.number)}
    if one.pk is not None:
        other = Mark(one.container or "?")
        return said("seal_in_case", *points, Point("seal", one.pk), other=other, **told)
    if one.told:
        return said("seal_shared", *points, case=Mark(one.told), **told)
    told["case"] = Mark(one.case)
    points = (*points, Point("case", one.case))
    if one.container:
        return said("seal_elsewhere", *points, other=Mark(one.container), **told)
    return said("seal_elsewhere_bare", *points, **told)


def unsupervised_stuffing(load: Load, settings: Settings) -> Verdict:
    """C2: nobody from customs saw what went in."""
    if load.is_stuffing_supervised is None:
        return verdict((), "stuffing_supervised")
    if load.is_stuffing_supervised:
        return Verdict()
    if load.stuffing_place:
        return verdict([said("unsupervised_at", load.point, place=load.stuffing_place)])
    return verdict([said("unsupervised", load.point)])


def seal_differs(load: Load, settings: Settings) -> Verdict:
    """C3: the seal of a container changed on the way, or was not intact before the opening."""
    found, compared = [], 0
    for readings in _by_container(load).values():
        sources = [one.source for one in readings]
        compared += len(sources) - len(set(sources))
        found += [_told(one) for one in seal_journey.read(readings).findings if one.sightings]
    return verdict(found, *(() if compared else ("two_readings",)))


def _by_container(load: Load) -> dict[str, list[Sighting]]:
    found: dict[str, list[Sighting]] = {}
    for seal in load.seals:
        found.setdefault(seal.container, []).append(seal)
    return found


def _told(finding: seal_journey.Finding) -> Evidence:
    """One or two readings; those that name no point of the way are told by their day."""
    points = (Point("seal", one.pk) for one in finding.sightings if isinstance(one, Sighting))
    first, last = finding.sightings[0], finding.sightings[-1]
    told: dict[str, Value] = {"seal": Mark(first.number)}
    if first is not last:
        told |= {"source": Term(f"source_{first.source}"), "other": Mark(last.number)}
        told |= {"stage": _when(first, "Stage"), "later": _when(last, "stage")}
    elif first.stage:
        told["stage"] = _when(first, "stage")
    else:
        return said("seal_broken_bare", *points, **told)
    return said(f"seal_{finding.code}", *points, **told)


def _when(one: seal_journey.Sighting, word: str) -> Term | date:
    return Term(f"{word}_{one.stage}") if one.stage or one.on is None else one.on


def container_number(load: Load, settings: Settings) -> Verdict:
    """C5: the check digit does not hold, or no owner is known by the letters."""
    owners = settings.texts("owners")
    found = []
    for box in load.boxes:
        number = Mark(box.number)
        if not identifiers.has_container_check_digit(box.number):
            expected = identifiers.container_check_digit(box.number[:10])
            found.append(said("check_digit", box.point, box=number, expected=expected))
        if owners and box.number[:4] not in owners:
            found.append(said("unknown_owner", box.point, box=number))
    return verdict(found, *(() if load.boxes else ("containers",)))


def shipper_owned(load: Load, settings: Settings) -> Verdict:
    """C6: the shipper's own container: no carrier has had it in its yard."""
    if not load.boxes:
        return verdict((), "containers")
    found = [
        said("shipper_owned", b.point, box=Mark(b.number)) for b in load.boxes if b.is_shipper_owned
    ]
    unknown = any(box.is_shipper_owned is None for box in load.boxes)
    return verdict(found, *(("shipper_owned",) if unknown else ()))


def stuffing_kind(load: Load, settings: Settings) -> Verdict:
    """C7: stuffed at a kind of place where the unit has met trouble before."""
    if not load.stuffing_kind:
        return verdict((), "stuffing_kind")
    if load.stuffing_kind not in settings.texts("kinds"):
        return Verdict()
    kind = load.stuffing_word or load.stuffing_kind
    if load.stuffing_place:
        place = load.stuffing_place
        return verdict([said("stuffed_at_place", load.point, kind=kind, place=place)])
    return verdict([said("stuffed_at_kind", load.point, kind=kind)])


def not_scanned(load: Load, settings: Settings) -> Verdict:
    """C9: it left without passing the scanner."""
    if load.is_scanned is None:
        return verdict((), "scanned")
    return Verdict() if load.is_scanned else verdict([said("not_scanned", load.point)])


def weights_apart(load: Load, settings: Settings) -> Verdict:
    """C11: the declared weight and those read on scales, or reckoned from the scan, disagree."""
    said_so = [weights.Said(kind, mg) for kind, mg in _weights(load)]
    compared = weights.compare(said_so, load.tare_mg)
    most = max(settings.whole("percent", 5), 1) * 10
    base = next((row for row in compared.rows if row.kind == compared.reference), None)
    if base is None:
        return verdict((), "two_weights")
    return verdict(
        _apart(load, row, base, row.thousandths)
        for row in compared.rows
        if row.thousandths is not None and abs(row.thousandths) > most
    )


def _apart(load: Load, row: weights.Row, base: weights.Row, thousandths: int) -> Evidence:
    """What is compared are the goods: where the tare is known, the sentence tells of it."""
    told: dict[str, Value] = {
        "first": Term(row.kind), "value": Weight(row.mg), "second": Term(f"{base.kind}_lower"),
        "instead": Weight(base.mg), "percent": abs(thousandths) // 10,
    }  # fmt: skip
    if load.tare_mg and (row.mg, base.mg) != (row.goods_mg, base.goods_mg):
        return said("weights_apart_net", load.point, tare=Weight(load.tare_mg), **told)
    return said("weights_apart", load.point, **told)


def _weights(load: Load) -> list[tuple[weights.Kind, int]]:
    """Each kind with what it says; papers that repeat one figure say it once."""
    papers: list[tuple[weights.Kind, int | None]] = [
        ("declared", load.declared_mg),
        ("bill", load.bill.gross_mg if load.bill else None),
        ("entry", load.entry.gross_mg if load.entry else None),
    ]
    read: list[tuple[weights.Kind, int | None]] = [
        ("vgm", load.vgm_mg), ("weighbridge", load.weighbridge_mg), ("scan", load.scan_mg),
    ]  # fmt: skip
    once = {mg: kind for kind, mg in reversed(papers) if mg}
    told = [(kind, mg) for mg, kind in reversed(once.items())]
    return [*told, *((kind, mg) for kind, mg in read if mg)]
