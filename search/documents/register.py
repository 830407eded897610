"""Documents of consignments, parties and facts.

The register is shared, the cases are not: a party's own document holds only what every reader of
the register may see. Its part in a case, and a fact taken from one, are documents of that case.
"""

from django.db.models import Exists, OuterRef, Prefetch

from casework import display
from kyc.models import BillOfLading, Consignment, EntryVersion, Fact, Involvement, Party, Seal
from search.documents.content import Content, Need, Source, moment, parts, present
from search.engines import Part


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
            *(paper.number for paper in (*bills, *entries)),
            consignment.vessel_imo,
            consignment.booking_number,
            consignment.entry_number,
        ),
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
        ("vessel", f"{load.vessel_name} {load.voyage}"),
        ("imo", load.vessel_imo),
        ("booking", load.booking_number),
        ("entry", _once(load.entry_number, *(entry.number for entry in entries))),
        ("port", _once(*ports)),
        ("stuffing_place", load.stuffing_place),
    ]


def _once(*texts: str) -> list[str]:
    """Versions repeat most of what they say."""
    return list(dict.fromkeys(text for text in texts if text.strip()))


def read_party(party: Party) -> Content:
    """`general_facts` are those without a case: every reader of the party may see them. What was
    merged into it is seen by the same readers, and found as this one."""
    need = Need.CASE_AND_REGISTER if party.own_case_id else Need.REGISTER
    absorbed = list(party.absorbed.all())
    also = parts(("also_recorded_as", [other.name for other in absorbed]))
    return Content(
        case=party.own_case_id or 0,
        title=party.name,
        parts=also + sum((_facts(one) for one in (party, *absorbed)), ()),
        date=party.created_at,
        identifiers=tuple(value for one in (party, *absorbed) for value in _fact_values(one)),
        need=need,
    )


def read_involvement(involvement: Involvement) -> Content:
    party = involvement.party
    return Content(
        case=involvement.case_id,
        title=party.name,
        parts=parts(("role", involvement.role.label), ("note", involvement.note)) + _facts(party),
        date=involvement.recorded_at,
        identifiers=_fact_values(party),
    )


def read_fact(fact: Fact) -> Content:
    """A fact from a case is found with that case; without a part in it, by register readers."""
    need = Need.VIEW if fact.is_of_involved else Need.CASE_AND_REGISTER  # type: ignore[attr-defined]
    return Content(
        case=fact.case_id or 0,
        title=fact.party.name,
        parts=parts(("fact", f"{fact.kind.label}: {fact.value}"), ("source", fact.source)),
        date=moment(fact.as_of),
        identifiers=present(fact.value) if _is_identifier(fact.value) else (),
        need=need,
    )


def _facts(party: Party) -> tuple[Part, ...]:
    return parts(("fact", [f"{f.kind.label}: {f.value}" for f in _general(party) if f.value]))


def _general(party: Party) -> list[Fact]:
    return list(party.general_facts)  # type: ignore[attr-defined]  # prefetched below


def _fact_values(party: Party) -> tuple[str, ...]:
    return tuple(fact.value for fact in _general(party) if _is_identifier(fact.value))


def _is_identifier(value: str) -> bool:
    """Numbers, PINs, telephones and addresses of e-mail; not sentences."""
    return 0 < len(value) <= 40 and any(c.isdigit() for c in value)


def _general_facts(path: str) -> Prefetch:  # type: ignore[type-arg]
    general = Fact.objects.filter(case__isnull=True).select_related("kind")
    return Prefetch(path, general, to_attr="general_facts")


SOURCES = (
    Source(
        "consignment",
        lambda: Consignment.objects.select_related(
            "seizure__case", "port_of_loading", "port_of_discharge", "goods"
        ).prefetch_related("containers", "seals__source", "bills", "entries"),
        "seizure__case",
        read_consignment,
    ),
    Source(
        "party",
        lambda: (
            Party.objects.filter(merged_into__isnull=True)
            .select_related("own_case")
            .prefetch_related(
                _general_facts("facts"), "absorbed", _general_facts("absorbed__facts")
            )
        ),
        "own_case",
        read_party,
    ),
    Source(
        "involvement",
        lambda: Involvement.objects.select_related("case", "party", "role").prefetch_related(
            _general_facts("party__facts")
        ),
        "case",
        read_involvement,
    ),
    Source(
        "fact",
        lambda: (
            Fact.objects.filter(case__isnull=False)
            .select_related("case", "party", "kind")
            .annotate(
                is_of_involved=Exists(
                    Involvement.objects.filter(party=OuterRef("party"), case=OuterRef("case"))
                )
            )
        ),
        "case",
        read_fact,
    ),
)
