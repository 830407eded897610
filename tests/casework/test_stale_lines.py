"""Rows written past the operations: the figures read them, because their line is taken away."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from casework import lines
from casework.cohorts import Cohort, Question, State, Unit
from casework.models import Charge, ChargeLine, ChargeSheet, Count, Outcome, Plea, Sentence, User
from casework.statistics import rates, scope
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair


@pytest.fixture
def charge(investigator: User, prosecutor: User) -> Charge:
    """Of a sheet that is filed: its line is made."""
    pair = Pair(investigator, prosecutor)
    trial = stories.opened(stories.accepted(stories.seized(pair), pair), pair)
    (charge,) = stories.count_in(trial, stories.accuse(trial.case, pair, "Benson Tsofa"), pair)
    stories.file_sheet(trial, pair)
    assert ChargeLine.objects.filter(pk=charge.pk).exists()
    return charge


def convicted(charge: Charge) -> Outcome:
    row: Outcome = Outcome.objects.create(
        charge=charge, proceeding=charge.count.charge_sheet.proceeding,
        decision="convicted_trial", decided_on=stories.FILED + timedelta(days=9),
        recorded_by=charge.count.charge_sheet.proceeding.prosecutor,
    )  # fmt: skip
    return row


def states() -> dict[State, int]:
    now = timezone.now()
    asked = Question(as_at=now.date(), known_at=now, unit=Unit.COUNTS, cohort=Cohort.FILED)
    return {cell.now: cell.n for cell in rates.cells(asked, scope.condition(None))}


def test_a_decision_that_nobody_but_the_table_was_told_of_counts(charge: Charge) -> None:
    assert states() == {State.PENDING: 1}
    convicted(charge)
    assert states() == {State.CONVICTED: 1}


def passed(charge: Charge) -> None:
    outcome = convicted(charge)
    lines.renew([charge])
    Sentence.objects.create(outcome=outcome, imprisonment_days=9, recorded_by=outcome.recorded_by)


def pleaded(charge: Charge) -> None:
    Plea.objects.create(
        charge=charge, plea="guilty", entered_on=date(2020, 9, 9),
        recorded_by=charge.count.charge_sheet.proceeding.prosecutor,
    )  # fmt: skip


def statement(sql: str) -> Callable[[Charge], None]:
    def run(charge: Charge) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql.format(count=charge.count_id, charge=charge.pk))

    return run


@pytest.mark.parametrize(
    "write",
    [
        convicted,
        passed,
        pleaded,
        statement("UPDATE casework_chargesheet SET filed_on = '2019-01-01'"),
        statement("UPDATE casework_chargesheet SET filing_recorded_at = NULL"),
        statement("UPDATE casework_proceeding SET created_at = '2001-01-01 00:00:00'"),
        lambda charge: ChargeSheet.objects.update(filed_on=None),
        lambda charge: move(charge),
        lambda charge: put_in_place(charge),
    ],
)  # fmt: skip
def test_what_a_line_is_made_of_takes_it_away(
    charge: Charge, write: Callable[[Charge], object]
) -> None:
    write(charge)
    assert not ChargeLine.objects.filter(pk=charge.pk).exists()


def move(charge: Charge) -> None:
    """The count to a sheet of its own."""
    sheet = ChargeSheet.objects.create(proceeding=charge.count.charge_sheet.proceeding, version=2)
    Count.objects.filter(pk=charge.count_id).update(charge_sheet=sheet)


def put_in_place(charge: Charge) -> None:
    """A further charge in its line."""
    count = charge.count
    count.pk, count.number = None, 2
    count.save()
    Charge.objects.create(count=count, accused=charge.accused, root=charge)


def test_what_changes_nothing_of_it_leaves_the_line(charge: Charge) -> None:
    sheet = ChargeSheet.objects.get()
    sheet.filed_despite = "Because the ship sails."
    sheet.save()
    charge.tried_in = sheet.proceeding
    charge.save()
    charge.accused.name = "Benson Tsofa Kazungu"
    charge.accused.save()
    assert ChargeLine.objects.filter(pk=charge.pk).exists()
