"""The table of what may follow what: each legal step, each refusal with its reason."""

import pytest

from casework.procedure import machine
from casework.procedure.states import OPEN, State, Step

EVERY = [(state, step) for state in State for step in Step]
LEGAL = sorted(machine.TABLE)
ILLEGAL = sorted({*EVERY} - {*LEGAL})


@pytest.mark.parametrize(("state", "step"), LEGAL)
def test_a_legal_step_leads_somewhere(state: State, step: Step) -> None:
    assert machine.refusal(state, step) is None
    assert machine.after(state, step)
    assert step in machine.legal(state)


@pytest.mark.parametrize(("state", "step"), ILLEGAL)
def test_an_illegal_step_is_refused_in_a_sentence(state: State, step: Step) -> None:
    said = str(machine.refusal(state, step))
    assert said[0].isupper()
    assert said.endswith(".")
    assert machine.after(state, step) == ()


def test_every_state_but_the_last_ones_leads_on_and_every_state_is_reached() -> None:
    ends = {state for state in State if not machine.legal(state)}
    assert ends == {State.ABATED, State.SUBSTITUTED, State.FINAL, State.WITHDRAWN}
    reached = {State.DRAFTED}
    for _n in State:
        reached |= {to for (of, _step), tos in machine.TABLE.items() if of in reached for to in tos}
    assert reached == set(State)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_a_charge_that_is_open_can_be_dismissed_and_abated(state: State) -> None:
    assert machine.after(state, Step.DISMISS) == (State.DISMISSED,)
    assert machine.after(state, Step.ABATE) == (State.ABATED,)


@pytest.mark.parametrize(
    ("state", "step", "words"),
    [
        (State.FILED, Step.CONVICT, "before a plea"),
        (State.FILED, Step.CLOSE_PROSECUTION, "No plea is on record"),
        (State.PLEADED, Step.CONVICT_ON_PLEA, "plea is not guilty"),
        (State.PLEADED_GUILTY, Step.CONVICT, "plea is guilty"),
        (State.ON_TRIAL, Step.NO_CASE, "has not closed"),
        (State.CASE_TO_ANSWER, Step.WITHDRAW, "now acquits"),
        (State.PROSECUTION_CLOSED, Step.SUBSTITUTE, "amended before that"),
        (State.ON_TRIAL, Step.JOIN, "before the first witness"),
        (State.ACQUITTED, Step.CONVICT, "decided already"),
        (State.SENTENCED, Step.SENTENCE, "is on record"),
        (State.SENTENCED, Step.QUASH, "No appeal is pending"),
        (State.CONVICTION_APPEALED, Step.APPEAL, "cross-appeal"),
        (State.ACQUITTAL_APPEALED, Step.QUASH, "no conviction here"),
        (State.WITHDRAWN, Step.APPEAL, "may be charged again"),
        (State.SENTENCED, Step.ABATE, "changes nothing"),
        (State.FINAL, Step.APPEAL, "highest court"),
        (State.SUBSTITUTED, Step.PLEAD_GUILTY, "stands in its place"),
    ],
)
def test_the_reason_names_what_is_wrong(state: State, step: Step, words: str) -> None:
    assert words in str(machine.refusal(state, step))
