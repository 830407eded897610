"""Where the goods came from: seizures, consignments and parties of a snapshot."""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Q

from casework.models import Case, Code, RouteCountry, SeizedItem, Seizure, User
from evidence.dossier import snapshot, snapshot_cargo
from evidence.dossier.collect_people import maybe, person
from evidence.dossier.snapshot_flags import RedFlag
from kyc.cargo import version_pages
from kyc.models import (
    BillOfLading,
    Consignment,
    Container,
    EntryVersion,
    Fact,
    Involvement,
    Seal,
)


def seizures(case: Case, actor: User) -> tuple[snapshot.Seizure, ...]:
    rows = Seizure.objects.visible_to(actor).filter(case=case).order_by("number")
    related = ("port", "agency", "transport_mode", "detection_method", "recorded_by__agency")
    items, routes = _items(case, actor), _routes(case, actor)
    return tuple(
        snapshot.Seizure(
            number=row.number,
            seized_at=row.seized_at,
            is_time_known=row.is_time_known,
            place=_place(row),
            agency=row.agency.name,
            direction=row.get_direction_display() if row.direction else "",
            transport_mode=row.transport_mode.label if row.transport_mode else "",
            detection_method=row.detection_method.label if row.detection_method else "",
            concealment=row.concealment,
            declared_goods=row.declared_goods,
            route=tuple(routes.get(row.pk, ())),
            people_present=row.people_present,
            narrative=row.narrative,
            recorded_by=person(row.recorded_by),
            items=tuple(items.get(row.pk, ())),
        )
        for row in rows.select_related(*related)
    )


def _place(row: Seizure) -> str:
    names = [row.place, str(row.port) if row.port else ""]
    if row.port and row.place.endswith(row.port.name):
        names = [f"{row.place} {row.port.locode}"]  # the place names its port already
    if row.latitude is not None and row.longitude is not None:
        names.append(f"{row.latitude:.5f}, {row.longitude:.5f}")
    return ", ".join(name for name in names if name) or "place not recorded"


def _routes(case: Case, actor: User) -> Mapping[int, list[str]]:
    rows = RouteCountry.objects.visible_to(actor).filter(seizure__case=case)
    names = _countries()
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows.order_by("position", "pk"):
        share = f" {row.percent} %" if row.percent is not None else ""
        said = f"{row.get_role_display()} {names.get(row.country, row.country)}{share}"
        found[row.seizure_id].append(said)
    return found


def _countries() -> dict[str, str]:
    return dict(Code.objects.kind("country").values_list("code", "label"))


def _items(case: Case, actor: User) -> Mapping[int, list[snapshot.Item]]:
    rows = SeizedItem.objects.visible_to(actor).filter(seizure__case=case)
    found: dict[int, list[snapshot.Item]] = defaultdict(list)
    for row in rows.select_related("taxon", "specimen", "unit").order_by("number"):
        unit = row.unit.label if row.unit else ""
        quantity = f"{row.quantity.normalize():f} {unit}".strip() if row.quantity else ""
        item = snapshot.Item(
            number=row.number,
            species=row.taxon.scientific_name if row.taxon else row.taxon_as_given,
            common_name=row.taxon.common_name if row.taxon else "",
            specimen=row.specimen.label if row.specimen else "",
            description=row.description,
            count=row.count,
            weight_mg=row.weight_mg,
            is_weight_estimated=row.is_weight_estimated,
            scale=row.scale,
            scale_calibrated_on=row.scale_calibrated_on,
            quantity=quantity,
        )
        found[row.seizure_id].append(item)
    return found


