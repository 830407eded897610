"""Timber whose protection depends on the day: loaded under one listing, seized under the next.

The days of this story are fixed, since the listings are.
"""

from datetime import date

from django.utils import timezone

from casework import charges, outcomes, proceedings
from casework.models import Case, Proceeding
from casework.procedure import steps
from casework.seizures import Found
from casework.sentencing import orders
from evidence import exhibits
from evidence.exhibits import Thing
from evidence.models import Exhibit
from evidence.papers import alarms
from evidence.proof import filing
from kyc.cargo import consignments
from kyc.cargo.consignments import Box
from search.demo import trial
from search.demo.cast import Cast
from search.demo.stage import KILO, ZONE, ago, at, code, court, day, port, provision, taxon

LOADED, SEIZED, FILED = date(2016, 12, 19), date(2017, 1, 9), date(2017, 2, 6)
DECIDED = date(2019, 3, 14)
DESPITE = "The botanist's report names the genus only; the owner must not take the logs away."


def days_since(moment: date) -> int:
    return (timezone.localdate(timezone=ZONE) - moment).days


def tell(cast: Cast) -> Case:
    """Seized a week after the listing changed; the court asks which one held, and acquits."""
    case = _seizure(cast)
    logs = _exhibit(cast, case)
    trial.send(cast, case, days_since(SEIZED) - 8, "Which appendix holds: of loading, or today's?")
    proceeding = _charged(cast, case, logs)
    trial.plead(cast, proceeding, days_since(FILED) - 1)
    _decided(cast, proceeding, logs)
    return case


def _seizure(cast: Cast) -> Case:
    days = days_since(SEIZED)
    with at(days, "10:20") as seized_at:
        pass
    with at(days, "14:05"):
        seizure = consignments.record_seizure(
            actor=cast.investigator,
            title="Rosewood in transit, loaded before its listing changed",
            tier="port",
            seized_at=seized_at,
            summary="Thirty-four containers of logs in transit. Loaded on 19 December 2016; the "
            "listing of the genus changed on 2 January 2017; seized a week later.",
            agency=cast.investigator.agency,
            unit=cast.investigator.unit,
            port=port("KEMBA"),
            place="Container yard 7, Mombasa",
            direction="transit",
            detection_method=code("detection_method", "targeting"),
            declared_goods="Timber, sawn",
            items=[Found(
                taxon=taxon("Dalbergia"), specimen=code("specimen", "LOG"), count=1_940,
                weight_mg=640_000 * KILO, scale="KP-118",
            )],
            consignment={"goods_description": "Timber", "stuffing_place": "Depot up-country"},
            boxes=[Box(number="KVBU6120042", seal_number="CA 55102",
                       seal_source=code("seal_source", "CAR"))],
        )  # fmt: skip
    return seizure.case


def _exhibit(cast: Cast, case: Case) -> Exhibit:
    seizure, days = case.seizures.get(), days_since(SEIZED)
    with at(days - 1, "09:30"):
        return exhibits.register(
            case,
            Thing(kind=code("exhibit_kind", "specimen"), description="1,940 logs, dark red wood",
                  item=seizure.items.get(), count=1_940, weight_mg=640_000 * KILO, scale="KP-118",
                  seal_number="WS-M 000311"),
            seizure=seizure, actor=cast.investigator, happened_at=ago(days, "10:20"),
            place="Container yard 7, Mombasa",
        )  # fmt: skip


def _charged(cast: Cast, case: Case, logs: Exhibit) -> Proceeding:
    days = days_since(FILED)
    with at(days, "10:00"):
        proceeding = proceedings.open_proceeding(
            case, court=court("Mombasa Law"), number="CR 11/71", opened_on=FILED,
            presiding="Hon. S. Wairimu", actor=cast.prosecutor,
        )  # fmt: skip
        accused = proceedings.add_accused(
            case, name="Idrissa Haule Mpenda", occupation="agent of the owner",
            actor=cast.prosecutor,
        )  # fmt: skip
        sheet = proceeding.charge_sheets.get()
        count = charges.add_count(
            sheet, provision=provision("99", LOADED), offence_on=LOADED, accused=[accused],
            particulars="Conveying 1,940 logs of rosewood without a permit.", actor=cast.prosecutor,
        )  # fmt: skip
        alarms.name_species(count, taxon=taxon("Dalbergia"), exhibits=[logs], actor=cast.prosecutor)
        filing.file(sheet, filed_on=FILED, actor=cast.prosecutor, despite=DESPITE)
    return proceeding


def _decided(cast: Cast, proceeding: Proceeding, logs: Exhibit) -> None:
    days = days_since(DECIDED)
    trial.hear(cast, proceeding, days + 390, note="PW1 heard: the botanist. Which species?")
    trial.hear(cast, proceeding, days + 210, adjourned="expert_unavailable")
    with at(days + 40, "12:00"):
        steps.take(proceeding, kind="opened", happened_on=day(days + 390), actor=cast.prosecutor)
        filing.close(
            proceeding, happened_on=day(days + 40), actor=cast.prosecutor,
            despite="No other expert can be had.",
        )  # fmt: skip
    with at(days, "11:00"):
        outcomes.decide(
            proceeding, decisions=dict.fromkeys(trial.charges_of(proceeding), "no_case"),
            decided_on=DECIDED, actor=cast.prosecutor,
            reason="On the day of loading only populations of another country were listed.",
        )  # fmt: skip
        orders.make(
            proceeding, kind=code("court_order", "return"), made_on=DECIDED, exhibits=[logs],
            number="CR 11/71, order of 14 March 2019", actor=cast.prosecutor,
            text="The logs go back to the owner when no appeal is possible any more.",
        )  # fmt: skip
