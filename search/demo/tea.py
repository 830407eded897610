"""The story told in full: elephant ivory in a container declared as black tea.

Seized by the port unit, handed from hand to hand, charged, on trial with its adjournments.
"""

from casework import access
from casework.models import Case, Goods, Seizure
from casework.seizures import Found, Stop
from kyc import parties
from kyc.cargo import consignments
from kyc.cargo.consignments import Box
from kyc.models import Consignment, Party
from kyc.parties import Origin
from search.demo.cast import Cast
from search.demo.stage import KILO, at, code, day, port, taxon

SEIZED = 739  # days ago
SUMMARY = """\
At 05:40 the scanner at Gate 9 showed dense, curved masses behind 640 bags of black tea in \
container MDOU 418207 9, shipped by Tamarind Reef Exporters Ltd and cleared by Seven Baobabs \
Clearing & Forwarding Ltd.

Officers opened the container before two witnesses and counted 187 elephant tusks and pieces, \
1,612.4 kg. The seal on its door bore the number of a seal cut eight weeks earlier."""


def tell(cast: Cast) -> Case:
    """The whole story; returns its case."""
    from search.demo import (
        tea_court,
        tea_exhibits,
        tea_inquiry,
        tea_letters,
        tea_papers,
        tea_proof,
        tea_trade,
    )

    seizure = _seizure(cast)
    _team(cast, seizure.case)
    _parties(cast, seizure)
    tea_exhibits.tell(cast, seizure)
    tea_court.tell(cast, seizure.case)
    tea_papers.tell(cast, seizure)
    tea_trade.tell(cast, seizure)
    tea_inquiry.tell(cast, seizure)
    tea_proof.tell(cast, seizure.case)
    tea_letters.tell(cast, seizure.case)
    return seizure.case


def _seizure(cast: Cast) -> Seizure:
    with at(SEIZED, "05:40") as seized_at:
        pass
    with at(SEIZED, "06:31"):
        return consignments.record_seizure(
            actor=cast.investigator,
            title="Elephant ivory declared as black tea, bound for Hai Phong",
            tier="port",
            seized_at=seized_at,
            summary=SUMMARY,
            occurrence_book="OB 27/0540",
            agency=cast.investigator.agency,
            unit=cast.investigator.unit,
            port=port("KEMBA"),
            place="Gate 9 scanner yard, Mombasa",
            direction="export",
            transport_mode=code("transport_mode", "sea"),
            detection_method=code("detection_method", "scanner"),
            concealment="In tea sacks, behind 640 bags of tea",
            declared_goods="Black tea",
            people_present="Sgt Amina Wekesa\nInsp. Ali Mwakio\nTwo yard officers as witnesses",
            items=_found(),
            route=[Stop("origin", "TZ", 60), Stop("origin", "KE", 40), Stop("export", "KE"),
                   Stop("transit", "SG"), Stop("destination", "VN")],
            consignment=_consignment(),
            boxes=[_box()],
        )  # fmt: skip


def _found() -> list[Found]:
    elephant = taxon("Loxodonta africana")
    calibrated = day(SEIZED + 41)
    return [
        Found(
            taxon=elephant,
            specimen=code("specimen", "TUS"),
            description="Whole tusks, 61 of them longer than a metre",
            count=163,
            weight_mg=1_399_800 * 1000,
            scale="KP-118",
            scale_calibrated_on=calibrated,
        ),
        Found(
            taxon=elephant,
            specimen=code("specimen", "IVP"),
            description="Sawn pieces in a tea sack",
            count=24,
            weight_mg=212_600 * 1000,
            scale="KP-118",
            scale_calibrated_on=calibrated,
        ),
    ]


def _consignment() -> dict[str, object]:
    return {
        "booking_number": "MOL7741902",
        "entry_number": "2024MSA40117",
        "vessel_name": "Meridian Aster",
        "vessel_imo": "1234567",
        "voyage": "117E",
        "port_of_loading": port("KEMBA"),
        "port_of_discharge": port("VNHPH"),
        "goods_description": "Black tea CTC, 640 bags",
        "goods": Goods.objects.get(hs_code="090240"),
        "packages": 640,
        "declared_weight_mg": 21_760 * KILO,
        "vgm_mg": 24_010 * KILO,
        "weighbridge_mg": 25_640 * KILO,
        "is_scanned": True,
        "stuffing_kind": code("stuffing_kind", "warehouse"),
        "stuffing_place": "Shed 4, Old Ginnery Yard",
        "stuffed_on": day(SEIZED + 3),
        "is_stuffing_supervised": False,
    }


def _box() -> Box:
    return Box(
        number="MDOU4182079",
        size_type="22G1",
    )


def _team(cast: Cast, case: Case) -> None:
    with at(SEIZED, "07:05"):
        access.grant(
            case,
            role="custodian",
            to=cast.custodian,
            actor=cast.investigator,
            reason="Keeps the exhibits",
        )
        access.grant(
            case,
            role="viewer",
            to=cast.customs_officer,
            actor=cast.investigator,
            reason="Joint operation at the port",
        )
    with at(SEIZED - 3, "10:15"):
        access.grant(
            case,
            role="supervisor",
            to=cast.manager,
            actor=cast.investigator,
            reason="Head of the unit",
        )


