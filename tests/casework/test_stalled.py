"""What stands still: no next date, no step, the same cause, absent witnesses, new magistrates."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from casework import access, clock, hearings
from casework.days import presiding, stalled
from casework.days.appearances import Seen
from casework.models import Hearing, Outcome, Proceeding, User
from casework.witnesses import witnesses
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair

SignIn = Callable[[User], Client]


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> Pair:
    return Pair(investigator, prosecutor)


@pytest.fixture
def trial(pair: Pair) -> Proceeding:
    return stories.charged(pair)[0].count.charge_sheet.proceeding


def list_one(trial: Proceeding, pair: Pair, days: int) -> Hearing:
    kind = stories.code("hearing_type", "hearing")
    at = clock.now() + timedelta(days=days)
    return hearings.schedule(trial, kind=kind, starts_at=at, actor=pair.prosecutor)


def adjourn(trial: Proceeding, pair: Pair, days: int, cause: str) -> None:
    hearings.record(
        list_one(trial, pair, days), state="adjourned", actor=pair.prosecutor,
        reason=stories.code("adjournment_reason", cause),
    )  # fmt: skip


def told(user: User) -> list[str]:
    return [sign.text for row in stalled.told(stalled.visible_to(user)) for sign in row.signs]


def test_a_moving_trial_is_not_listed(trial: Proceeding, pair: Pair) -> None:
    adjourn(trial, pair, -20, "court_not_sitting")
    list_one(trial, pair, 10)
    assert told(pair.prosecutor) == []


def test_no_next_date_and_no_step_since_the_file_was_opened(trial: Proceeding, pair: Pair) -> None:
    said = told(pair.prosecutor)
    assert said[0] == "No hearing is listed."
    assert "nothing happened since the file was opened" in said[1]


def test_three_adjournments_in_a_row_for_one_cause(trial: Proceeding, pair: Pair) -> None:
    list_one(trial, pair, 10)
    for days, cause in ((-50, "witness_absent"), (-40, "mourning_day"), (-30, "witness_absent"),
                        (-20, "witness_absent")):  # fmt: skip
        adjourn(trial, pair, days, cause)
    assert told(pair.prosecutor) == []
    adjourn(trial, pair, -10, "witness_absent")
    assert told(pair.prosecutor) == [
        "Adjourned 3 times in a row for the same cause: Witness absent, no reason given.",
        "Witnesses did not come to 3 hearings in a row.",
    ]
    hearings.record(list_one(trial, pair, -5), state="held", actor=pair.prosecutor)
    assert told(pair.prosecutor) == []


def test_two_changes_of_magistrate(trial: Proceeding, pair: Pair) -> None:
    list_one(trial, pair, 10)
    hearings.record(list_one(trial, pair, -5), state="held", actor=pair.prosecutor)
    cause = stories.code("presiding_change", "transferred")
    for name in ("Hon. A", "Hon. B"):
        presiding.change(
            trial, after=name, changed_on=clock.today(), cause=cause, actor=pair.prosecutor
        )
    assert told(pair.prosecutor) == ["The magistrate changed 2 times."]


def test_what_is_decided_stands_still_no_more(trial: Proceeding, pair: Pair) -> None:
    (charge,) = trial.charge_sheets.get().counts.get().charges.all()
    stories.decide({charge: Outcome.Decision.ACQUITTED}, pair)
    assert told(pair.prosecutor) == []
    stories.appeal(trial, pair)
    assert "No hearing is listed." in told(pair.prosecutor)


def test_each_sees_the_files_they_may_read(
    trial: Proceeding, pair: Pair, outsider: User, sign_in: SignIn
) -> None:
    assert told(outsider) == []
    assert trial.number not in sign_in(outsider).get("/hearings/stalled/").content.decode()
    client = sign_in(pair.prosecutor)
    assert trial.number in client.get("/hearings/stalled/").content.decode()
    narrowed = client.get("/hearings/stalled/?case=KE-NO-2020-0001&mine=on")
    assert trial.number not in narrowed.content.decode()
    assert trial.number in client.get("/hearings/stalled/?mine=on").content.decode()


def test_a_witness_absent_three_times_is_named_to_those_who_may_know(
    trial: Proceeding, pair: Pair, colleague: User
) -> None:
    hidden = witnesses.add(trial.case, name="Hidden", is_protected=True, actor=pair.investigator)
    why = stories.code("absence", "afraid")
    absent = Seen("witness", witness=hidden, has_appeared=False, why_absent=why)
    for days in (-30, -20, -10):
        hearings.record(
            list_one(trial, pair, days), state="held", actor=pair.prosecutor, appeared=[absent]
        )
    for person, number in ((pair.prosecutor, 1), (colleague, 0)):
        access.require(person, trial.case, "view")
        assert len(list(stalled.absent_in_a_row(trial, trial.case))) == number


def test_a_trial_whose_charges_a_retrial_has_waits_for_nothing(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    trial = charge.count.charge_sheet.proceeding
    stories.decide({charge: "convicted_trial"}, pair)
    brought = stories.appeal(trial, pair)
    stories.decide_appeal(brought, {charge: "retrial"}, pair)
    assert list(stalled.pending(Proceeding.objects.all())) == [trial]
    again = stories.retried(brought, pair)
    assert list(stalled.pending(Proceeding.objects.all())) == [again]
