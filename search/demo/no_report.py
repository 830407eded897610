"""A prosecution closed without a species report: the record keeps what was missing, and why."""

from casework import access, charges, outcomes, proceedings
from casework.models import Case, Proceeding
from casework.procedure import steps
from casework.seizures import Found
from evidence import exhibits, files
from evidence.exhibits import Thing
from evidence.proof import filing
from kyc.cargo import consignments
from kyc.cargo.consignments import Box
from search.demo import photographs, trial
from search.demo.cast import Cast
from search.demo.stage import KILO, ago, at, code, court, day, port, provision, taxon, upload
from search.demo.tea_exhibits import hand_over

SEIZED = 1720
DESPITE_FILING = "The laboratory has the samples; the accused must be charged within the day."
DESPITE_CLOSING = "The court refused a further adjournment; the report was promised four times."


def tell(cast: Cast) -> Case:
    """Charged in a day, closed after four adjournments without a report, no case to answer."""
    case = _seizure(cast)
    _exhibits(cast, case)
    trial.send(cast, case, SEIZED - 3, "The report on the tusks will follow.")
    proceeding = _charged(cast, case)
    trial.plead(cast, proceeding, SEIZED - 6)
    _heard(cast, proceeding)
    _closed(cast, proceeding)
    return case


def _seizure(cast: Cast) -> Case:
    with at(SEIZED, "03:10") as seized_at:
        pass
    with at(SEIZED, "07:25"):
        seizure = consignments.record_seizure(
            actor=cast.investigator,
            title="A tonne of ivory in sacks of coffee",
            tier="port",
            seized_at=seized_at,
            summary="Weighbridge slips of one container differed by a tonne. Behind the coffee "
            "lay tusks, cut short and wrapped.",
            agency=cast.investigator.agency,
            unit=cast.investigator.unit,
            port=port("KEMBA"),
            place="Berth 16, Mombasa",
            direction="export",
            detection_method=code("detection_method", "weighing"),
            declared_goods="Coffee, not roasted",
            items=[Found(
                taxon=taxon("Loxodonta africana"), specimen=code("specimen", "TUS"), count=142,
                weight_mg=1_003 * KILO, scale="KP-118", scale_calibrated_on=day(SEIZED + 90),
            )],
            consignment={"goods_description": "Coffee in sacks", "stuffing_place": "Athi River"},
            boxes=[Box(number="MDOU4410076", seal_number="SH 30471",
                       seal_source=code("seal_source", "SHI"))],
        )  # fmt: skip
    with at(SEIZED, "08:00"):
        access.grant(
            seizure.case, role="custodian", to=cast.custodian, actor=cast.investigator,
            reason="Keeps the exhibits",
        )  # fmt: skip
    return seizure.case


def _exhibits(cast: Cast, case: Case) -> None:
    seizure = case.seizures.get()
    with at(SEIZED, "10:40"):
        tusks = exhibits.register(
            case,
            Thing(kind=code("exhibit_kind", "specimen"), description="142 tusks, cut short",
                  item=seizure.items.get(), count=142, weight_mg=1_003 * KILO, scale="KP-118",
                  seal_number="WS-M 002210"),
            seizure=seizure, actor=cast.investigator, happened_at=ago(SEIZED, "03:10"),
            place="Berth 16, Mombasa",
        )  # fmt: skip
        files.attach(
            case, upload=upload("coffee.jpg", photographs.picture("tusks", "E1", 31), "image/jpeg"),
            kind="photograph", exhibit=tusks, caption="As they were found", actor=cast.investigator,
        )  # fmt: skip
    hand_over(
        tusks, cast.investigator, cast.custodian, (SEIZED, "15:05"), (SEIZED, "15:50"),
        purpose="Safe keeping", place="Exhibit store, room 2",
    )  # fmt: skip


def _charged(cast: Cast, case: Case) -> Proceeding:
    with at(SEIZED - 5, "09:20"):
        proceeding = proceedings.open_proceeding(
            case, court=court("Mombasa Law"), number="CF 31/78", opened_on=day(SEIZED - 5),
            presiding="Hon. L. Kiptoo", actor=cast.prosecutor,
        )  # fmt: skip
        accused = [
            proceedings.add_accused(case, name=name, occupation=part, actor=cast.prosecutor)
            for name, part in (("Rashid Mwinyi Baraka", "clearing agent"),
                               ("Joyce Atieno Obuya", "owner of the lorry"))
        ]  # fmt: skip
        sheet = proceeding.charge_sheets.get()
        for section, words in (
            ("92(2)", "Dealing in 142 elephant tusks at Berth 16."),
            ("203", "Declaring coffee, knowing that it was ivory."),
        ):
            charges.add_count(
                sheet, provision=provision(section, day(SEIZED)), offence_on=day(SEIZED),
                particulars=words, accused=accused, actor=cast.prosecutor,
            )  # fmt: skip
        filing.file(sheet, filed_on=day(SEIZED - 5), actor=cast.prosecutor, despite=DESPITE_FILING)
    return proceeding


def _heard(cast: Cast, proceeding: Proceeding) -> None:
    trial.hear(cast, proceeding, SEIZED - 90, note="PW1 heard: the weighbridge clerk.")
    with at(SEIZED - 90, "13:00"):
        steps.take(proceeding, kind="opened", happened_on=day(SEIZED - 90), actor=cast.prosecutor)
    for days in (170, 260, 365, 470):
        trial.hear(
            cast, proceeding, SEIZED - days, adjourned="report_not_ready",
            note="No species report.",
        )  # fmt: skip
    trial.hear(cast, proceeding, SEIZED - 540, note="PW2 heard. Prosecution closed.")


def _closed(cast: Cast, proceeding: Proceeding) -> None:
    days = SEIZED - 540
    with at(days, "15:10"):
        filing.close(
            proceeding, happened_on=day(days), actor=cast.prosecutor, despite=DESPITE_CLOSING
        )
    with at(days - 20, "11:30"):
        outcomes.decide(
            proceeding, decisions=dict.fromkeys(trial.charges_of(proceeding), "no_case"),
            decided_on=day(days - 20), reason="Nobody told the court of what animal the tusks are.",
            cause=code("outcome_cause", "no_species_report"), actor=cast.prosecutor,
        )  # fmt: skip
