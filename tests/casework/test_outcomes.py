"""The order of steps in court: what comes before what, and what each refusal says."""

from datetime import date

import pytest

from casework import charges, clock, outcomes, proceedings, submissions
from casework.errors import NotAllowed, RuleBroken
from casework.models import Case, Outcome, User
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> Pair:
    return Pair(investigator, prosecutor)


def test_a_case_goes_from_the_file_to_a_quashed_conviction(pair: Pair) -> None:
    case = stories.seized(pair)
    assert case.status == Case.Status.RECORDED
    stories.accepted(case, pair)
    assert case.status == Case.Status.SUBMITTED
    trial = stories.opened(case, pair)
    found = stories.count_in(trial, stories.accuse(case, pair, "Benson Tsofa"), pair)
    stories.file_sheet(trial, pair)
    case.refresh_from_db()
    assert case.status == Case.Status.CHARGED
    stories.plead(found, pair)
    case.refresh_from_db()
    assert case.status == Case.Status.TRIAL
    (verdict,) = stories.decide({found[0]: "convicted_trial"}, pair)
    case.refresh_from_db()
    assert case.status == Case.Status.CONCLUDED
    brought = stories.appeal(trial, pair)
    case.refresh_from_db()
    assert case.status == Case.Status.APPEAL
    (quashed,) = stories.decide_appeal(brought, {found[0]: "quashed"}, pair)
    case.refresh_from_db()
    assert case.status == Case.Status.CONCLUDED
    assert (quashed.decision, quashed.supersedes) == (Outcome.Decision.ACQUITTED, verdict)


def test_no_proceeding_before_the_file_is_accepted(pair: Pair) -> None:
    case = stories.seized(pair)
    submissions.submit(case, to=pair.prosecutor, actor=pair.investigator)
    with pytest.raises(RuleBroken, match="not been accepted"):
        stories.opened(case, pair)


def test_no_plea_before_the_sheet_is_filed(pair: Pair) -> None:
    case = stories.accepted(stories.seized(pair), pair)
    trial = stories.opened(case, pair)
    found = stories.count_in(trial, stories.accuse(case, pair, "Benson Tsofa"), pair)
    with pytest.raises(RuleBroken, match="File it first"):
        stories.plead(found, pair)
    with pytest.raises(RuleBroken, match="File it first"):
        stories.decide({found[0]: "withdrawn"}, pair)


def test_no_verdict_before_a_plea_but_a_withdrawal(pair: Pair) -> None:
    case = stories.accepted(stories.seized(pair), pair)
    trial = stories.opened(case, pair)
    people = stories.accuse(case, pair, "Benson Tsofa", "Lucy Muriuki")
    found = stories.count_in(trial, people, pair)
    stories.file_sheet(trial, pair)
    with pytest.raises(RuleBroken, match="No verdict before a plea"):
        stories.decide({found[0]: "acquitted"}, pair)
    (row,) = stories.decide({found[1]: "withdrawn"}, pair)
    assert row.decision == Outcome.Decision.WITHDRAWN


def test_a_conviction_on_a_plea_needs_a_plea_of_guilty(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    with pytest.raises(RuleBroken, match="plea is not guilty"):
        stories.decide({charge: "convicted_plea"}, pair)
    stories.plead([charge], pair, plea="guilty", day=date(2020, 4, 1))
    (row,) = stories.decide({charge: "convicted_plea"}, pair)
    assert row.decision == Outcome.Decision.CONVICTED_PLEA


def test_a_charge_is_decided_once(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    stories.decide({charge: "acquitted"}, pair)
    with pytest.raises(RuleBroken, match="decided already"):
        stories.decide({charge: "convicted_trial"}, pair)
    with pytest.raises(RuleBroken, match="before the verdict"):
        stories.plead([charge], pair, day=date(2021, 7, 1))


def test_one_refused_charge_leaves_no_verdict_at_all(pair: Pair) -> None:
    found = stories.charged(pair, names=("Benson Tsofa", "Lucy Muriuki"))
    stories.decide({found[0]: "acquitted"}, pair)
    with pytest.raises(RuleBroken):
        stories.decide({found[1]: "acquitted", found[0]: "acquitted"}, pair)
    assert not found[1].outcomes.exists()


@pytest.mark.parametrize("day", [date(2020, 3, 11), date(1, 1, 1), date(2099, 1, 1)])
def test_a_verdict_lies_between_the_filing_and_today(pair: Pair, day: date) -> None:
    (charge,) = stories.charged(pair)
    trial = charge.count.charge_sheet.proceeding
    with pytest.raises(RuleBroken) as refused:
        outcomes.decide(
            trial, decisions={charge: "withdrawn"}, decided_on=day, actor=pair.prosecutor
        )
    assert refused.value.field == "decided_on"


def test_no_sentence_without_a_conviction_and_only_one(pair: Pair) -> None:
    one, two = stories.charged(pair, names=("Benson Tsofa", "Lucy Muriuki"))
    acquitted, convicted = stories.decide({one: "acquitted", two: "convicted_trial"}, pair)
    with pytest.raises(RuleBroken, match="without a conviction"):
        outcomes.sentence(acquitted, fine=5_000_000, actor=pair.prosecutor)
    outcomes.sentence(convicted, fine=5_000_000, default_days=365, actor=pair.prosecutor)
    with pytest.raises(RuleBroken, match="is on record"):
        outcomes.sentence(convicted, is_life=True, actor=pair.prosecutor)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "imprisonment_days"),
        ({"imprisonment_days": 365, "is_life": True}, "is_life"),
        ({"default_days": 30, "other": "Forfeiture"}, "fine"),
        ({"fine": -1}, "fine"),
        ({"imprisonment_days": 10**9}, "imprisonment_days"),
    ],
)
def test_a_sentence_makes_sense(pair: Pair, values: dict[str, object], field: str) -> None:
    (charge,) = stories.charged(pair)
    (convicted,) = stories.decide({charge: "convicted_trial"}, pair)
    with pytest.raises(RuleBroken) as refused:
        outcomes.sentence(convicted, actor=pair.prosecutor, **values)
    assert refused.value.field == field


