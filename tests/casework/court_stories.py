"""Cases brought to a stage of their trial by the real operations; every name is invented."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from casework import (
    access,
    charges,
    clock,
    outcomes,
    proceedings,
    seizures,
    submissions,
)
from casework.models import (
    Accused,
    Case,
    Charge,
    Code,
    Court,
    Outcome,
    Plea,
    Proceeding,
    Provision,
    Seizure,
    TrialStep,
    User,
)
from casework.procedure import amendments, steps, transfers

SEIZED = date(2020, 3, 2)
OPENED = date(2020, 3, 10)
FILED = date(2020, 3, 12)
PLEADED = date(2020, 3, 16)
DECIDED = date(2021, 6, 1)
AMENDED = date(2020, 9, 1)
OPENED_EVIDENCE = date(2020, 6, 1)
APPEALED = date(2021, 6, 10)
APPEAL_DECIDED = date(2022, 2, 1)
RETRIED = date(2022, 3, 1)


@dataclass(frozen=True)
class Pair:
    """The two people a story needs: who seizes, and who prosecutes."""

    investigator: User
    prosecutor: User


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def seized(pair: Pair, *, day: date = SEIZED, tier: str = "port") -> Case:
    """A case with one seizure, recorded on its day."""
    with clock.telling(noon(day)):
        seizure: Seizure = seizures.record(
            actor=pair.investigator, title="Ivory in tea", tier=tier, seized_at=noon(day),
            place="Gate 9",
        )  # fmt: skip
    return seizure.case


def accepted(case: Case, pair: Pair, *, day: date = OPENED) -> Case:
    """The file is sent to the prosecutor, who accepts it."""
    with clock.telling(noon(day)):
        sent = submissions.submit(case, to=pair.prosecutor, actor=pair.investigator)
        submissions.decide(sent, decision="accepted", actor=pair.prosecutor)
    case.refresh_from_db()
    return case


def court(level: str = "magistrate") -> Court:
    return Court.objects.filter(level=level).earliest("pk")


def provision() -> Provision:
    return Provision.objects.get(section="92(4)")


def code(kind: str, name: str) -> Code:
    return Code.objects.get(kind=kind, code=name)


def opened(case: Case, pair: Pair, *, number: str = "", day: date = OPENED) -> Proceeding:
    with clock.telling(noon(day)):
        return proceedings.open_proceeding(
            case, court=court(), number=number or f"CR {case.pk}/2020", opened_on=day,
            actor=pair.prosecutor,
        )  # fmt: skip


def accuse(case: Case, pair: Pair, *names: str) -> list[Accused]:
    return [proceedings.add_accused(case, name=name, actor=pair.prosecutor) for name in names]


def count_in(
    trial: Proceeding, accused: Sequence[Accused], pair: Pair, *, day: date = SEIZED
) -> list[Charge]:
    """One count of the draft against these accused; its charges."""
    count = charges.add_count(
        trial.charge_sheets.get(), provision=provision(), offence_on=day,
        particulars="Had in his possession 24 tusks.", accused=accused, actor=pair.prosecutor,
    )  # fmt: skip
    return list(count.charges.order_by("accused__number"))


def file_sheet(trial: Proceeding, pair: Pair, *, day: date = FILED) -> None:
    with clock.telling(noon(day)):
        charges.file_sheet(trial.charge_sheets.get(), filed_on=day, actor=pair.prosecutor)


def plead(
    found: Sequence[Charge], pair: Pair, *, plea: str = Plea.Kind.NOT_GUILTY, day: date = PLEADED
) -> None:
    trial = found[0].tried_in or found[0].count.charge_sheet.proceeding
    with clock.telling(noon(day)):
        charges.enter_pleas(
            trial, pleas=dict.fromkeys(found, plea), entered_on=day, actor=pair.prosecutor
        )


def decide(decisions: Mapping[Charge, str], pair: Pair, *, day: date = DECIDED) -> list[Outcome]:
    """What the trial of these charges decided; before no case to answer the prosecution closes."""
    first = next(iter(decisions))
    trial = first.tried_in or first.count.charge_sheet.proceeding
    if "no_case" in decisions.values():
        step(trial, "prosecution_closed", pair, day=day)
    with clock.telling(noon(day)):
        return outcomes.decide(trial, decisions=decisions, decided_on=day, actor=pair.prosecutor)


def charged(
    pair: Pair, *, names: Sequence[str] = ("Benson Tsofa",), tier: str = "port", day: date = SEIZED
) -> list[Charge]:
    """The charges of a new case whose sheet is filed and whose accused pleaded not guilty."""
    case = accepted(seized(pair, day=day, tier=tier), pair)
    trial = opened(case, pair)
    found = count_in(trial, accuse(case, pair, *names), pair, day=day)
    file_sheet(trial, pair)
    plead(found, pair)
    return found


def step(
    trial: Proceeding, kind: str, pair: Pair, *, day: date = OPENED_EVIDENCE, **values: Any
) -> TrialStep:
    """A step of the trial: `opened`, `prosecution_closed`, `case_to_answer`, ..."""
    with clock.telling(noon(day)):
        return steps.take(trial, kind=kind, happened_on=day, actor=pair.prosecutor, **values)


def amended(
    found: Sequence[Charge],
    pair: Pair,
    *,
    accused: Sequence[Accused] = (),
    day: date = AMENDED,
    particulars: str = "Had in his possession 24 teeth.",
) -> list[Charge]:
    """The count of these charges is replaced by an amended one, filed; its new charges."""
    old = found[0].count
    trial = found[0].tried_in or old.charge_sheet.proceeding
    with clock.telling(noon(day)):
        sheet = amendments.begin(trial, why="The expert found other things", actor=pair.prosecutor)
        new = amendments.replace(
            sheet, old, provision=old.provision, offence_on=old.offence_on, offence=old.offence,
            particulars=particulars, accused=accused or [one.accused for one in found],
            actor=pair.prosecutor,
        )  # fmt: skip
        charges.file_sheet(sheet, filed_on=day, actor=pair.prosecutor)
    return list(new.charges.order_by("accused__number"))


def severed(
    found: Sequence[Charge], pair: Pair, *, day: date = AMENDED, number: str = ""
) -> Proceeding:
    """These charges are tried in a court file of their own from now on."""
    trial = found[0].tried_in or found[0].count.charge_sheet.proceeding
    with clock.telling(noon(day)):
        return transfers.sever(
            trial, charges=found, ordered_on=day, court=court(),
            number=number or f"CR {trial.pk}B/2020", actor=pair.prosecutor,
        )  # fmt: skip


def retried(appeal_decided: Proceeding, pair: Pair, *, day: date = RETRIED) -> Proceeding:
    """The court file of the retrial that this appeal ordered."""
    with clock.telling(noon(day)):
        return proceedings.open_proceeding(
            appeal_decided.case, kind="retrial", court=court(), opened_on=day,
            number=f"RT {appeal_decided.pk}/2022", actor=pair.prosecutor,
        )  # fmt: skip


def appeal(trial: Proceeding, pair: Pair, *, day: date = APPEALED) -> Proceeding:
    with clock.telling(noon(day)):
        return proceedings.open_appeal(
            trial, court=court("high"), number=f"HCCRA {trial.pk}/2021", opened_on=day,
            appellant_side="defence", actor=pair.prosecutor,
        )  # fmt: skip


def decide_appeal(
    brought: Proceeding, results: Mapping[Charge, str], pair: Pair, *, day: date = APPEAL_DECIDED
) -> list[Outcome]:
    with clock.telling(noon(day)):
        return outcomes.decide_appeal(
            brought, results=results, decided_on=day, actor=pair.prosecutor
        )


def join(case: Case, person: User, role: str, pair: Pair) -> None:
    access.grant(case, role=role, to=person, actor=pair.investigator, reason="Works on the case")
