"""Documents of consignments: containers, seals, bills of lading, customs entries, vessel, ports."""

from casework import display
from kyc.models import BillOfLading, Consignment, EntryVersion, Seal
from search.documents.content import Content, Source, parts, present
from search.documents.words import Values, values


def read_consignment(consignment: Consignment) -> Content:
    containers = [container.number for container in consignment.containers.all()]
    seals = list(consignment.seals.all())
    bills, entries = list(consignment.bills.all()), list(consignment.entries.all())
    named = [display.container(number).replace("\xa0", " ") for number in containers]
    title = present(*named, consignment.goods_description) or (str(consignment),)
    return Content(
        case=consignment.seizure.case_id,
        title=", ".join(title),
        parts=parts(
            *_of_papers(named, seals, bills, entries),
            *_of_load(consignment, bills, entries),
        ),
        date=consignment.seizure.seized_at,
        identifiers=present(
            *containers,
            *(seal.number for seal in seals),
            *(mark for bill in bills for mark in bill.seal_numbers.split(",")),
            *(paper.number for paper in (*bills, *entries)),
            consignment.vessel_imo,
            consignment.booking_number,
            consignment.entry_number,
        ),
        names=present(*_people(bills, entries), consignment.vessel_name),
        values=_values(consignment, bills, entries),
    )


def _people(bills: list[BillOfLading], entries: list[EntryVersion]) -> list[str]:
    """Everybody whom the papers name, in any of their versions."""
    of_bills = [
        (b.shipper, b.consignee, b.notify_party, b.endorsee, b.freight_payer) for b in bills
    ]
    of_entries = [(e.exporter, e.consignee, e.declarant) for e in entries]
    return [name for names in (*of_bills, *of_entries) for name in names]


def _values(load: Consignment, bills: list[BillOfLading], entries: list[EntryVersion]) -> Values:
    """The ports as the bills write them; those of the case stand on all its documents already."""
    seals = list(load.seals.all())
    boxes = [container.number for container in load.containers.all()]
    papers: list[BillOfLading | EntryVersion] = [*bills, *entries]
    return values(
        container=[*boxes, *(paper.equipment_references for paper in papers)],
        seal=[*(seal.number for seal in seals), *(bill.seal_numbers for bill in bills)],
        bill=[bill.number for bill in bills],
        booking=load.booking_number,
        vessel=[load.vessel_name, load.vessel_imo, *(bill.vessel_name for bill in bills)],
        imo=load.vessel_imo,
        place=[load.stuffing_place, *(seal.seen_at_place for seal in seals)],
        port=[port for b in bills for port in (b.port_of_loading, b.port_of_discharge)],
    )


Said = tuple[str, str | list[str]]


def _of_papers(
    containers: list[str],
    seals: list[Seal],
    bills: list[BillOfLading],
    entries: list[EntryVersion],
) -> list[Said]:
    """What the papers say of boxes and of the people behind them, in any of their versions."""
    papers: list[BillOfLading | EntryVersion] = [*bills, *entries]
    read = [f"{s.source.label} {s.number} {s.seen_at_place} {s.seen_by}" for s in seals]
    consignees = [paper.consignee for paper in papers]
    changers = [paper.changed_by for paper in papers]
    return [
        ("container", _once(*containers, *(paper.equipment_references for paper in papers))),
        ("seal", _once(*read, *(bill.seal_numbers for bill in bills))),
        ("bill", _once(*(bill.number for bill in bills))),
        ("shipper", _once(*(b.shipper for b in bills), *(e.exporter for e in entries))),
        ("consignee", _once(*consignees, *(bill.endorsee for bill in bills))),
        ("notify_party", _once(*(bill.notify_party for bill in bills))),
        ("changed_by", _once(
            *changers, *(e.declarant for e in entries), *(b.freight_payer for b in bills)
        )),
    ]  # fmt: skip


def _of_load(
    load: Consignment, bills: list[BillOfLading], entries: list[EntryVersion]
) -> list[Said]:
    ports = [str(port) for port in (load.port_of_loading, load.port_of_discharge) if port]
    ports += [port for bill in bills for port in (bill.port_of_loading, bill.port_of_discharge)]
    goods = [bill.description_of_goods for bill in bills]
    goods += [entry.goods_description for entry in entries]
    return [
        ("goods", _once(load.goods_description, str(load.goods or ""), *goods)),
        ("vessel", _once(f"{load.vessel_name} {load.voyage}", *(b.vessel_name for b in bills))),
        ("imo", load.vessel_imo),
        ("booking", load.booking_number),
        ("entry", _once(load.entry_number, *(entry.number for entry in entries))),
        ("port", _once(*ports)),
        ("stuffing_place", load.stuffing_place),
        ("change_reason", _once(*(bill.change_reason for bill in bills))),
    ]


def _once(*texts: str) -> list[str]:
    """Versions repeat most of what they say."""
    return list(dict.fromkeys(text for text in texts if text.strip()))


SOURCES = (
    Source(
        "consignment",
        lambda: Consignment.objects.select_related(
            "seizure__case", "port_of_loading", "port_of_discharge", "goods"
        ).prefetch_related("containers", "seals__source", "bills", "entries"),
        "seizure__case",
        read_consignment,
    ),
)
