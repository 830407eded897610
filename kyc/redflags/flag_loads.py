"""Consignments as the rules of the red flags read them, with their papers, in fixed queries."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Min, Prefetch, QuerySet

from casework import access, identifiers
from casework.models import Case
from kyc.models import BillOfLading, Consignment, Dealing, EntryVersion, Match, Seal
from kyc.redflags.indicators.load import Bill, Box, Elsewhere, Entry, Load, Party, Payment, Sighting
from kyc.ties import matches


def consignments(cases: Iterable[Case]) -> list[Consignment]:
    """Those of cases that the viewer may read, with all that the rules read of them."""
    rows: QuerySet[Consignment] = Consignment.objects.filter(seizure__case__in=list(cases))
    seals = Seal.objects.select_related("source", "container")
    return list(
        rows.select_related(
            "seizure", "goods", "port_of_loading", "port_of_discharge", "stuffing_kind"
        )
        .prefetch_related(
            "containers", "bills", "entries", "seizure__route", Prefetch("seals", queryset=seals)
        )
        .order_by("seizure__case", "seizure__number", "number")
    )


def load(
    row: Consignment,
    parties: tuple[Party, ...],
    elsewhere: tuple[Elsewhere, ...],
    payments: tuple[Payment, ...],
) -> Load:
    return Load(
        pk=row.pk,
        goods=row.goods_description,
        hs_code=row.goods.hs_code if row.goods else "",
        packages=row.packages,
        vessel_name=row.vessel_name,
        vessel_imo=row.vessel_imo,
        value=row.declared_value,
        currency=row.value_currency,
        seized_on=row.seizure.seized_at.date(),
        bills=tuple(_bill(bill) for bill in row.bills.all()),
        entries=tuple(_entry(entry) for entry in row.entries.all()),
        boxes=tuple(_box(box) for box in row.containers.all()),
        seals=tuple(sighting(seal) for seal in row.seals.all()),
        elsewhere=elsewhere,
        parties=parties,
        payments=payments,
        **_ports(row),
        **_stuffing(row),
        **_weights(row),
        **_route(row),
    )


def _ports(row: Consignment) -> dict[str, Any]:
    loading, discharge = row.port_of_loading, row.port_of_discharge
    return {
        "loading_port": loading.name if loading else "",
        "loading_locode": loading.locode if loading else "",
        "loading_country": loading.country if loading else "",
        "discharge_port": discharge.name if discharge else "",
        "discharge_country": discharge.country if discharge else "",
    }


def _stuffing(row: Consignment) -> dict[str, Any]:
    return {
        "stuffing_kind": row.stuffing_kind.code if row.stuffing_kind else "",
        "stuffing_word": row.stuffing_kind.label if row.stuffing_kind else "",
        "stuffing_place": row.stuffing_place,
        "stuffed_on": row.stuffed_on,
        "is_stuffing_supervised": row.is_stuffing_supervised,
    }


def _weights(row: Consignment) -> dict[str, Any]:
    tares = [box.tare_mg for box in row.containers.all()]
    known = [tare for tare in tares if tare is not None]
    return {
        "declared_mg": row.declared_weight_mg,
        "vgm_mg": row.vgm_mg,
        "weighbridge_mg": row.weighbridge_mg,
        "scan_mg": row.scan_mg,
        "is_scanned": row.is_scanned,
        "tare_mg": sum(known) if known and len(known) == len(tares) else None,
    }


def _route(row: Consignment) -> dict[str, Any]:
    found: dict[str, list[str]] = {}
    for part in row.seizure.route.all():
        found.setdefault(part.role, []).append(part.country)
    return {
        "origins": tuple(found.get("origin", ())),
        "exports": tuple(found.get("export", ())),
        "transits": tuple(found.get("transit", ())),
        "destinations": tuple(found.get("destination", ())),
    }


def _bill(row: BillOfLading) -> Bill:
    return Bill(
        pk=row.pk,
        version=row.version,
        shipper=row.shipper,
        consignee=row.consignee,
        notify_party=row.notify_party,
        is_to_order=row.is_to_order,
        is_switch=row.is_switch,
        port_of_loading=row.port_of_loading,
        port_of_discharge=row.port_of_discharge,
        place_of_receipt=row.place_of_receipt,
        place_of_delivery=row.place_of_delivery,
        vessel_name=row.vessel_name,
        description=row.description_of_goods,
        hs_codes=_digits(row.hs_codes),
        packages=row.packages,
        gross_mg=row.gross_weight_mg,
        containers=_numbers(row.equipment_references),
        seals=tuple(identifiers.alike(one) for one in _listed(row.seal_numbers)),
        freight_payment=row.freight_payment,
        freight_payer=row.freight_payer,
        shipped_on=row.shipped_on_board_on,
        changed_by=row.changed_by,
        changed_at=row.changed_at,
    )


def _entry(row: EntryVersion) -> Entry:
    return Entry(
        pk=row.pk,
        version=row.version,
        lodged_at=row.lodged_at,
        lane=row.lane,
        selected_at=row.selected_at,
        exporter=row.exporter,
        consignee=row.consignee,
        description=row.goods_description,
        hs_codes=_digits(row.hs_codes),
        packages=row.packages,
        gross_mg=row.gross_weight_mg,
        value=row.value,
        currency=row.value_currency,
        containers=_numbers(row.equipment_references),
        destination=row.country_of_destination,
    )


def _box(row: Any) -> Box:
    return Box(pk=row.pk, number=row.number, is_shipper_owned=row.is_shipper_owned)


def sighting(row: Seal) -> Sighting:
    return Sighting(
        pk=row.pk,
        number=row.number,
        key=row.number_key,
        source=row.source.code,
        stage=row.stage,
        place=row.seen_at_place,
        container=row.container.number if row.container else "",
        on=row.seen_on,
        is_intact=row.is_intact,
    )


def _listed(text: str) -> list[str]:
    """What a paper lists: its parts are parted by commas, semicolons or lines."""
    parts = text.replace(";", ",").replace("\n", ",").split(",")
    return [part.strip() for part in parts if part.strip()]


def _digits(text: str) -> tuple[str, ...]:
    codes = ("".join(c for c in part if c.isdecimal()) for part in _listed(text))
    return tuple(code for code in codes if code)


def _numbers(text: str) -> tuple[str, ...]:
    return tuple(identifiers.squeeze(part) for part in _listed(text))


def elsewhere(
    loads: Iterable[Consignment], user: access.Reader
) -> Mapping[int, tuple[Elsewhere, ...]]:
    """By consignment, its seals on other loads: those that this viewer may read of, or was told.

    The same seal on the same container is the same closing, read by two units.
    """
    given = list(loads)
    keys = {s.number_key for row in given for s in row.seals.all() if matches.is_telling(s.number)}
    others = Seal.objects.visible_to(user).filter(number_key__in=keys)
    rows = list(others.select_related("container", "consignment__seizure__case").order_by("pk"))
    shared = _shared([row.seizure.case_id for row in given])
    return {row.pk: tuple(dict.fromkeys(_of_load(row, rows, shared))) for row in given}


def _shared(cases: list[int]) -> list[Match]:
    """Matches of seals that another case's lead told the readers of these cases of."""
    rows = Match.objects.filter(kind=Match.Kind.SEAL, case__in=cases, shared_at__isnull=False)
    return list(rows.select_related("other_case").order_by("pk"))


