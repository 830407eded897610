"""Days in court: who appeared, summonses, what a hearing needs, a change of magistrate."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from casework import clock, hearings
from casework.days import needs, presiding, summonses
from casework.days.appearances import Seen
from casework.errors import NotAllowed, RuleBroken
from casework.models import Appearance, Hearing, HearingNeed, Proceeding, Summons, User, Witness
from casework.witnesses import witnesses
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair

NAIROBI = ZoneInfo("Africa/Nairobi")


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> Pair:
    return Pair(investigator, prosecutor)


@pytest.fixture
def trial(pair: Pair) -> Proceeding:
    return stories.opened(stories.accepted(stories.seized(pair), pair), pair)


@pytest.fixture
def ahead(trial: Proceeding, pair: Pair) -> Hearing:
    return list_one(trial, pair, clock.now() + timedelta(days=10))


@pytest.fixture
def witness(trial: Proceeding, pair: Pair) -> Witness:
    return witnesses.add(trial.case, name="Salim Mwero", actor=pair.investigator)


def list_one(trial: Proceeding, pair: Pair, at: datetime) -> Hearing:
    kind = stories.code("hearing_type", "hearing")
    return hearings.schedule(trial, kind=kind, starts_at=at, actor=pair.prosecutor)


def past(trial: Proceeding, pair: Pair, day: date = date(2020, 4, 1)) -> Hearing:
    return list_one(trial, pair, datetime(day.year, day.month, day.day, 9, tzinfo=NAIROBI))


def test_who_appeared_is_kept_and_a_correction_keeps_what_stood(
    trial: Proceeding, pair: Pair, witness: Witness
) -> None:
    hearing = past(trial, pair)
    came = Seen("witness", witness=witness, has_testified=True)
    counsel = Seen("defence", name="R. Achieng")
    hearings.record(hearing, state="held", actor=pair.prosecutor, appeared=[came, counsel])
    absent = Seen(
        "witness", witness=witness, has_appeared=False, why_absent=stories.code("absence", "unwell")
    )
    hearings.record(hearing, state="held", actor=pair.prosecutor, appeared=[absent])
    row = Appearance.objects.get()
    assert not row.has_appeared
    assert row.history.count() == 2
    assert Appearance.history.filter(name="R. Achieng", history_type="-").exists()


def test_an_absence_says_why(trial: Proceeding, pair: Pair, witness: Witness) -> None:
    hearing = past(trial, pair)
    absent = Seen("witness", witness=witness, has_appeared=False)
    with pytest.raises(RuleBroken, match="did not come"):
        hearings.record(hearing, state="held", actor=pair.prosecutor, appeared=[absent])
    hearing.refresh_from_db()
    assert hearing.state == Hearing.State.LISTED


def test_nobody_appears_twice(trial: Proceeding, pair: Pair, witness: Witness) -> None:
    twice = [Seen("witness", witness=witness)] * 2
    with pytest.raises(RuleBroken, match="twice"):
        hearings.record(past(trial, pair), state="held", actor=pair.prosecutor, appeared=twice)


def test_a_result_is_of_a_hearing_that_was_held(trial: Proceeding, pair: Pair) -> None:
    hearing = past(trial, pair)
    result = stories.code("hearing_result", "part_heard")
    hearings.record(hearing, state="held", result=result, actor=pair.prosecutor)
    assert hearing.result == result
    reason = stories.code("adjournment_reason", "accused_absconded")
    hearings.record(hearing, state="adjourned", reason=reason, result=result, actor=pair.prosecutor)
    assert hearing.result is None
    assert hearing.side == "defence"


def test_a_summons_is_issued_once_and_served_by_somebody(
    ahead: Hearing, pair: Pair, witness: Witness
) -> None:
    (paper,) = summonses.issue(ahead, [witness], issued_on=clock.today(), actor=pair.investigator)
    with pytest.raises(RuleBroken, match="already"):
        summonses.issue(ahead, [witness], issued_on=clock.today(), actor=pair.prosecutor)
    with pytest.raises(RuleBroken) as refused:
        summonses.record(paper, state="served", served_on=clock.today(), actor=pair.investigator)
    assert refused.value.field == "served_by"
    summonses.record(
        paper, state="served", served_on=clock.today(), served_by="Cpl Barasa",
        actor=pair.investigator,
    )  # fmt: skip
    assert paper.state == Summons.State.SERVED
    assert paper.history.count() == 2


def test_a_summons_served_before_it_was_issued_is_refused(
    ahead: Hearing, pair: Pair, witness: Witness
) -> None:
    (paper,) = summonses.issue(ahead, [witness], issued_on=clock.today(), actor=pair.prosecutor)
    with pytest.raises(RuleBroken, match="day of issue"):
        summonses.record(
            paper, state="served", served_on=clock.today() - timedelta(days=1), served_by="B",
            actor=pair.prosecutor,
        )  # fmt: skip


def test_who_was_not_found_can_be_summoned_again(
    ahead: Hearing, pair: Pair, witness: Witness
) -> None:
    (paper,) = summonses.issue(ahead, [witness], issued_on=clock.today(), actor=pair.prosecutor)
    with pytest.raises(RuleBroken) as refused:
        summonses.record(paper, state="not_found", actor=pair.prosecutor)
    assert refused.value.field == "note"
    summonses.record(paper, state="not_found", note="Moved away", actor=pair.prosecutor)
    assert summonses.issue(ahead, [witness], issued_on=clock.today(), actor=pair.prosecutor)


def test_a_dropped_witness_is_not_summoned(ahead: Hearing, pair: Pair, witness: Witness) -> None:
    witnesses.drop(witness, why="Says the same", actor=pair.prosecutor)
    with pytest.raises(RuleBroken, match="will not be called"):
        summonses.issue(ahead, [witness], issued_on=clock.today(), actor=pair.prosecutor)


def test_a_need_stands_once_and_can_be_settled(
    ahead: Hearing, pair: Pair, witness: Witness
) -> None:
    need = needs.add(ahead, kind="witness", witness=witness, actor=pair.prosecutor)
    with pytest.raises(RuleBroken, match="already"):
        needs.add(ahead, kind="witness", witness=witness, actor=pair.prosecutor)
    needs.settle(need, is_ready=True, note="Told by telephone", actor=pair.investigator)
    assert need.is_ready
    needs.remove(need, actor=pair.prosecutor)
    assert not HearingNeed.objects.exists()


def test_an_interpreter_has_a_language_and_a_name(ahead: Hearing, pair: Pair) -> None:
    with pytest.raises(RuleBroken) as refused:
        needs.add(ahead, kind="interpreter", actor=pair.prosecutor)
    assert refused.value.field == "language"
    need = needs.add(ahead, kind="interpreter", language="Vietnamese", actor=pair.prosecutor)
    with pytest.raises(RuleBroken, match="Name the interpreter"):
        needs.settle(need, is_ready=True, actor=pair.prosecutor)


def test_what_concerns_a_protected_witness_is_for_the_trusted(
    trial: Proceeding, ahead: Hearing, pair: Pair, colleague: User
) -> None:
    hidden = witnesses.add(trial.case, name="Hidden", is_protected=True, actor=pair.investigator)
    needs.add(ahead, kind="witness", witness=hidden, actor=pair.prosecutor)
    summonses.issue(ahead, [hidden], issued_on=clock.today(), actor=pair.prosecutor)
    for model in (HearingNeed, Summons):
        assert model.objects.visible_to(pair.prosecutor).count() == 1
        assert not model.objects.visible_to(colleague).exists()
    with pytest.raises(RuleBroken):
        summonses.issue(ahead, [hidden], issued_on=clock.today(), kind="bond", actor=colleague)


def test_readers_summon_nobody(ahead: Hearing, witness: Witness, auditor: User) -> None:
    with pytest.raises(NotAllowed):
        summonses.issue(ahead, [witness], issued_on=clock.today(), actor=auditor)


def test_another_magistrate_takes_over_what_is_to_come(
    trial: Proceeding, ahead: Hearing, pair: Pair
) -> None:
    done = past(trial, pair)
    cause = stories.code("presiding_change", "transferred")
    with clock.telling(stories.noon(date(2020, 5, 1))):
        presiding.change(
            trial, after="Hon. B. Tuva", changed_on=date(2020, 4, 20), cause=cause,
            is_heard_anew=True, actor=pair.prosecutor,
        )  # fmt: skip
    trial.refresh_from_db()
    ahead.refresh_from_db()
    done.refresh_from_db()
    assert (trial.presiding, ahead.presiding, done.presiding) == (
        "Hon. B. Tuva", "Hon. B. Tuva", "",
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="before them already"):
        presiding.change(
            trial, after="hon. b. tuva", changed_on=date(2020, 4, 20), cause=cause,
            actor=pair.prosecutor,
        )  # fmt: skip