def test_no_appeal_before_an_outcome_and_only_to_a_higher_court(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    trial = charge.count.charge_sheet.proceeding
    with pytest.raises(RuleBroken, match="decided nothing"):
        stories.appeal(trial, pair)
    stories.decide({charge: "convicted_trial"}, pair)
    with pytest.raises(RuleBroken, match="higher court"):
        proceedings.open_appeal(
            trial, court=trial.court, number="X 1", opened_on=stories.APPEALED,
            appellant_side="defence", actor=pair.prosecutor,
        )  # fmt: skip


def test_an_ordered_retrial_ends_in_a_verdict_that_stands(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    trial = charge.count.charge_sheet.proceeding
    stories.decide({charge: "convicted_trial"}, pair)
    brought = stories.appeal(trial, pair)
    stories.decide_appeal(brought, {charge: "retrial"}, pair)
    trial.case.refresh_from_db()
    assert trial.case.status == Case.Status.TRIAL
    again = proceedings.open_proceeding(
        trial.case, kind="retrial", court=trial.court, number="RT 1/2022",
        opened_on=date(2022, 3, 1), actor=pair.prosecutor,
    )  # fmt: skip
    assert again.parent == brought
    (row,) = outcomes.decide(
        again, decisions={charge: "acquitted"}, decided_on=date(2022, 9, 1), actor=pair.prosecutor
    )
    assert charge.outcomes.current().get() == row


def test_no_retrial_that_nobody_ordered(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    trial = charge.count.charge_sheet.proceeding
    with pytest.raises(RuleBroken, match="No appeal has ordered"):
        proceedings.open_proceeding(
            trial.case, kind="retrial", court=trial.court, number="RT 1/2022",
            opened_on=date(2022, 3, 1), actor=pair.prosecutor,
        )  # fmt: skip


def test_a_correction_supersedes_and_says_why(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    stories.step(charge.count.charge_sheet.proceeding, "prosecution_closed", pair)
    (wrong,) = stories.decide({charge: "acquitted"}, pair)
    with pytest.raises(RuleBroken) as refused:
        outcomes.correct(
            wrong, decision="no_case", decided_on=wrong.decided_on, reason=" ",
            actor=pair.prosecutor,
        )  # fmt: skip
    assert refused.value.field == "reason"
    right = outcomes.correct(
        wrong, decision="no_case", decided_on=wrong.decided_on, reason="Wrong line of the form",
        actor=pair.prosecutor,
    )  # fmt: skip
    assert right.is_correction
    assert charge.outcomes.current().get() == right
    with pytest.raises(RuleBroken, match="later decision"):
        outcomes.correct(
            wrong, decision="acquitted", decided_on=wrong.decided_on, reason="Again",
            actor=pair.prosecutor,
        )  # fmt: skip


def test_outcomes_pleas_and_sentences_are_written_once(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    (row,) = stories.decide({charge: "acquitted"}, pair)
    row.decision = Outcome.Decision.CONVICTED_TRIAL
    with pytest.raises(RuleBroken):
        row.save()
    with pytest.raises(RuleBroken):
        charge.pleas.all().delete()


def test_an_investigator_does_not_record_verdicts(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    with pytest.raises(NotAllowed):
        outcomes.decide(
            charge.count.charge_sheet.proceeding, decisions={charge: "acquitted"},
            decided_on=stories.DECIDED, actor=pair.investigator,
        )  # fmt: skip


def test_a_court_file_number_is_used_once_per_court(pair: Pair) -> None:
    stories.opened(stories.accepted(stories.seized(pair), pair), pair, number="CR 1/2020")
    with pytest.raises(RuleBroken) as refused:
        stories.opened(stories.accepted(stories.seized(pair), pair), pair, number=" CR  1/2020 ")
    assert refused.value.field == "number"


def test_a_filed_sheet_is_fixed(pair: Pair) -> None:
    (charge,) = stories.charged(pair)
    sheet = charge.count.charge_sheet
    with pytest.raises(RuleBroken, match="is fixed"):
        charges.remove_count(charge.count, actor=pair.prosecutor)
    with pytest.raises(RuleBroken, match="is fixed"):
        charges.file_sheet(sheet, filed_on=clock.today(), actor=pair.prosecutor)


def test_the_law_is_that_of_the_day_of_the_offence(pair: Pair) -> None:
    """Section 92(4) came into force in 2019: an offence of 2017 is charged under the older text."""
    case = stories.accepted(stories.seized(pair), pair)
    trial = stories.opened(case, pair)
    people = stories.accuse(case, pair, "Benson Tsofa")
    with pytest.raises(RuleBroken, match="was not in force") as refused:
        stories.count_in(trial, people, pair, day=date(2017, 5, 1))
    assert refused.value.field == "provision"
