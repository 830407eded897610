"""The trade papers of the tea story: three versions of the bill of lading and of the entry, and
the seals as they were read along the way."""

from casework.models import Seizure
from evidence.models import Attachment
from kyc.cargo import bills, consignments, entries
from kyc.models import Consignment
from search.demo.cast import Cast
from search.demo.stage import KILO, ago, at, code, day
from search.demo.tea import SEIZED

CLONED = "CU 558120"  # cut eight weeks earlier from another container: see seal_origin.py
LINE = "Meridian Orient Line, Mombasa"
FIRST_CONSIGNEE = "Jade Heron Tea Import Pte"
LAST_CONSIGNEE = "Red River Provisions Co."


def tell(cast: Cast, seizure: Seizure) -> None:
    consignment: Consignment = seizure.consignments.get()
    with at(SEIZED, "11:40"):
        _box(cast, consignment)
        _seals(cast, consignment)
    with at(SEIZED - 1, "16:10"):
        _entries(cast, consignment)
    with at(SEIZED - 2, "10:20"):
        _bills(cast, consignment)


def _box(cast: Cast, consignment: Consignment) -> None:
    box = consignment.containers.get()
    consignments.amend_container(
        box, number=box.number, is_recorded_as_found=False, is_shipper_owned=False,
        tare_mg=2_230 * KILO, actor=cast.investigator, reason="Tare read from the door",
    )  # fmt: skip


def _seals(cast: Cast, consignment: Consignment) -> None:
    """On the door the number of a seal cut before; the line's own was changed on the way."""
    box, bearer = consignment.containers.get(), "Clerk of Seven Baobabs, as his note says"
    for number, source, stage, days, place, by, is_intact in (
        (CLONED, "CUS", "stuffing", 3, "Shed 4, Old Ginnery Yard", bearer, True),
        ("MOL 204471", "CAR", "stuffing", 3, "Shed 4, Old Ginnery Yard", bearer, True),
        ("MOL 204471", "CAR", "bill", 2, "", LINE, None),
        ("MOL 204417", "CAR", "gate_in", 0, "Gate 9", "Gate clerk", True),
        (CLONED, "CUS", "gate_in", 0, "Gate 9", "Gate clerk", True),
        (CLONED, "CUS", "opening", 0, "Gate 9 scanner yard", "Sgt Amina Wekesa", True),
    ):
        consignments.add_seal(
            consignment, number=number, source=code("seal_source", source), container=box,
            stage=stage, seen_on=day(SEIZED + days), seen_at_place=place, seen_by=by,
            is_intact=is_intact, actor=cast.investigator,
        )  # fmt: skip


def _entries(cast: Cast, consignment: Consignment) -> None:
    """Lodged for Singapore and sent to the red lane; amended that night, and then the green one."""
    told = {
        "number": "2024MSA40117", "declarant": "Seven Baobabs Clearing & Forwarding Ltd",
        "exporter": "Tamarind Reef Exporters Ltd", "consignee": FIRST_CONSIGNEE,
        "goods_description": "Black tea CTC, 640 bags", "hs_codes": "0902.40", "packages": 640,
        "gross_weight_mg": 21_760 * KILO, "value": 47_872, "value_currency": "USD",
        "equipment_references": "MDOU4182079", "country_of_destination": "SG",
        "received_from": "Customs Authority, Kilindini",
    }  # fmt: skip
    entries.add_version(
        consignment, **told, lodged_at=ago(SEIZED + 2, "10:12"), lane="red",
        selected_at=ago(SEIZED + 2, "10:19"), actor=cast.investigator,
    )  # fmt: skip
    told |= {"consignee": LAST_CONSIGNEE, "country_of_destination": "VN"}
    entries.add_version(
        consignment, **told, lodged_at=ago(SEIZED + 1, "22:51"), lane="green",
        selected_at=ago(SEIZED + 1, "22:58"), changed_by="Seven Baobabs, login of B. Tsofa",
        actor=cast.investigator,
    )  # fmt: skip


def _bills(cast: Cast, consignment: Consignment) -> None:
    """Two versions as any honest trade has them; the third switches who gets the tea, at night."""
    told = {
        "number": "MOLMBA240931", "carrier_code": "MOLX", "shipper": "Tamarind Reef Exporters Ltd",
        "consignee": FIRST_CONSIGNEE, "notify_party": FIRST_CONSIGNEE,
        "port_of_loading": "Mombasa", "port_of_discharge": "Singapore",
        "vessel_name": "Meridian Aster", "voyage": "117E", "hs_codes": "0902.40",
        "description_of_goods": "638 bags black tea CTC", "packages": 638,
        "gross_weight_mg": 21_692 * KILO, "equipment_references": "MDOU4182079",
        "seal_numbers": "MOL 204471", "freight_payment": "PRE",
        "freight_payer": "Anchor Lane Consulting", "received_from": LINE,
        "received_on": day(SEIZED - 2),
    }  # fmt: skip
    bills.add_version(consignment, **told, issued_on=day(SEIZED + 2), actor=cast.investigator)
    told |= {"description_of_goods": "640 bags black tea CTC", "packages": 640,
             "gross_weight_mg": 21_760 * KILO}  # fmt: skip
    bills.add_version(
        consignment, **told, changed_by="Tamarind Reef Exporters, by e-mail",
        changed_at=ago(SEIZED + 2, "15:30"), change_reason="Two bags more were loaded",
        actor=cast.investigator,
    )  # fmt: skip
    told |= {"consignee": LAST_CONSIGNEE, "notify_party": LAST_CONSIGNEE,
             "port_of_discharge": "Hai Phong"}  # fmt: skip
    paper = Attachment.objects.get(case=consignment.seizure.case, name="bill-of-lading.pdf")
    bills.add_version(
        consignment, **told, changed_by="Seven Baobabs, login of B. Tsofa",
        changed_at=ago(SEIZED + 1, "23:47"), change_reason="Sold on while on the way",
        attachment=paper, actor=cast.investigator,
    )  # fmt: skip