def consignments(
    case: Case, actor: User, flags: Mapping[int, tuple[RedFlag, ...]] | None = None
) -> tuple[snapshot_cargo.Consignment, ...]:
    rows = Consignment.objects.visible_to(actor).filter(seizure__case=case)
    related = rows.select_related(
        "seizure", "port_of_loading", "port_of_discharge", "goods", "stuffing_kind"
    )
    containers, seals = _containers(case, actor), _seals(case, actor)
    bills, entries = _bills(case, actor), _entries(case, actor)
    return tuple(
        snapshot_cargo.Consignment(
            seizure=row.seizure.number,
            number=row.number,
            values=_values(row),
            declared_weight_mg=row.declared_weight_mg,
            vgm_mg=row.vgm_mg,
            weighbridge_mg=row.weighbridge_mg,
            scan_mg=row.scan_mg,
            stuffed_on=row.stuffed_on,
            stuffing_place=row.stuffing_place,
            containers=tuple(containers.get(row.pk, ())),
            seals=tuple(seals.get(row.pk, ())),
            bills=tuple(bills.get(row.pk, ())),
            entries=tuple(entries.get(row.pk, ())),
            flags=(flags or {}).get(row.pk, ()),
        )
        for row in related.order_by("seizure__number", "number")
    )


def _values(row: Consignment) -> tuple[tuple[str, str], ...]:
    imo = f"IMO {row.vessel_imo}" if row.vessel_imo else ""
    voyage = f"voyage {row.voyage}" if row.voyage else ""
    supervised = {True: "Yes", False: "No", None: ""}[row.is_stuffing_supervised]
    found = (
        ("Booking", row.booking_number),
        ("Customs entry", row.entry_number),
        ("Vessel", ", ".join(part for part in (row.vessel_name, imo, voyage) if part)),
        ("Loaded at", str(row.port_of_loading) if row.port_of_loading else ""),
        ("To be discharged at", str(row.port_of_discharge) if row.port_of_discharge else ""),
        ("Declared goods", row.goods_description),
        ("Heading", str(row.goods) if row.goods else ""),
        ("Packages", f"{row.packages:,}" if row.packages is not None else ""),
        ("Stuffed at", row.stuffing_kind.label if row.stuffing_kind else ""),
        ("Customs supervised stuffing", supervised),
    )
    return tuple((label, value) for label, value in found if value)


def _containers(case: Case, actor: User) -> Mapping[int, list[snapshot_cargo.Container]]:
    rows = Container.objects.visible_to(actor).filter(consignment__seizure__case=case)
    found: dict[int, list[snapshot_cargo.Container]] = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.consignment_id].append(
            snapshot_cargo.Container(
                number=row.number,
                is_recorded_as_found=row.is_recorded_as_found,
                size_type=row.size_type,
            )
        )
    return found


def _seals(case: Case, actor: User) -> Mapping[int, list[snapshot_cargo.Seal]]:
    rows = Seal.objects.visible_to(actor).filter(consignment__seizure__case=case)
    found: dict[int, list[snapshot_cargo.Seal]] = defaultdict(list)
    for row in rows.select_related("container", "source").order_by("seen_on", "pk"):
        found[row.consignment_id].append(
            snapshot_cargo.Seal(
                number=row.number,
                container=row.container.number if row.container else "",
                source=row.source.label,
                stage=row.get_stage_display() if row.stage else "",
                seen_by=row.seen_by,
                place=row.seen_at_place,
                seen_on=row.seen_on,
                is_intact=row.is_intact,
            )
        )
    return found


def _bills(case: Case, actor: User) -> Mapping[int, list[snapshot_cargo.Bill]]:
    rows = BillOfLading.objects.visible_to(actor).filter(consignment__seizure__case=case)
    versions: dict[int, list[BillOfLading]] = defaultdict(list)
    for row in rows.order_by("version"):
        versions[row.consignment_id].append(row)
    return {
        pk: [_bill(row, before) for before, row in zip([None, *of], of, strict=False)]
        for pk, of in versions.items()
    }


