"""The tea story in court: three accused, four counts, nine hearings, six of them adjourned."""

from casework import cases, hearings
from casework.models import Case, Proceeding
from casework.sentencing import bail
from search.demo import trial
from search.demo.cast import Cast
from search.demo.stage import ago, at, code, day
from search.demo.tea import SEIZED
from search.demo.trial import Counted

ACCUSED = (
    ("Benson Karisa Tsofa", "clearing clerk"),
    ("Lucy Wanja Muriuki", "director of the exporter"),
    ("Duncan Ochieng Rabare", "transporter"),
)
COUNTS = (
    Counted(
        "92(2)",
        "On the day of the seizure at Gate 9, Mombasa, jointly with others not before the court, "
        "dealt in 187 elephant tusks and pieces of tusks weighing 1,612.4 kg.",
        (1, 2, 3),
    ),
    Counted(
        "92(4)",
        "On the day of the seizure at Gate 9, Mombasa, jointly had in possession 187 elephant "
        "tusks and pieces of tusks without a permit.",
        (1, 2, 3),
    ),
    Counted(
        "203",
        "Made an export entry that declared 640 bags of black tea, knowing it to be false.",
        (1, 3),
    ),
    Counted(
        "3", "Took part in an organised criminal group that exports wildlife trophies.", (1, 2)
    ),
)


def tell(cast: Cast, case: Case) -> None:
    with at(SEIZED, "18:00"):
        cases.step(
            case, to="inquiry", actor=cast.investigator, reason="Ivory in an export container"
        )
    _diary(cast, case)
    trial.send(cast, case, SEIZED - 3, "Three suspects are known; the consignee is abroad.")
    proceeding = trial.charge(
        cast,
        case,
        opened=SEIZED - 6,
        court_name="Mombasa Law",
        number="CR 412/77",
        accused=ACCUSED,
        counts=COUNTS,
        offence=SEIZED,
    )
    trial.plead(cast, proceeding, SEIZED - 7)
    _bail(cast, proceeding, case)
    _hearings(cast, proceeding)


def _diary(cast: Cast, case: Case) -> None:
    with at(SEIZED - 1, "19:20") as moment:
        cases.note(
            case,
            text="The neighbours of Plot 41 have never heard of the exporter.",
            happened_at=moment,
            actor=cast.investigator,
        )
        cases.note(
            case,
            text="A dock worker who wants no name says two lorries came at night.",
            happened_at=moment,
            is_sensitive=True,
            actor=cast.investigator,
        )


def _bail(cast: Cast, proceeding: Proceeding, case: Case) -> None:
    with at(SEIZED - 7, "12:00"):
        for person in trial.people_of(case):
            bail.decide(
                proceeding,
                accused=person,
                decision=code("bail", "granted_bond"),
                decided_on=day(SEIZED - 7),
                amount=5_000_000,
                conditions="Two sureties; passport deposited",
                actor=cast.prosecutor,
            )


def _hearings(cast: Cast, proceeding: Proceeding) -> None:
    """Held: plea, PW1 to PW3. Adjourned: six times, on four sides."""
    trial.hear(
        cast, proceeding, SEIZED - 7, kind="plea", note="Not guilty on all counts.", listed=0
    )
    trial.hear(cast, proceeding, SEIZED - 70, adjourned="defence_counsel_absent")
    trial.hear(cast, proceeding, SEIZED - 130, note="PW1 heard: the scanner officer.")
    trial.hear(cast, proceeding, 522, adjourned="magistrate_transferred")
    trial.hear(cast, proceeding, 430, adjourned="report_not_ready", note="No species report.")
    trial.hear(cast, proceeding, 383, note="PW2 and PW3 heard; E1 shown.", present="All accused")
    trial.hear(cast, proceeding, 270, adjourned="mla_pending", note="No answer from Viet Nam.")
    trial.hear(cast, proceeding, 150, adjourned="accused_absent", note="A3 absent; warrant issued.")
    trial.hear(cast, proceeding, 54, adjourned="witness_on_duty", note="PW4 on other duty.")
    with at(54, "12:40"):
        hearings.schedule(
            proceeding,
            kind=code("hearing_type", "hearing"),
            starts_at=ago(-3, "09:00"),
            courtroom="Court 3",
            presiding=proceeding.presiding,
            actor=cast.prosecutor,
        )
