"""The arithmetic of deadlines: when a period ends, which act ends it, what a day means for it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.duties.periods import DONE, LATE, LATER, OVER, SOON, Limit, last_day, state
from casework.duties.rules import Fact, Law, begun

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
ARREST = date(2024, 3, 1)
LAWS = [
    Law("arraignment", "Before a court", "arrest", Limit(24, "hours", 1)),
    Law("remand", "Back before the court", "remand", Limit(14, "days", 3)),
    Law("disclosure", "Disclose", "plea", Limit(14, "days", 5), valid_to=date(2024, 12, 31)),
    Law("disclosure", "Disclose", "filing", Limit(7, "days", 5), valid_from=date(2025, 1, 1)),
    Law("appeal", "Appeal", "judgment", Limit(14, "days", 5)),
    Law("prosecution_appeal", "Appeal", "judgment", Limit(14, "days", 5)),
]


@pytest.mark.parametrize(
    ("start", "amount", "unit", "last"),
    [
        (date(2024, 3, 1), 24, "hours", date(2024, 3, 2)),
        (date(2024, 3, 1), 25, "hours", date(2024, 3, 3)),
        (date(2024, 2, 15), 14, "days", date(2024, 2, 29)),
        (date(2024, 1, 31), 1, "months", date(2024, 2, 29)),
        (date(2023, 1, 31), 1, "months", date(2023, 2, 28)),
        (date(2023, 12, 15), 12, "months", date(2024, 12, 15)),
    ],
)
def test_the_last_day_of_a_period(start: date, amount: int, unit: str, last: date) -> None:
    assert last_day(start, amount, unit) == last


@given(DAYS, st.integers(0, 240), st.sampled_from(["hours", "days", "months"]))
def test_a_longer_period_never_ends_earlier(start: date, amount: int, unit: str) -> None:
    assert start <= last_day(start, amount, unit) <= last_day(start, amount + 1, unit)


@given(DAYS, st.integers(1, 36), st.integers(1, 36))
def test_months_in_two_steps_never_end_after_months_in_one(
    start: date, first: int, second: int
) -> None:
    together = last_day(start, first + second, "months")
    assert last_day(last_day(start, first, "months"), second, "months") <= together


@given(DAYS, DAYS, st.integers(0, 60))
def test_a_deadline_is_in_one_state_and_warns_before_it_passes(
    due: date, today: date, warn: int
) -> None:
    found = state(due, today, warn_days=warn)
    assert (found == LATE) == (today > due)
    if found == LATER:
        assert state(due, due - timedelta(days=warn), warn_days=warn) == SOON
    assert state(due, today, warn_days=warn, done_on=today) == DONE


def test_a_right_that_lapses_is_over_and_nobody_is_late() -> None:
    assert state(ARREST, date(2024, 4, 1), warn_days=5, lapses=True) == OVER


def periods(*facts: Fact) -> list[tuple[str, date | None, date | None]]:
    return [(period.code, period.due_on, period.done_on) for period, _law in begun(facts, LAWS)]


def test_an_arrest_runs_until_this_accused_is_before_a_court() -> None:
    arrest = Fact("arrest", ARREST, accused=1)
    other = Fact("arraigned", date(2024, 3, 2), accused=2)
    assert periods(arrest, other) == [("arraignment", date(2024, 3, 2), None)]
    own = Fact("arraigned", date(2024, 3, 4), accused=1)
    assert periods(arrest, own)[0][2] == date(2024, 3, 4)


def test_what_happened_before_the_arrest_does_not_end_it() -> None:
    arrest, before = Fact("arrest", ARREST, 1), Fact("released", date(2024, 2, 1), 1)
    assert periods(arrest, before)[0][2] is None


def test_a_remand_does_not_end_itself_but_the_next_one_does() -> None:
    first = Fact("remand", ARREST, 1, until=date(2024, 3, 9))
    assert periods(first) == [("remand", date(2024, 3, 9), None)]
    again = Fact("remand", date(2024, 3, 9), 1)
    assert [row[2] for row in periods(first, again)] == [date(2024, 3, 9), None]
    assert periods(first, again)[1][1] == date(2024, 3, 23)


def test_the_law_of_the_day_says_what_starts_it() -> None:
    early = [Fact("plea", ARREST, proceeding=7), Fact("filing", ARREST, proceeding=7)]
    assert periods(*early) == [("disclosure", date(2024, 3, 15), None)]
    later = date(2025, 3, 1)
    late = [Fact("plea", later, proceeding=7), Fact("filing", later, proceeding=7)]
    assert periods(*late) == [("disclosure", date(2025, 3, 8), None)]


def test_an_appeal_of_one_accused_leaves_the_time_of_the_others_running() -> None:
    codes = frozenset({"appeal"})
    first, second = (Fact("judgment", ARREST, n, 7, codes=codes) for n in (1, 2))
    brought = Fact("appealed_defence", date(2024, 3, 5), 1, 7)
    assert [row[2] for row in periods(first, second, brought)] == [date(2024, 3, 5), None]
    of_all = Fact("appealed_defence", date(2024, 3, 5), None, 7)
    assert all(row[2] for row in periods(first, second, of_all))
    other_side = Fact("appealed_prosecution", date(2024, 3, 5), None, 7)
    assert not any(row[2] for row in periods(first, second, other_side))
