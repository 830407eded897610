"""Short steps that several stories share: to the prosecutor, into court, to a verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

from casework import charges, hearings, outcomes, proceedings, submissions
from casework.models import Accused, Case, Charge, Outcome, Proceeding
from casework.procedure import steps
from casework.sentencing import events
from search.demo.cast import Cast
from search.demo.stage import ago, at, code, court, day, provision


def send(cast: Cast, case: Case, days: int, note: str = "") -> None:
    """The lead sends the file; the prosecutor accepts it two days later."""
    with at(days, "15:40"):
        submission = submissions.submit(
            case, to=cast.prosecutor, actor=case.lead_officer, note=note
        )
    with at(days - 2, "11:10"):
        submissions.decide(submission, decision="accepted", actor=cast.prosecutor)


@dataclass(frozen=True)
class Counted:
    """A count: its section, particulars and the accused it names, by number from 1."""

    section: str
    particulars: str
    accused: tuple[int, ...]


def charge(
    cast: Cast,
    case: Case,
    *,
    opened: int,
    court_name: str,
    number: str,
    accused: Sequence[tuple[str, str]],
    counts: Sequence[Counted],
    offence: int,
    presiding: str = "Hon. R. Achola",
) -> Proceeding:
    """A trial with its filed charge sheet. `opened` and `offence` are days before today."""
    with at(opened, "10:00"):
        trial = proceedings.open_proceeding(
            case,
            court=court(court_name),
            number=number,
            opened_on=day(opened),
            presiding=presiding,
            actor=cast.prosecutor,
        )
        named = [
            proceedings.add_accused(case, name=name, occupation=part, actor=cast.prosecutor)
            for name, part in accused
        ]
        for count in counts:
            charges.add_count(
                trial.charge_sheets.get(),
                provision=provision(count.section, day(offence)),
                offence_on=day(offence),
                particulars=count.particulars,
                accused=[named[index - 1] for index in count.accused],
                actor=cast.prosecutor,
            )
        charges.file_sheet(trial.charge_sheets.get(), filed_on=day(opened), actor=cast.prosecutor)
    return trial


def plead(cast: Cast, trial: Proceeding, days: int, plea: str = "not_guilty") -> None:
    with at(days, "11:00"):
        charges.enter_pleas(
            trial,
            pleas=dict.fromkeys(charges_of(trial), plea),
            entered_on=day(days),
            actor=cast.prosecutor,
        )


def hear(
    cast: Cast,
    trial: Proceeding,
    days: int,
    *,
    note: str = "",
    adjourned: str = "",
    kind: str = "hearing",
    present: str = "",
    listed: int = 21,
) -> None:
    """A hearing held, or adjourned for a coded reason; listed some weeks before."""
    with at(days + listed, "16:00"):
        hearing = hearings.schedule(
            trial,
            kind=code("hearing_type", kind),
            starts_at=ago(days, "09:00"),
            courtroom="Court 3",
            presiding=trial.presiding,
            actor=cast.prosecutor,
        )
    with at(days, "12:30"):
        hearings.record(
            hearing,
            state="adjourned" if adjourned else "held",
            reason=code("adjournment_reason", adjourned) if adjourned else None,
            note=note,
            present=present,
            actor=cast.prosecutor,
        )


def decide(
    cast: Cast, trial: Proceeding, days: int, decision: str, reason: str = ""
) -> list[Outcome]:
    """One decision on every charge of the trial; no case to answer follows the prosecution's."""
    with at(days, "11:45"):
        if decision == "no_case":
            steps.take(
                trial, kind="prosecution_closed", happened_on=day(days), actor=cast.prosecutor
            )
        return outcomes.decide(
            trial,
            decisions=dict.fromkeys(charges_of(trial), decision),
            decided_on=day(days),
            reason=reason,
            actor=cast.prosecutor,
        )


def sentence(
    cast: Cast, decided: Sequence[Outcome], days: int, *, years: int = 0, fine: int = 0
) -> None:
    """A term, a fine with a default term, or both, on each conviction."""
    with at(days, "14:30"):
        for outcome in decided:
            outcomes.sentence(
                outcome,
                actor=cast.prosecutor,
                imprisonment_days=years * 365 or None,
                fine=fine or None,
                default_days=365 if fine else None,
            )


def collect(cast: Cast, decided: Sequence[Outcome], days: int, *, is_paid: bool) -> None:
    """A fine paid in two parts; or a third of it, and the term in default begun."""
    with at(days, "10:20"):
        for outcome in decided:
            passed = outcome.sentence
            fine = passed.fine or 0
            parts = (fine // 2, fine - fine // 2) if is_paid else (fine // 3,)
            for number, amount in enumerate(parts, start=1):
                events.record(
                    passed, kind="paid", happened_on=day(days), amount=amount,
                    receipt=f"KLR {days}-{number}", actor=cast.prosecutor,
                )  # fmt: skip
            if not is_paid:
                events.record(passed, kind="default", happened_on=day(days), actor=cast.prosecutor)


def appeal(
    cast: Cast,
    trial: Proceeding,
    *,
    filed: int,
    decided: int,
    number: str,
    result: str,
    reason: str,
) -> None:
    """An appeal by the defence to the High Court, and what it did to every conviction."""
    with at(filed, "10:20"):
        higher = proceedings.open_appeal(
            trial,
            court=court("High Court at Mombasa"),
            number=number,
            opened_on=day(filed),
            appellant_side="defence",
            presiding="Hon. Lady Justice M. Sanura",
            actor=cast.prosecutor,
        )
    with at(decided, "12:05"):
        convicted = Charge.objects.filter(
            count__charge_sheet__proceeding=trial,
            outcomes__decision__in=Outcome.CONVICTIONS,
            outcomes__superseded_by__isnull=True,
        )
        outcomes.decide_appeal(
            higher,
            results=dict.fromkeys(convicted, result),
            decided_on=day(decided),
            reason=reason,
            actor=cast.prosecutor,
        )


def charges_of(trial: Proceeding) -> list[Charge]:
    return list(charges.of_proceeding(trial))


def people_of(case: Case) -> list[Accused]:
    return list(case.accused.order_by("number"))
