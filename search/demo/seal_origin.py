"""Customs' own case, eight weeks before the tea: where the seal was cut whose number came back.

The wildlife officers may not read it; its lead is told of the match, and shares it.
"""

from casework.models import Case
from casework.seizures import Found
from kyc.cargo import consignments
from kyc.cargo.consignments import Box
from kyc.models import Consignment, Match
from kyc.ties import matches
from search.demo.cast import Cast
from search.demo.stage import KILO, at, code, day, port, taxon
from search.demo.tea import SEIZED
from search.demo.tea_trade import CLONED

DAYS = SEIZED + 56


def tell(cast: Cast) -> Case:
    with at(DAYS, "13:10") as seized_at:
        pass
    with at(DAYS, "15:45"):
        seizure = consignments.record_seizure(
            actor=cast.customs_officer,
            title="Sandalwood in a container of salt",
            tier="port",
            seized_at=seized_at,
            summary="Customs cut their own seal to examine the load; its halves went into a bin.",
            agency=cast.customs_officer.agency,
            unit=cast.customs_officer.unit,
            port=port("KEMBA"),
            place="Examination shed 2, Kilindini",
            direction="export",
            detection_method=code("detection_method", "targeting"),
            declared_goods="Salt",
            items=[Found(
                taxon=taxon("Osyris lanceolata"), specimen=code("specimen", "TIM"),
                weight_mg=6_300 * KILO, scale="KP-104",
            )],
            consignment={"goods_description": "Salt, 900 bags", "packages": 900,
                         "stuffing_place": "Salt works, Gongoni"},
            boxes=[Box(number="TKLU7302140", size_type="22G1")],
        )  # fmt: skip
        _seals(cast, seizure.consignments.get())
    return seizure.case


def _seals(cast: Cast, consignment: Consignment) -> None:
    for stage, days, place, by in (
        ("stuffing", 2, "Salt works, Gongoni", "Insp. Ali Mwakio"),
        ("opening", 0, "Examination shed 2, Kilindini", "Insp. Ali Mwakio"),
    ):
        consignments.add_seal(
            consignment, number=CLONED, source=code("seal_source", "CUS"),
            container=consignment.containers.get(), stage=stage, seen_on=day(DAYS + days),
            seen_at_place=place, seen_by=by, is_intact=True, actor=cast.customs_officer,
        )  # fmt: skip


def share(cast: Cast, case: Case) -> None:
    """Two days after the tea was stopped, the customs officer lets its readers know."""
    with at(SEIZED - 2, "08:20"):
        matches.share(
            Match.objects.get(case=case, kind="seal"), actor=cast.customs_officer,
            note="I cut this seal myself at shed 2. Whoever emptied the bin had its number.",
        )  # fmt: skip
    with at(SEIZED - 2, "09:05"):
        mine = Match.objects.get(other_case=case, kind="seal")
        matches.keep(mine, actor=cast.investigator)  # the customs officer reads her case already