def _parties(cast: Cast, seizure: Seizure) -> None:
    consignment: Consignment = seizure.consignments.get()
    with at(SEIZED - 1, "14:20"):
        _director(cast, consignment, _shipper(cast, consignment))
    with at(SEIZED - 2, "09:30"):
        _consignee(cast, consignment)
        _agent(cast, consignment)


def enter(
    cast: Cast, consignment: Consignment, name: str, country: str, *roles: str, kind: str = "firm"
) -> Party:
    """A party of the register with its parts in this case."""
    party = parties.create(kind=kind, name=name, country=country, actor=cast.investigator)
    for role in roles:
        parties.involve(
            consignment.seizure.case,
            party,
            role=code("party_role", role),
            consignment=consignment if role != "suspect" else None,
            actor=cast.investigator,
        )
    return party


def _say(cast: Cast, party: Party, origin: Origin, **facts: str) -> None:
    for kind, value in facts.items():
        parties.add_fact(
            party, kind=code("fact_kind", kind), value=value, origin=origin, actor=cast.investigator
        )


def _shipper(cast: Cast, consignment: Consignment) -> Party:
    case = consignment.seizure.case
    shipper = enter(cast, consignment, "Tamarind Reef Exporters Ltd", "KE", "shipper")
    register = Origin("register", "Extract of the companies register", day(SEIZED - 1))
    declared = Origin("self_declared", "Export entry and its annexes", day(SEIZED + 2), case)
    _say(
        cast, shipper, register, name="Tamarind Reef Exporters Ltd", registration="PVT-7KU2M9X",
        incorporation_date=day(SEIZED + 97).isoformat(),
    )  # fmt: skip
    _say(
        cast, shipper, declared, tax_pin="P051884327K", phone="+254 700 000 118",
        email="exports.tamarindreef@example.com", address="Plot 41, Old Ginnery Road, Mombasa",
        commodities="Tea, macadamia nuts",
    )  # fmt: skip
    for fact in shipper.facts.filter(source_type="register"):
        parties.verify(
            fact,
            method="Compared with the register in person",
            verified_on=day(SEIZED - 1),
            actor=cast.investigator,
        )
    parties.add_fact(
        shipper,
        kind=code("fact_kind", "owner"),
        unknown_reason=code("ownership_unknown_reason", "not_provided"),
        origin=register,
        actor=cast.investigator,
    )
    _visit(cast, shipper, case)
    return shipper


def _visit(cast: Cast, shipper: Party, case: Case) -> None:
    """The address on the papers is an empty plot."""
    parties.contradict(
        shipper.facts.get(kind__code="address"),
        found="Empty plot; the neighbours know no such firm",
        method="Visited with a camera, 14:05",
        origin=Origin("primary_research", "Site visit note", day(SEIZED - 1), case),
        actor=cast.investigator,
    )


def _director(cast: Cast, consignment: Consignment, shipper: Party) -> None:
    person = enter(cast, consignment, "Lucy Wanja Muriuki", "KE", "suspect", kind="person")
    register = Origin("register", "Extract of the companies register", day(SEIZED - 1))
    parties.add_fact(
        shipper,
        kind=code("fact_kind", "director"),
        value="Lucy Wanja Muriuki",
        related_party=person,
        origin=register,
        actor=cast.investigator,
    )
    _say(cast, person, register, name="Lucy Wanja Muriuki", nationality="KE")


def _consignee(cast: Cast, consignment: Consignment) -> None:
    case = consignment.seizure.case
    consignee = enter(cast, consignment, "Red River Provisions Co.", "VN", "consignee", "notify")
    bill = Origin("case_document", "Bill of lading MOLMBA240931", day(SEIZED + 2), case)
    _say(
        cast, consignee, bill, name="Red River Provisions Co.",
        address="Lô 12, Đường Bến Bính, Hải Phòng", phone="+84 24 0000 0117",
    )  # fmt: skip
    parties.add_fact(
        consignee,
        kind=code("fact_kind", "owner"),
        unknown_reason=code("ownership_unknown_reason", "not_asked"),
        origin=bill,
        actor=cast.investigator,
    )


def _agent(cast: Cast, consignment: Consignment) -> None:
    agent = enter(
        cast, consignment, "Seven Baobabs Clearing & Forwarding Ltd", "KE", "clearing_agent"
    )
    licence = Origin("register", "List of licensed customs agents", day(SEIZED - 2))
    _say(
        cast, agent, licence, name="Seven Baobabs Clearing & Forwarding Ltd",
        licence="CA/AG/0931", address="Harbour House, third floor, Mombasa",
    )  # fmt: skip
    for fact in agent.facts.all():
        parties.verify(
            fact,
            method="Read in the list of agents",
            verified_on=day(SEIZED - 2),
            actor=cast.investigator,
        )
