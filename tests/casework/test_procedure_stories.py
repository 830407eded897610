"""After the filing: charges amended, severed, joined, retried, cross-appealed, ended by death."""

from datetime import date

import pytest

from casework import charges, clock, outcomes, proceedings
from casework.errors import RuleBroken
from casework.models import AccusedEvent, Case, Charge, Count, Outcome, Proceeding, User
from casework.procedure import amendments, appeals, deaths, record, standing, steps, transfers
from casework.procedure.position import state
from casework.procedure.states import State
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair

LATER = date(2023, 1, 10)
TWO = ("Benson Tsofa", "Lucy Muriuki")


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> Pair:
    return Pair(investigator, prosecutor)


def now(charge: Charge) -> State:
    return state(record.line_of(charge))


def trial_of(charge: Charge) -> Proceeding:
    return charge.count.charge_sheet.proceeding


def status(charge: Charge) -> str:
    case = trial_of(charge).case
    case.refresh_from_db()
    return case.status


def test_co_accused_go_their_own_ways_and_the_case_ends_with_the_last(pair: Pair) -> None:
    one, two = stories.charged(pair, names=TWO)
    stories.decide({one: "convicted_trial"}, pair)
    assert (now(one), now(two)) == (State.CONVICTED, State.PLEADED)
    assert status(one) == Case.Status.TRIAL
    stories.decide({two: "acquitted"}, pair)
    assert status(one) == Case.Status.CONCLUDED


def test_a_count_substituted_midway_ends_and_its_accused_plead_again(pair: Pair) -> None:
    old = stories.charged(pair, names=TWO)
    stories.step(trial_of(old[0]), "opened", pair)
    new = stories.amended(old, pair)
    for before, after in zip(old, new, strict=True):
        after.refresh_from_db()
        assert (after.replaces, after.root) == (before, before)
        assert (now(before), now(after)) == (State.SUBSTITUTED, State.FILED)
    assert list(standing.live_charges(trial_of(old[0]))) == new
    assert [one.pk for one in standing.live_counts(trial_of(old[0]))] == [new[0].count_id]
    assert status(old[0]) == Case.Status.TRIAL or status(old[0]) == Case.Status.CHARGED
    stories.plead(new, pair, day=stories.AMENDED)
    assert now(new[0]) == State.ON_TRIAL  # with the evidence that was heard
    with pytest.raises(RuleBroken, match="stands in its place"):
        stories.decide({old[0]: "acquitted"}, pair)
    stories.decide(dict.fromkeys(new, "acquitted"), pair)
    assert status(old[0]) == Case.Status.CONCLUDED


def test_an_amended_count_leaves_one_accused_out_and_adds_another(pair: Pair) -> None:
    one, two = stories.charged(pair, names=TWO)
    (third,) = stories.accuse(trial_of(one).case, pair, "Salim Mwachai")
    new = stories.amended([one, two], pair, accused=[one.accused, third])
    assert (now(one), now(two)) == (State.SUBSTITUTED, State.WITHDRAWN)
    assert two.outcomes.get().cause == stories.code("outcome_cause", "left_out")
    assert [charge.replaces_id for charge in new] == [one.pk, None]


