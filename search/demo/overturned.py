"""The story that goes wrong on appeal: a conviction quashed, since the exhibits were scattered."""

from casework import access
from casework.models import Case, Proceeding
from casework.seizures import Found
from kyc.cargo import consignments
from kyc.cargo.consignments import Box
from search.demo import trial
from search.demo.cast import Cast
from search.demo.stage import KILO, at, code, day, port, taxon
from search.demo.trial import Counted

SEIZED = 1405


def tell(cast: Cast) -> Case:
    """Convicted after trial, sentenced, and set free by the High Court."""
    case = _seizure(cast)
    with at(SEIZED - 1, "08:00"):
        access.grant(
            case,
            role="custodian",
            to=cast.custodian,
            actor=cast.investigator,
            reason="Keeps the exhibits",
        )
    _exhibits(cast, case)
    _court(cast, case)
    return case


def _seizure(cast: Cast) -> Case:
    with at(SEIZED, "23:15") as seized_at:
        pass
    with at(SEIZED - 1, "06:40"):
        seizure = consignments.record_seizure(
            actor=cast.investigator,
            title="Two tonnes of ivory in a car yard",
            tier="port",
            seized_at=seized_at,
            summary="A tip-off led to a yard where 228 tusks lay under car parts.",
            agency=cast.investigator.agency,
            unit=cast.investigator.unit,
            port=port("KEMBA"),
            place="Car yard, Tudor",
            direction="export",
            detection_method=code("detection_method", "tip_off"),
            declared_goods="Used car parts",
            items=[
                Found(
                    taxon=taxon("Loxodonta africana"),
                    specimen=code("specimen", "TUS"),
                    count=228,
                    weight_mg=2_152 * KILO,
                    scale="KP-104",
                    scale_calibrated_on=day(SEIZED + 200),
                )
            ],
            consignment={"goods_description": "Car parts", "stuffing_place": "Car yard, Tudor"},
            boxes=[Box(number="KVBU3301197", seal_number="SH 88120",
                       seal_source=code("seal_source", "SHI"))],
        )  # fmt: skip
    return seizure.case


def _exhibits(cast: Cast, case: Case) -> None:
    from search.demo import overturned_exhibits

    overturned_exhibits.tell(cast, case, SEIZED)


def _court(cast: Cast, case: Case) -> None:
    trial.send(cast, case, SEIZED - 5)
    proceeding = trial.charge(
        cast,
        case,
        opened=SEIZED - 9,
        court_name="Mombasa Law",
        number="CMCR 98/74",
        accused=[("Faisal Juma Karani", "tenant of the yard"), ("Abdul Halim Said", "driver")],
        counts=[
            Counted("92(2)", "Dealing in 228 elephant tusks at a car yard in Tudor.", (1, 2)),
            Counted("92(4)", "Possession of 228 elephant tusks at a car yard in Tudor.", (1, 2)),
        ],
        offence=SEIZED,
    )
    trial.plead(cast, proceeding, SEIZED - 10)
    trial.hear(cast, proceeding, SEIZED - 80, note="PW1 and PW2 heard.", present="Both sides")
    trial.hear(
        cast,
        proceeding,
        SEIZED - 150,
        adjourned="exhibit_not_in_court",
        note="Tusks in two stores.",
    )
    trial.hear(cast, proceeding, SEIZED - 230, adjourned="magistrate_transferred")
    trial.hear(cast, proceeding, SEIZED - 340, adjourned="typed_proceedings")
    trial.hear(cast, proceeding, SEIZED - 450, note="PW3 to PW6 heard. Prosecution closed.")
    _verdict(cast, proceeding)
    trial.appeal(
        cast,
        proceeding,
        filed=SEIZED - 601,
        decided=SEIZED - 1010,
        number="HCCRA 87/75",
        result="quashed",
        reason="The evidence was scattered, and nobody could say who held the tusks for a week.",
    )


def _verdict(cast: Cast, proceeding: Proceeding) -> None:
    """The tenant is convicted on both counts, the driver acquitted."""
    from casework import outcomes

    days = SEIZED - 590
    decisions = {
        charge: "convicted_trial" if charge.accused.number == 1 else "acquitted"
        for charge in trial.charges_of(proceeding)
    }
    with at(days, "11:45"):
        decided = outcomes.decide(
            proceeding, decisions=decisions, decided_on=day(days), actor=cast.prosecutor
        )
    convicted = [outcome for outcome in decided if outcome.decision == "convicted_trial"]
    trial.sentence(cast, convicted, days - 1, years=20, fine=20_000_000)
