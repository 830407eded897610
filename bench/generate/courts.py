"""Invented proceedings with their counts, accused, hearings and outcomes."""

from bench.generate.batch import Batch, day_of, officer_of
from casework.models import Accused, Charge, ChargeSheet, Count, Hearing, Outcome, Proceeding

HEARINGS = 5


def write(batch: Batch) -> None:
    in_court = [case for case in batch.cases if case.status in ("trial", "concluded")]
    trials = batch.save(
        Proceeding(
            case=case,
            court=batch.setting.court,
            number=f"CF {case.pk}/{case.created_at.year}",
            presiding="Hon. Invented Achola",
            prosecutor=officer_of(case),
            opened_on=day_of(case, 30).date(),
            created_by=officer_of(case),
        )
        for case in in_court
    )
    _charges(batch, trials)
    batch.save(
        Hearing(
            proceeding=trial,
            kind=batch.code("hearing_type"),
            starts_at=day_of(trial.case, 60 + 40 * number),
            state="adjourned",
            note=batch.text(25),
            adjournment_reason=batch.code("adjournment_reason"),
            recorded_by=officer_of(trial.case),
        )
        for trial in trials
        for number in range(HEARINGS)
    )


def _charges(batch: Batch, trials: list[Proceeding]) -> None:
    sheets = batch.save(
        ChargeSheet(proceeding=trial, filed_on=trial.opened_on, filed_by=officer_of(trial.case))
        for trial in trials
    )
    counts = batch.save(
        Count(
            charge_sheet=sheet,
            number=number,
            provision=batch.setting.provision,
            offence="Dealing in a trophy",
            particulars=batch.text(30),
            offence_on=sheet.proceeding.opened_on,
        )
        for sheet in sheets
        for number in (1, 2)
    )
    accused = batch.save(
        Accused(case=trial.case, number=number, name=f"{batch.text(2)} {trial.pk}")
        for trial in trials
        for number in (1, 2)
    )
    charges = batch.save(
        Charge(count=count, accused=person)
        for place, count in enumerate(counts)
        for person in accused[2 * (place // 2) : 2 * (place // 2) + 2]
    )
    batch.save(
        Outcome(
            charge=charge,
            proceeding=charge.count.charge_sheet.proceeding,
            decision=batch.random.choice(("convicted_trial", "acquitted", "withdrawn")),
            decided_on=day_of(charge.accused.case, 400).date(),
            recorded_by=officer_of(charge.accused.case),
        )
        for charge in charges
        if charge.accused.case.status == "concluded"
    )
