"""Hand-worked cohorts: fourteen seizures, ten prosecuted, one convicted, then overturned."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import cohorts, metrics
from casework.cohorts import (
    CaseFact,
    ChargeFact,
    Cohort,
    Facts,
    OutcomeFact,
    Question,
    SeizureFact,
    State,
    Unit,
)

NOW = datetime(2025, 1, 1, tzinfo=UTC)
SEIZED, FILED, DECIDED, OVERTURNED = (
    date(2015, 1, 5), date(2016, 2, 1), date(2018, 3, 1), date(2019, 4, 1),
)  # fmt: skip


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def fourteen() -> Facts:
    """Cases 1 to 14; 1 to 10 charged with one accused on two counts; 1 convicted on one of them.

    The other nine are decided, acquitted, but for number 10, which is still pending.
    """
    charges = [
        ChargeFact(case * 10 + count, case, case, FILED, at(FILED))
        for case in range(1, 11)
        for count in (1, 2)
    ]
    outcomes = [
        OutcomeFact(charge.pk, "acquitted", DECIDED, False, at(DECIDED))
        for charge in charges
        if charge.case < 10 and charge.pk != 11
    ]
    outcomes += [
        OutcomeFact(11, "convicted_trial", DECIDED, False, at(DECIDED)),
        OutcomeFact(11, "acquitted", OVERTURNED, False, at(OVERTURNED)),
    ]
    return Facts(
        [CaseFact(case, "port", SEIZED, at(SEIZED)) for case in range(1, 15)],
        [SeizureFact(case, case, SEIZED, at(SEIZED)) for case in range(1, 15)],
        charges,
        outcomes,
    )


def ask(unit: Unit, cohort: Cohort, as_at: date) -> metrics.Line:
    question = Question(as_at=as_at, known_at=NOW, unit=unit, cohort=cohort)
    return metrics.answer(fourteen(), question).total


@pytest.mark.parametrize(
    ("unit", "cohort", "denominator"),
    [
        (Unit.SEIZURES, Cohort.SEIZED, 14),
        (Unit.SEIZURES, Cohort.FILED, 10),
        (Unit.SEIZURES, Cohort.CONCLUDED, 9),
        (Unit.CASES, Cohort.SEIZED, 14),
        (Unit.CASES, Cohort.FILED, 10),
        (Unit.CASES, Cohort.CONCLUDED, 9),
        (Unit.ACCUSED, Cohort.SEIZED, 10),
        (Unit.ACCUSED, Cohort.FILED, 10),
        (Unit.ACCUSED, Cohort.CONCLUDED, 9),
        (Unit.COUNTS, Cohort.SEIZED, 20),
        (Unit.COUNTS, Cohort.FILED, 20),
        (Unit.COUNTS, Cohort.CONCLUDED, 18),
    ],
)
def test_one_conviction_of_fourteen_seizures_before_and_after_its_appeal(
    unit: Unit, cohort: Cohort, denominator: int
) -> None:
    before = ask(unit, cohort, DECIDED)
    assert before.after_appeals == metrics.Rate(1, denominator)
    after = ask(unit, cohort, OVERTURNED)
    assert after.after_appeals == metrics.Rate(0, denominator)
    assert after.first_instance == metrics.Rate(1, denominator)


def test_a_seizure_with_nobody_charged_stays_in_the_count() -> None:
    line = ask(Unit.SEIZURES, Cohort.SEIZED, OVERTURNED)
    assert line.states[State.NOT_CHARGED] == 4
    assert line.states[State.PENDING] == 1


def test_before_the_first_filing_there_is_nothing_filed() -> None:
    line = ask(Unit.CASES, Cohort.FILED, date(2015, 12, 31))
    assert line.after_appeals == metrics.Rate(0, 0)
    assert line.after_appeals.percent is None


def test_co_accused_with_different_outcomes() -> None:
    """One case, five accused: one convicted, two acquitted, one withdrawn, one undecided."""
    decisions = ["convicted_plea", "acquitted", "no_case", "withdrawn", None]
    facts = Facts(
        [CaseFact(1, "port", SEIZED, at(SEIZED))],
        [SeizureFact(1, 1, SEIZED, at(SEIZED))],
        [ChargeFact(n, 1, n, FILED, at(FILED)) for n in range(5)],
        [
            OutcomeFact(n, decision, DECIDED, False, at(DECIDED))
            for n, decision in enumerate(decisions)
            if decision
        ],
    )
    filed = Question(as_at=DECIDED, known_at=NOW, unit=Unit.ACCUSED, cohort=Cohort.FILED)
    found = cohorts.members(facts, filed)
    assert [member.now for member in found] == [
        State.CONVICTED, State.NOT_CONVICTED, State.NOT_CONVICTED, State.WITHDRAWN, State.PENDING,
    ]  # fmt: skip
    line = metrics.line("all", metrics.cells_of(found))
    assert line.after_appeals == metrics.Rate(1, 5)
    assert line.without_withdrawn == metrics.Rate(None, None)  # the rest would be four
    assert line.withdrawn is None
    assert not line.states


def test_withdrawals_are_shown_in_and_out() -> None:
    states = [State.CONVICTED] * 2 + [State.NOT_CONVICTED] * 4 + [State.WITHDRAWN] * 3
    found = [cohorts.Member(n, "port", DECIDED, state, state) for n, state in enumerate(states)]
    line = metrics.line("all", metrics.cells_of(found))
    assert line.after_appeals == metrics.Rate(2, 9)
    assert line.without_withdrawn == metrics.Rate(2, 6)
    assert line.withdrawn == 3


def test_a_correction_replaces_what_it_corrects_even_at_first_instance() -> None:
    facts = fourteen()
    corrected = OutcomeFact(11, "acquitted", DECIDED, True, at(OVERTURNED))
    kept = [fact for fact in facts.outcomes if fact.decided_on != OVERTURNED]
    facts = Facts(facts.cases, facts.seizures, facts.charges, [*kept, corrected])
    question = Question(as_at=DECIDED, known_at=NOW, cohort=Cohort.FILED)
    assert metrics.answer(facts, question).total.first_instance.numerator == 0


def test_an_order_to_retry_leaves_the_accused_undecided() -> None:
    assert cohorts.combine(["acquitted", "retrial"]) == State.PENDING
    assert cohorts.combine(["convicted_trial", None]) == State.CONVICTED
    assert cohorts.combine(["withdrawn", "abated"]) == State.WITHDRAWN
    assert cohorts.combine([]) == State.NOT_CHARGED


def test_a_small_group_has_no_rate_and_cannot_be_subtracted() -> None:
    assert metrics.to_hide({"port": 9, "poaching": 3, "possession": 7}) == {
        "poaching",
        "possession",
    }
    assert metrics.to_hide({"port": 9, "poaching": 3, "possession": 2}) == {
        "poaching",
        "possession",
    }
    assert metrics.to_hide({"port": 9, "poaching": 1, "possession": 2}) == {
        "port",
        "poaching",
        "possession",
    }
    assert metrics.to_hide({"port": 9, "poaching": 0}) == set()


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 30), max_size=8))
def test_hidden_groups_together_are_never_a_small_group(sizes: dict[str, int]) -> None:
    hidden = metrics.to_hide(sizes)
    together = sum(sizes[name] for name in hidden)
    assert all(name in hidden for name, size in sizes.items() if 0 < size < metrics.FEWEST)
    assert together == 0 or together >= metrics.FEWEST or hidden == {n for n in sizes if sizes[n]}


def test_a_choice_of_tiers_that_leaves_a_few_out_is_not_answered() -> None:
    found = [
        cohorts.Member(
            n, "port" if n < 9 else "poaching", DECIDED, State.CONVICTED, State.CONVICTED
        )
        for n in range(12)
    ]
    facts = _facts_of(found)
    question = Question(as_at=DECIDED, known_at=NOW, unit=Unit.CASES, tiers=frozenset({"port"}))
    assert not metrics.answer(facts, question).total.after_appeals.is_shown
    everything = Question(as_at=DECIDED, known_at=NOW, unit=Unit.CASES)
    assert metrics.answer(facts, everything).total.after_appeals == metrics.Rate(12, 12)


def _facts_of(found: list[cohorts.Member]) -> Facts:
    return Facts(
        [CaseFact(one.case, one.tier, SEIZED, at(SEIZED)) for one in found],
        [SeizureFact(one.case, one.case, SEIZED, at(SEIZED)) for one in found],
        [ChargeFact(one.case, one.case, one.case, FILED, at(FILED)) for one in found],
        [OutcomeFact(one.case, "convicted_trial", DECIDED, False, at(DECIDED)) for one in found],
    )


def test_the_interval_is_wilsons() -> None:
    """17 of 47: 24 to 50, worked by hand."""
    assert metrics.Rate(17, 47).interval == (24, 50)
    assert metrics.Rate(17, 47).percent == 36
    assert metrics.Rate(None, 4).percent is None


events = st.lists(
    st.tuples(
        st.integers(0, 11),  # which charge
        st.sampled_from(["convicted_trial", "acquitted", "withdrawn", "retrial"]),
        st.integers(0, 40),  # days until it was decided
        st.booleans(),
    ),
    max_size=30,
)


@given(events, st.integers(0, 30), st.sampled_from(list(Unit)), st.sampled_from(list(Cohort)))
def test_asking_for_a_past_knowledge_gives_what_was_answered_then(
    story: list[tuple[int, str, int, bool]], then: int, unit: Unit, cohort: Cohort
) -> None:
    """Whatever is recorded later, the question with that day's knowledge has that day's answer."""
    days = [date(2018, 1, 1 + n) for n in range(31)]
    outcomes = [
        OutcomeFact(charge, decision, date(2017, 1, 1 + after % 28), correction, at(days[n]))
        for n, (charge, decision, after, correction) in enumerate(story)
    ]
    base = fourteen()
    charges = [ChargeFact(n, 1 + n % 10, n, FILED, at(days[n])) for n in range(12)]
    moment = at(days[then])
    question = Question(as_at=date(2018, 2, 1), known_at=moment, unit=unit, cohort=cohort)
    today = Facts(base.cases, base.seizures, charges, outcomes)
    past = Facts(
        base.cases,
        base.seizures,
        [fact for fact in charges if fact.recorded_at <= moment],
        outcomes[: sum(fact.recorded_at <= moment for fact in outcomes)],
    )
    assert metrics.answer(today, question) == metrics.answer(past, question)


def test_an_old_seizure_recorded_today_had_happened_then_and_was_not_known_then() -> None:
    """An imported register: opened today, seized years ago."""
    facts = Facts(
        [CaseFact(n, "port", NOW.date(), NOW) for n in range(6)],
        [SeizureFact(n, n, SEIZED, NOW) for n in range(6)],
    )
    for unit in (Unit.CASES, Unit.SEIZURES):
        asked = Question(as_at=FILED, known_at=NOW, unit=unit, cohort=Cohort.SEIZED)
        assert metrics.answer(facts, asked).total.size == 6
        before = Question(as_at=date(2014, 1, 1), known_at=NOW, unit=unit, cohort=Cohort.SEIZED)
        assert metrics.answer(facts, before).total.size == 0
        unknown = Question(as_at=FILED, known_at=at(FILED), unit=unit, cohort=Cohort.SEIZED)
        assert metrics.answer(facts, unknown).total.size == 0
