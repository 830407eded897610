"""A seizure with its consignment as the tests of these pages need it, set by the operations."""

from datetime import UTC, datetime
from typing import Any

from casework import cases, identifiers
from casework.models import Case, Code, Goods, Port, Seizure, Taxon, User
from casework.seizures import Found
from kyc.cargo import bills, consignments, entries
from kyc.cargo.consignments import Box
from kyc.models import Consignment

WHEN = datetime(2026, 3, 14, 2, 40, tzinfo=UTC)


def container_number(index: int) -> str:
    """A valid container number, another one for each index."""
    first_ten = f"MDOU{418200 + index:06}"
    return f"{first_ten}{identifiers.container_check_digit(first_ten)}"


def tusks(count: int = 1) -> list[Found]:
    taxon = Taxon.objects.get(scientific_name="Loxodonta africana")
    specimen = Code.objects.get(kind="specimen", code="TUS")
    return [
        Found(taxon=taxon, specimen=specimen, count=24 + n, weight_mg=206_850_000, scale="SC-14")
        for n in range(count)
    ]


def boxes(count: int = 1) -> list[Box]:
    customs = Code.objects.get(kind="seal_source", code="CUS")
    return [
        Box(number=container_number(n), seal_number=f"CU {558120 + n}", seal_source=customs)
        for n in range(count)
    ]


def seize(case: Case, actor: User, *, rows: int = 1, **fields: Any) -> Seizure:
    """A seizure of a case with that many items and containers in its one consignment."""
    return consignments.add_seizure(
        case,
        actor=actor,
        seized_at=WHEN,
        port=Port.objects.get(locode="KEMBA"),
        items=tusks(rows),
        boxes=boxes(rows),
        bill={"number": "MDO-MBA-2402817"},
        consignment={
            "goods_description": "Black tea",
            "goods": Goods.objects.get(hs_code="090240"),
            "vessel_name": "Corralis Dawn",
            "vessel_imo": "9817559",
            "port_of_loading": Port.objects.get(locode="KEMBA"),
            "port_of_discharge": Port.objects.get(locode="VNHPH"),
            "declared_weight_mg": 21_760_000_000,
        },
        **fields,
    )


def papers(case: Case, load: Consignment, actor: User) -> dict[str, Any]:
    """A version of each paper, a seal, and another case with the same container, by what their
    addresses need."""
    source = Code.objects.get(kind="seal_source", code="CUS")
    seal = consignments.add_seal(load, number="CU 558120", source=source, actor=actor)
    bills.add_version(load, number="MDO-MBA-2402817", actor=actor)
    entries.add_version(load, number="2024MSA40117", actor=actor)
    other = cases.open_case(title="Other", tier="port", actor=actor)
    number = load.containers.earliest("pk").number
    consignments.add_seizure(
        other, actor=actor, seized_at=WHEN, place="Shed 4", boxes=[Box(number=number)]
    )
    return {"seal": seal.pk, "version": 1, "match": case.matches.earliest("pk").pk}