def _of_load(row: Consignment, seals: list[Seal], shared: list[Match]) -> Iterable[Elsewhere]:
    own = {seal.number_key: seal for seal in row.seals.all()}
    boxes = {(s.number_key, s.container.number) for s in row.seals.all() if s.container}
    known = set()
    for seal in seals:
        box = seal.container.number if seal.container else ""
        if seal.consignment_id == row.pk or seal.number_key not in own:
            continue
        case = seal.consignment.seizure.case
        known.add((seal.number_key, case.pk))
        if (seal.number_key, box) not in boxes:
            is_here = case.pk == row.seizure.case_id
            yield Elsewhere(
                key=seal.number_key,
                number=own[seal.number_key].number,
                container=box,
                case="" if is_here else case.reference,
                pk=seal.pk if is_here else None,
            )
    for match in shared:
        here = match.case_id == row.seizure.case_id and match.value in own
        if here and (match.value, match.other_case_id) not in known:
            number = own[match.value].number
            yield Elsewhere(key=match.value, number=number, told=match.other_case.reference)


def payments(cases: Iterable[Case]) -> dict[int, tuple[Payment, ...]]:
    """Payments between parties, by case."""
    kind = Dealing.Kind.PAYMENT
    rows = Dealing.objects.filter(case__in=list(cases), kind=kind)
    found: dict[int, list[Payment]] = {}
    for row in rows:
        if row.happened_on:
            ends = frozenset((row.giver_id, row.receiver_id))
            one = Payment(pk=row.pk, on=row.happened_on, times=row.times, ends=ends)
            found.setdefault(row.case_id, []).append(one)
    return {case: tuple(paid) for case, paid in found.items()}


def seizure_days(cases: Iterable[Case], user: access.Reader) -> dict[int, date]:
    """Of each case that the viewer may read: the day of its first seizure, or of its opening.

    The other reads of what hangs on a case rest on this one's answer."""
    rows = Case.objects.visible_to(user).filter(pk__in=[case.pk for case in cases])
    days = rows.order_by().annotate(first=Min("seizures__seized_at"))
    return {
        pk: (first or made).date()
        for pk, first, made in days.values_list("pk", "first", "created_at")
    }