def _bill(row: BillOfLading, before: BillOfLading | None) -> snapshot_cargo.Bill:
    changed = version_pages.bill_pair(before, row, is_all=False).lines if before else []
    return snapshot_cargo.Bill(
        number=row.number,
        version=row.version,
        issued_on=row.issued_on,
        is_to_order=row.is_to_order,
        shipper=row.shipper,
        consignee=row.consignee,
        notify_party=row.notify_party,
        received_from=row.received_from,
        received_on=row.received_on,
        changed_by=row.changed_by,
        changed_at=row.changed_at,
        change_reason=row.change_reason,
        changes=tuple((str(one.label), one.line.old, one.line.new) for one in changed),
    )


def _entries(case: Case, actor: User) -> Mapping[int, list[snapshot_cargo.EntryVersion]]:
    rows = EntryVersion.objects.visible_to(actor).filter(consignment__seizure__case=case)
    versions: dict[int, list[EntryVersion]] = defaultdict(list)
    for row in rows.order_by("version"):
        versions[row.consignment_id].append(row)
    return {
        pk: [_entry(row, before) for before, row in zip([None, *of], of, strict=False)]
        for pk, of in versions.items()
    }


def _entry(row: EntryVersion, before: EntryVersion | None) -> snapshot_cargo.EntryVersion:
    changed = version_pages.entry_pair(before, row, is_all=False).lines if before else []
    said = (
        ("Declarant", row.declarant),
        ("Exporter", row.exporter),
        ("Consignee", row.consignee),
        ("Goods", row.goods_description),
    )
    return snapshot_cargo.EntryVersion(
        number=row.number,
        version=row.version,
        lodged_at=row.lodged_at,
        lane=row.get_lane_display() if row.lane else "",
        selected_at=row.selected_at,
        received_from=row.received_from,
        changed_by=row.changed_by,
        said=tuple((name, value) for name, value in said if value),
        changes=tuple((str(one.label), one.line.old, one.line.new) for one in changed),
    )


def parties(
    case: Case,
    actor: User,
    documents: Mapping[int, str],
    flags: Mapping[int, tuple[RedFlag, ...]] | None = None,
) -> tuple[snapshot.Party, ...]:
    """Each party once, with all its parts; `documents` are the files that the reader may see."""
    rows = Involvement.objects.visible_to(actor).filter(case=case)
    parts: dict[int, list[Involvement]] = defaultdict(list)
    for row in rows.select_related("party", "role").order_by("role__position", "pk"):
        parts[row.party_id].append(row)
    facts = _facts(case, actor, list(parts), documents)
    countries = _countries()
    return tuple(
        snapshot.Party(
            name=of[0].party.name,
            kind=of[0].party.kind,
            country=countries.get(of[0].party.country, of[0].party.country),
            roles=tuple(dict.fromkeys(one.role.label for one in of)),
            notes=tuple(one.note for one in of if one.note),
            facts=tuple(facts.get(pk, ())),
            flags=(flags or {}).get(pk, ()),
        )
        for pk, of in parts.items()
    )


def _facts(
    case: Case, actor: User, parties: list[int], documents: Mapping[int, str]
) -> Mapping[int, list[snapshot.Fact]]:
    rows = Fact.objects.visible_to(actor).filter(party__in=parties)
    ours = rows.filter(Q(case__isnull=True) | Q(case=case))
    related = ours.select_related("kind", "unknown_reason", "verified_by__agency", "related_party")
    found: dict[int, list[snapshot.Fact]] = defaultdict(list)
    countries = _countries()
    for row in related.order_by("party", "kind__position", "-as_of", "pk"):
        found[row.party_id].append(
            snapshot.Fact(
                kind=row.kind.label,
                value=countries.get(row.value, row.value)
                if row.kind.code in ("jurisdiction", "nationality")
                else row.shown,
                source_type=row.get_source_type_display(),
                source=row.source,
                as_of=row.as_of,
                expires_on=row.expires_on,
                standing=row.standing,
                standing_title=row.get_standing_display(),
                unknown_reason=row.unknown_reason.label if row.unknown_reason else "",
                method=row.method,
                verified_by=maybe(row.verified_by),
                verified_on=row.verified_on,
                document=documents.get(row.attachment_id or 0, ""),
            )
        )
    return found
