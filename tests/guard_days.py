"""What the addresses of witnesses and days in court name, made by the real operations."""

from datetime import date
from typing import Any

from casework.days import needs, summonses
from casework.models import Accused, Case, Hearing
from casework.witnesses import admissions, statements, witnesses
from tests.casework import court_stories as court


def of_the_witnesses(case: Case, accused: Accused, pair: court.Pair) -> dict[str, Any]:
    today = date.today()  # noqa: DTZ011
    witness = witnesses.add(case, name="Salim Mwero", contact="Gate 9", actor=pair.investigator)
    said = statements.record(
        case, witness=witness, text="I opened the door.", taken_on=today, actor=pair.investigator
    )
    admitted = admissions.record(
        accused, what="He drove the lorry.", made_on=today, actor=pair.prosecutor
    )
    return {"witness": witness.label, "statement": said.pk, "admission": admitted.pk}


def of_the_day(hearing: Hearing, pair: court.Pair) -> dict[str, Any]:
    today = date.today()  # noqa: DTZ011
    witness = hearing.proceeding.case.witnesses.get()
    need = needs.add(hearing, kind="witness", witness=witness, actor=pair.prosecutor)
    (paper,) = summonses.issue(hearing, [witness], issued_on=today, actor=pair.prosecutor)
    return {"day": str(today), "need": need.pk, "summons": paper.pk}
