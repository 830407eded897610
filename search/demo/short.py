"""A dozen short stories across tiers and years, so that lists, search and figures have a body."""

import csv
from dataclasses import dataclass
from pathlib import Path

from casework import cases, seizures
from casework.models import Case, Proceeding
from casework.seizures import Found
from search.demo import false_floor, trial
from search.demo.cast import Cast
from search.demo.stage import KILO, at, code, port, taxon
from search.demo.trial import Counted

FALSE_FLOOR = "Tusks under a false floor"
STORIES = Path(__file__).with_name("short.csv")


@dataclass(frozen=True)
class Short:
    """One story in a line. `days` before today; `end` says how far it came."""

    days: int
    title: str
    tier: str
    species: str
    specimen: str
    count: int
    kilos: float
    place: str
    locode: str
    found_by: str
    end: str
    section: str
    court: str
    accused: tuple[str, ...]


def stories() -> list[Short]:
    """The rows of short.csv, the oldest first."""
    with STORIES.open(encoding="utf-8", newline="") as file:
        return [_story(row) for row in csv.DictReader(file)]


def _story(row: dict[str, str]) -> Short:
    numbers = {
        "days": int(row.pop("days")),
        "count": int(row.pop("count") or 0),
        "kilos": float(row.pop("kilos") or 0),
    }
    accused = tuple(name.strip() for name in row.pop("accused").split(";") if name.strip())
    return Short(accused=accused, **numbers, **row)  # type: ignore[arg-type]  # columns are fields


def tell(cast: Cast) -> list[Case]:
    """All of them, the oldest first."""
    cases_told = [_tell(cast, story, number) for number, story in enumerate(stories(), 1)]
    for case in cases_told:
        if case.title == FALSE_FLOOR:
            false_floor.tell(cast, case)
    return cases_told


def _tell(cast: Cast, story: Short, number: int) -> Case:
    case = _seizure(cast, story)
    if story.end in ("recorded", "inquiry"):
        if story.end == "inquiry":
            with at(story.days - 1, "08:30"):
                cases.step(
                    case, to="inquiry", actor=case.lead_officer, reason="Papers to follow up"
                )
        return case
    if story.end == "not_charged":
        _refuse(cast, case, story)
        return case
    if story.end == "submitted":
        _submit_only(cast, case, story)
        return case
    _court(cast, case, story, number)
    return case


def _seizure(cast: Cast, story: Short) -> Case:
    actor = cast.ranger if story.tier == "poaching" else cast.investigator
    with at(story.days, "06:20") as seized_at:
        pass
    with at(story.days, "09:45"):
        seizure = seizures.record(
            actor=actor,
            title=story.title,
            tier=story.tier,
            seized_at=seized_at,
            agency=actor.agency,
            unit=actor.unit,
            place=story.place,
            port=port(story.locode) if story.locode else None,
            direction="export" if story.locode else "internal",
            detection_method=code("detection_method", story.found_by),
            items=[_found(story)],
        )
    return seizure.case


def _found(story: Short) -> Found:
    return Found(
        taxon=taxon(story.species) if story.species else None,
        taxon_as_given="" if story.species else "Hartebeest",
        specimen=code("specimen", story.specimen),
        count=story.count or None,
        weight_mg=int(story.kilos * KILO) or None,
        scale="KP-118" if story.kilos else "",
    )


QUERIES = (
    "Who signed for the parcel at the counter?",
    "The scales were weighed in their bag. Weigh them without it.",
)
ANSWERS = (
    "A man who gave his name as Tito Mrisho; the counter's book is in the files.",
    "4.4 kg without the bag, on scale KP-118.",
)


def _submit_only(cast: Cast, case: Case, story: Short) -> None:
    """Sent, returned with two queries, answered, and sent again."""
    from casework import submissions

    lead = case.lead_officer
    with at(10, "09:10"):
        first = submissions.submit(case, to=cast.prosecutor, actor=lead)
    with at(8, "12:00"):
        submissions.decide(first, decision="returned", queries=QUERIES, actor=cast.prosecutor)
    for days, query, answer in zip((6, 4), first.queries.all(), ANSWERS, strict=True):
        with at(days, "15:30"):
            submissions.answer(query, answer=answer, actor=lead)
    with at(3, "16:05"):
        submissions.submit(
            case,
            to=cast.prosecutor,
            actor=case.lead_officer,
            note="The species report is attached.",
        )


def _refuse(cast: Cast, case: Case, story: Short) -> None:
    from casework import submissions

    with at(story.days - 90, "10:00"):
        submission = submissions.submit(case, to=cast.prosecutor, actor=case.lead_officer)
    with at(story.days - 131, "10:00"):
        submissions.decide(
            submission,
            decision="refused",
            cause=code("charging_reason", "no_link"),
            has_evidence=False,
            reason="Nobody behind the exporter can be named, and the consignee does not exist.",
            actor=cast.prosecutor,
        )


def _court(cast: Cast, case: Case, story: Short, number: int) -> None:
    opened = story.days - 12
    trial.send(cast, case, story.days - 6)
    proceeding = trial.charge(
        cast,
        case,
        opened=opened,
        court_name=story.court,
        number=f"CR {300 + 7 * number}/{90 + number}",
        accused=[(name, "") for name in story.accused],
        counts=[Counted(story.section, _particulars(story), tuple(_numbers(story)))],
        offence=story.days,
    )
    pleads_guilty = story.end == "plea"
    trial.plead(cast, proceeding, opened - 1, "guilty" if pleads_guilty else "not_guilty")
    if pleads_guilty:
        decided = trial.decide(cast, proceeding, opened - 1, "convicted_plea")
        trial.sentence(cast, decided, opened - 2, fine=1_000_000 if number % 2 else 3_000_000)
        trial.collect(cast, decided, opened - 30, is_paid=bool(number % 2))
        return
    _contested(cast, proceeding, story, opened)


def _contested(cast: Cast, proceeding: Proceeding, story: Short, opened: int) -> None:
    trial.hear(cast, proceeding, opened - 60, note="PW1 heard.", present="Both sides")
    trial.hear(cast, proceeding, opened - 130, adjourned="witness_on_duty", note="PW2 at sea.")
    trial.hear(cast, proceeding, opened - 220, adjourned="defence_counsel_unwell")
    if story.end == "trial":
        trial.hear(cast, proceeding, opened - 300, adjourned="report_not_ready", note="No report.")
        return
    endings = {
        "withdrawn": ("withdrawn", "The complainant agency withdrew."),
        "acquitted": ("no_case", "Nothing links either accused to the container."),
        "dismissed": ("dismissed", "The prosecution did not appear a third time."),
        "convicted": ("convicted_trial", ""),
    }
    decision, reason = endings[story.end]
    decided = trial.decide(cast, proceeding, opened - 380, decision, reason)
    if decision == "convicted_trial":
        trial.sentence(cast, decided, opened - 381, years=7)


def _particulars(story: Short) -> str:
    names = " and ".join(story.accused)
    return f"On the day named, at {story.place}, {names} had in possession: {story.title.lower()}."


def _numbers(story: Short) -> range:
    return range(1, len(story.accused) + 1)
