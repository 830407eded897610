"""What a correction of the court record may not leave behind."""

from datetime import date

import pytest

from casework import charges, clock, outcomes, proceedings
from casework.errors import RuleBroken
from casework.models import Charge, Outcome, Proceeding, User
from casework.procedure import amendments, deaths, record, standing, steps
from casework.procedure.position import state
from casework.procedure.states import State
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair

CLOSED_ON = date(2020, 8, 3)


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> Pair:
    return Pair(investigator, prosecutor)


def now(charge: Charge) -> State:
    return state(record.line_of(charge))


def trial_of(charge: Charge) -> Proceeding:
    return charge.count.charge_sheet.proceeding


def correct(outcome: Outcome, decision: str, pair: Pair, day: date | None = None) -> Outcome:
    return outcomes.correct(
        outcome, decision=decision, decided_on=day or outcome.decided_on, reason="Misread",
        actor=pair.prosecutor,
    )  # fmt: skip


def test_a_corrected_step_keeps_its_place_in_the_trial(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    trial = trial_of(charge)
    opened = stories.step(trial, "opened", pair)
    stories.step(trial, "prosecution_closed", pair)  # on the same day
    again = steps.correct(
        opened, happened_on=stories.OPENED_EVIDENCE, note="In room 2", why="Room missing",
        actor=pair.prosecutor,
    )  # fmt: skip
    assert now(charge) == State.PROSECUTION_CLOSED
    assert [one.kind for one in steps.in_order(trial)] == ["opened", "prosecution_closed"]
    with pytest.raises(RuleBroken, match="rests on this one"):
        steps.take_back(again, why="Never happened", actor=pair.prosecutor)


def test_a_step_can_be_corrected_twice_and_never_past_the_next(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    trial = trial_of(charge)
    opened = stories.step(trial, "opened", pair)
    stories.step(trial, "prosecution_closed", pair, day=CLOSED_ON)
    first = date(2020, 6, 2)
    once = steps.correct(opened, happened_on=first, why="Misread", actor=pair.prosecutor)
    with pytest.raises(RuleBroken, match="later step"):
        steps.correct(once, happened_on=date(2020, 9, 1), why="Misread", actor=pair.prosecutor)
    twice = steps.correct(
        once, happened_on=stories.OPENED_EVIDENCE, why="Misread", actor=pair.prosecutor
    )
    assert twice.happened_on == stories.OPENED_EVIDENCE


def test_a_verdict_is_not_corrected_to_a_day_before_what_it_rests_on(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    stories.step(trial_of(charge), "prosecution_closed", pair, day=CLOSED_ON)
    (outcome,) = stories.decide({charge: "convicted_trial"}, pair)
    with pytest.raises(RuleBroken, match="before the plea"):
        correct(outcome, "convicted_trial", pair, stories.FILED)
    with pytest.raises(RuleBroken, match="close of the prosecution case"):
        correct(outcome, "no_case", pair, date(2020, 6, 1))


def test_a_verdict_is_not_corrected_to_a_day_after_its_appeal(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    (outcome,) = stories.decide({charge: "convicted_trial"}, pair)
    stories.appeal(trial_of(charge), pair)
    with pytest.raises(RuleBroken, match="appeal"):
        correct(outcome, "convicted_trial", pair, stories.APPEAL_DECIDED)


def test_a_conviction_under_appeal_is_not_corrected_into_an_acquittal(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    (outcome,) = stories.decide({charge: "convicted_trial"}, pair)
    stories.appeal(trial_of(charge), pair)
    with pytest.raises(RuleBroken, match="appeal"):
        correct(outcome, "acquitted", pair)


def alternatives(pair: Pair) -> tuple[Charge, Charge]:
    """Two counts against one accused, the second in the alternative to the first."""
    case = stories.accepted(stories.seized(pair), pair)
    trial = stories.opened(case, pair)
    accused = stories.accuse(case, pair, "Benson Tsofa")
    (one,) = stories.count_in(trial, accused, pair)
    (two,) = stories.count_in(trial, accused, pair)
    charges.change_count(
        two.count, accused=accused, alternative_to=one.count, actor=pair.prosecutor
    )
    stories.file_sheet(trial, pair)
    stories.plead([one, two], pair)
    return one, two


def test_a_correction_leaves_no_finding_without_its_conviction(pair: Pair) -> None:
    one, two = alternatives(pair)
    convicted, none = stories.decide({one: "convicted_trial", two: "no_finding"}, pair)
    with pytest.raises(RuleBroken, match="No finding"):
        correct(convicted, "acquitted", pair)
    with pytest.raises(RuleBroken, match="alternative"):
        correct(none, "convicted_trial", pair)
    correct(none, "acquitted", pair)
    correct(convicted, "acquitted", pair)


def test_a_charge_severed_while_an_amendment_is_drafted_is_not_charged_twice(pair: Pair) -> None:
    one, two = stories.charged(pair, names=("Benson Tsofa", "Lucy Muriuki"))
    trial = trial_of(one)
    with clock.telling(stories.noon(stories.AMENDED)):
        sheet = amendments.begin(trial, why="Other things", actor=pair.prosecutor)
        amendments.replace(
            sheet, one.count, provision=one.count.provision, offence_on=one.count.offence_on,
            particulars="Had 24 teeth.", accused=[one.accused, two.accused],
            actor=pair.prosecutor,
        )  # fmt: skip
    stories.severed([two], pair)
    with clock.telling(stories.noon(stories.AMENDED)), pytest.raises(RuleBroken, match="another"):
        charges.file_sheet(sheet, filed_on=stories.AMENDED, actor=pair.prosecutor)


def test_nobody_dies_before_an_appeal_that_they_brought(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    stories.decide({charge: "convicted_trial"}, pair)
    stories.appeal(trial_of(charge), pair)
    with pytest.raises(RuleBroken, match="Check both dates"):
        deaths.record_death(charge.accused, died_on=stories.DECIDED, actor=pair.prosecutor)


def test_an_appeal_about_all_is_not_about_what_was_decided_after_it(pair: Pair) -> None:
    one, two = stories.charged(pair, names=("Benson Tsofa", "Lucy Muriuki"))
    stories.decide({one: "convicted_trial"}, pair)
    brought = stories.appeal(trial_of(one), pair)
    stories.decide({two: "convicted_trial"}, pair, day=date(2021, 9, 1))
    assert (now(one), now(two)) == (State.CONVICTION_APPEALED, State.CONVICTED)
    assert list(standing.live_charges(brought)) == [one]


def test_each_order_to_retry_gets_its_own_court_file(pair: Pair) -> None:
    one, two = stories.charged(pair, names=("Benson Tsofa", "Lucy Muriuki"))
    stories.decide({one: "convicted_trial", two: "convicted_trial"}, pair)
    trial, appealed = trial_of(one), []
    for number, charge in enumerate((one, two)):
        with clock.telling(stories.noon(stories.APPEALED)):
            appealed.append(proceedings.open_appeal(
                trial, court=stories.court("high"), number=f"HCCRA {number}/2021",
                opened_on=stories.APPEALED, appellant_side="defence", charges=[charge],
                actor=pair.prosecutor,
            ))  # fmt: skip
    stories.decide_appeal(appealed[0], {one: "retrial"}, pair)
    stories.decide_appeal(appealed[1], {two: "retrial"}, pair, day=date(2022, 2, 2))
    for name in ("RT 1/2022", "RT 2/2022"):
        with clock.telling(stories.noon(stories.RETRIED)):
            proceedings.open_proceeding(
                trial.case, kind="retrial", court=stories.court(), number=name,
                opened_on=stories.RETRIED, actor=pair.prosecutor,
            )  # fmt: skip
    assert all(len(record.line_of(charge).courts) == 1 for charge in (one, two))


def test_a_step_is_not_corrected_to_a_day_after_the_verdict(pair: Pair) -> None:
    one, two = stories.charged(pair, names=("Benson Tsofa", "Lucy Muriuki"))
    opened = stories.step(trial_of(one), "opened", pair)
    stories.decide({one: "acquitted"}, pair)
    late = date(2021, 7, 1)
    again = steps.correct(opened, happened_on=late, why="Misread", actor=pair.prosecutor)
    again = steps.correct(
        again, happened_on=stories.OPENED_EVIDENCE, why="Misread", actor=pair.prosecutor
    )
    stories.decide({two: "acquitted"}, pair)
    with pytest.raises(RuleBroken, match="decided"):
        steps.correct(again, happened_on=late, why="Misread", actor=pair.prosecutor)


def test_counts_in_the_alternative_are_not_both_convicted_on_appeal(pair: Pair) -> None:
    one, two = alternatives(pair)
    stories.decide({one: "acquitted", two: "acquitted"}, pair)
    with clock.telling(stories.noon(stories.APPEALED)):
        brought = proceedings.open_appeal(
            trial_of(one), court=stories.court("high"), number="HCCRA 1/2021",
            opened_on=stories.APPEALED, appellant_side="prosecution", actor=pair.prosecutor,
        )  # fmt: skip
    with pytest.raises(RuleBroken, match="alternative"):
        stories.decide_appeal(brought, {one: "convicted", two: "convicted"}, pair)
    stories.decide_appeal(brought, {one: "convicted", two: "upheld"}, pair)