def test_what_is_filed_stands_until_the_amendment_is_filed_or_thrown_away(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    sheet = amendments.begin(trial_of(charge), why="Another species", actor=pair.prosecutor)
    with pytest.raises(RuleBroken, match="draft is open"):
        amendments.begin(trial_of(charge), why="Again", actor=pair.prosecutor)
    new = amendments.replace(
        sheet, charge.count, provision=charge.count.provision, offence_on=stories.SEIZED,
        particulars="Teeth of a hippopotamus", accused=[charge.accused], actor=pair.prosecutor,
    )  # fmt: skip
    assert (new.number, new.replaces) == (1, charge.count)
    assert list(standing.live_charges(trial_of(charge))) == [charge]
    amendments.discard(sheet, actor=pair.prosecutor)
    assert list(trial_of(charge).charge_sheets.values_list("version", flat=True)) == [1]
    assert now(charge) == State.PLEADED


def test_no_amendment_once_the_prosecution_has_closed(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    stories.step(trial_of(charge), "prosecution_closed", pair)
    with pytest.raises(RuleBroken, match="amended before that"):
        amendments.begin(trial_of(charge), why="Late", actor=pair.prosecutor)


def test_a_case_severed_in_two_is_tried_and_ends_in_two_courts(pair: Pair) -> None:
    one, two = stories.charged(pair, names=TWO)
    apart = stories.severed([two], pair)
    assert list(standing.live_charges(trial_of(one))) == [one]
    assert list(standing.live_charges(apart)) == [two]
    with pytest.raises(RuleBroken, match="belongs to another trial"):
        outcomes.decide(
            trial_of(one), decisions={two: "acquitted"}, decided_on=stories.DECIDED,
            actor=pair.prosecutor,
        )  # fmt: skip
    stories.decide({one: "convicted_trial"}, pair)
    brought = stories.appeal(trial_of(one), pair)
    assert status(one) == Case.Status.TRIAL  # the other trial goes on
    stories.decide({two: "acquitted"}, pair)
    assert status(one) == Case.Status.APPEAL
    assert list(standing.live_charges(brought)) == [one]


def test_a_severed_charge_is_amended_where_it_is_tried(pair: Pair) -> None:
    one, two = stories.charged(pair, names=TWO)
    apart = stories.severed([two], pair)
    (new,) = stories.amended([two], pair, accused=[two.accused])
    assert (now(one), now(two), now(new)) == (
        State.PLEADED, State.SUBSTITUTED, State.FILED,
    )  # fmt: skip
    assert list(standing.live_charges(apart)) == [new]
    assert list(standing.live_charges(trial_of(one))) == [one]
    assert list(Count.objects.filter(standing.replaced())) == []  # it stands for the other


def test_severing_leaves_something_behind_and_a_trial_that_has_begun_takes_nobody(
    pair: Pair,
) -> None:
    one, two = stories.charged(pair, names=TWO)
    with pytest.raises(RuleBroken, match="Leave one charge"):
        stories.severed([one, two], pair)
    apart = stories.severed([two], pair)
    stories.step(apart, "opened", pair, day=stories.AMENDED)
    with pytest.raises(RuleBroken, match="heard evidence already"):
        transfers.join(apart, charges=[one], ordered_on=stories.AMENDED, actor=pair.prosecutor)


def test_a_severed_charge_can_be_joined_again_before_the_first_witness(pair: Pair) -> None:
    one, two = stories.charged(pair, names=TWO)
    stories.severed([two], pair)
    transfers.join(trial_of(one), charges=[two], ordered_on=stories.AMENDED, actor=pair.prosecutor)
    two.refresh_from_db()
    assert two.tried_in is None
    assert list(standing.live_charges(trial_of(one))) == [one, two]
    assert [row.kind for row in two.transfers.all()] == ["severed", "joined"]


def test_no_case_to_answer_for_one_and_a_case_to_answer_for_the_other(pair: Pair) -> None:
    one, two = stories.charged(pair, names=TWO)
    with pytest.raises(RuleBroken, match="has not closed"):
        outcomes.decide(
            trial_of(one), decisions={one: "no_case"}, decided_on=stories.DECIDED,
            actor=pair.prosecutor,
        )  # fmt: skip
    stories.decide({one: "no_case"}, pair)
    stories.step(trial_of(one), "case_to_answer", pair, day=stories.DECIDED, accused=two.accused)
    assert (now(one), now(two)) == (State.NO_CASE, State.CASE_TO_ANSWER)
    with pytest.raises(RuleBroken, match="now acquits"):
        stories.decide({two: "withdrawn"}, pair)


def test_a_step_on_which_another_rests_is_not_taken_back(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    closed = stories.step(trial_of(charge), "prosecution_closed", pair)
    answer = stories.step(trial_of(charge), "case_to_answer", pair, day=stories.AMENDED)
    with pytest.raises(RuleBroken, match="later step rests"):
        steps.take_back(closed, why="Misread", actor=pair.prosecutor)
    steps.take_back(answer, why="Misread", actor=pair.prosecutor)
    moved = steps.correct(
        closed, happened_on=date(2020, 6, 2), why="A day later", actor=pair.prosecutor
    )
    assert list(steps.of_proceeding(trial_of(charge))) == [moved]
    assert now(charge) == State.PROSECUTION_CLOSED


def test_closing_with_something_missing_says_why(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    with pytest.raises(RuleBroken) as refused:
        stories.step(trial_of(charge), "prosecution_closed", pair, lacked="No species report")
    assert refused.value.field == "despite"


def test_an_alternative_count_ends_without_a_finding(pair: Pair) -> None:
    case = stories.accepted(stories.seized(pair), pair)
    trial = stories.opened(case, pair)
    people = stories.accuse(case, pair, "Benson Tsofa")
    (main,) = stories.count_in(trial, people, pair)
    beside = charges.add_count(
        trial.charge_sheets.get(), provision=stories.provision(), offence_on=stories.SEIZED,
        particulars="Dealt in them", accused=people, alternative_to=main.count,
        actor=pair.prosecutor,
    ).charges.get()  # fmt: skip
    stories.file_sheet(trial, pair)
    stories.plead([main, beside], pair)
    with pytest.raises(RuleBroken, match="no conviction on a count"):
        stories.decide({beside: "no_finding"}, pair)
    with pytest.raises(RuleBroken, match="alternative count has a conviction"):
        stories.decide(dict.fromkeys([main, beside], "convicted_trial"), pair)
    stories.decide({main: "convicted_trial", beside: "no_finding"}, pair)
    assert now(beside) == State.NO_FINDING


def cross(parent: Proceeding, first: Proceeding, charge: Charge, pair: Pair) -> Proceeding:
    with clock.telling(stories.noon(stories.APPEALED)):
        return proceedings.open_appeal(
            parent, court=first.court, number="HCCRA 9/2021", opened_on=stories.APPEALED,
            appellant_side="prosecution", about="sentence", charges=[charge], cross_to=first,
            actor=pair.prosecutor,
        )  # fmt: skip


def test_the_case_is_on_appeal_until_the_cross_appeal_is_decided_too(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    (verdict,) = stories.decide({charge: "convicted_trial"}, pair)
    outcomes.sentence(verdict, imprisonment_days=365, actor=pair.prosecutor)
    first = stories.appeal(trial_of(charge), pair)
    with pytest.raises(RuleBroken, match="cross-appeal"):
        proceedings.open_appeal(
            trial_of(charge), court=first.court, number="X", opened_on=stories.APPEALED,
            appellant_side="prosecution", charges=[charge], actor=pair.prosecutor,
        )  # fmt: skip
    answer = cross(trial_of(charge), first, charge, pair)
    (upheld,) = stories.decide_appeal(first, {charge: "upheld"}, pair)
    assert (now(charge), status(charge)) == (State.CONVICTION_APPEALED, Case.Status.APPEAL)
    with pytest.raises(RuleBroken, match="is on record"):  # it keeps the one below
        outcomes.sentence(upheld, is_life=True, actor=pair.prosecutor)
    (varied,) = stories.decide_appeal(answer, {charge: "varied"}, pair)
    assert (now(charge), status(charge)) == (State.CONVICTED, Case.Status.CONCLUDED)
    outcomes.sentence(varied, imprisonment_days=7 * 365, actor=pair.prosecutor)
    assert now(charge) == State.SENTENCED


def test_an_appeal_about_one_accused_leaves_the_other_alone(pair: Pair) -> None:
    one, two = stories.charged(pair, names=TWO)
    stories.decide({one: "convicted_trial", two: "acquitted"}, pair)
    with pytest.raises(RuleBroken, match="no conviction to appeal"):
        proceedings.open_appeal(
            trial_of(one), court=stories.court("high"), number="A", opened_on=stories.APPEALED,
            appellant_side="defence", about="conviction", charges=[two], actor=pair.prosecutor,
        )  # fmt: skip
    brought = proceedings.open_appeal(
        trial_of(one), court=stories.court("high"), number="A", opened_on=stories.APPEALED,
        appellant_side="defence", about="conviction", charges=[one], actor=pair.prosecutor,
    )  # fmt: skip
    assert (now(one), now(two)) == (State.CONVICTION_APPEALED, State.ACQUITTED)
    with pytest.raises(RuleBroken, match="No appeal is pending"):
        stories.decide_appeal(brought, {two: "convicted"}, pair)


def test_the_highest_court_is_the_end(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    stories.decide({charge: "acquitted"}, pair)
    parent = trial_of(charge)
    for n, level in enumerate(("high", "appeal", "supreme")):
        with clock.telling(stories.noon(stories.APPEALED)):
            parent = proceedings.open_appeal(
                parent, court=stories.court(level), number=f"A {n}", charges=[charge],
                opened_on=stories.APPEALED, appellant_side="prosecution", about="acquittal",
                actor=pair.prosecutor,
            )  # fmt: skip
        stories.decide_appeal(parent, {charge: "upheld"}, pair, day=stories.APPEALED)
    assert now(charge) == State.FINAL
    assert appeals.appealable(parent) == []


def test_a_retrial_has_pleas_steps_and_a_verdict_of_its_own(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    stories.step(trial_of(charge), "prosecution_closed", pair)
    stories.decide({charge: "convicted_trial"}, pair)
    brought = stories.appeal(trial_of(charge), pair)
    stories.decide_appeal(brought, {charge: "retrial"}, pair)
    assert (now(charge), status(charge)) == (State.RETRIAL_ORDERED, Case.Status.TRIAL)
    again = stories.retried(brought, pair)
    charges.enter_pleas(
        again, pleas={charge: "not_guilty"}, entered_on=stories.RETRIED, actor=pair.prosecutor
    )
    assert now(charge) == State.PLEADED  # what the first trial heard is gone
    with pytest.raises(RuleBroken, match="sent back"):
        stories.decide({charge: "acquitted"}, pair, day=LATER)
    outcomes.decide(again, decisions={charge: "acquitted"}, decided_on=LATER, actor=pair.prosecutor)
    assert (now(charge), status(charge)) == (State.ACQUITTED, Case.Status.CONCLUDED)
    assert state(record.line_of(charge), date(2021, 6, 5)) == State.CONVICTED


def test_death_during_the_appeal_ends_it_and_leaves_the_co_accused(pair: Pair) -> None:
    one, two = stories.charged(pair, names=TWO)
    stories.decide(dict.fromkeys([one, two], "convicted_trial"), pair)
    brought = proceedings.open_appeal(
        trial_of(one), court=stories.court("high"), number="A", opened_on=stories.APPEALED,
        appellant_side="defence", charges=[one, two], actor=pair.prosecutor,
    )  # fmt: skip
    (row,) = deaths.record_death(one.accused, died_on=date(2021, 9, 1), actor=pair.prosecutor)
    assert (row.decision, row.proceeding) == (Outcome.Decision.ABATED, brought)
    assert AccusedEvent.objects.get(accused=one.accused).kind == "died"
    assert (now(one), now(two)) == (State.ABATED, State.CONVICTION_APPEALED)
    assert status(one) == Case.Status.APPEAL
    stories.decide_appeal(brought, {two: "quashed"}, pair)
    assert status(one) == Case.Status.CONCLUDED


def test_death_ends_open_charges_but_not_what_was_decided(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    (acquitted,) = stories.charged(pair)
    stories.decide({acquitted: "acquitted"}, pair)
    for one, left in ((charge, 1), (acquitted, 0)):
        rows = deaths.record_death(one.accused, died_on=LATER, actor=pair.prosecutor)
        assert len(rows) == left
    assert (now(charge), now(acquitted)) == (State.ABATED, State.ACQUITTED)


def test_a_correction_says_only_what_the_court_could_have_decided(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    (wrong,) = stories.decide({charge: "acquitted"}, pair)
    with pytest.raises(RuleBroken, match="plea is not guilty") as refused:
        outcomes.correct(
            wrong, decision="convicted_plea", decided_on=stories.DECIDED, reason="Misread",
            actor=pair.prosecutor,
        )  # fmt: skip
    assert refused.value.field == "decision"
    assert "convicted_plea" not in outcomes.correctable(wrong)
    assert {"acquitted", "convicted_trial"} <= set(outcomes.correctable(wrong))
