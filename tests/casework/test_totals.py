"""How long several terms are together: by hand, and against counting every single day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.sentencing.totals import Circle, Term, Total, total

DAY = date(2024, 3, 1)


def term(key: int, days: int, **fields: object) -> Term:
    return Term(**{"key": key, "days": days, "starts_on": DAY, **fields})  # type: ignore[arg-type]


def found(*terms: Term) -> Total:
    answer = total(terms)
    assert answer is not None
    return answer


def test_terms_that_run_together_are_as_long_as_the_longest() -> None:
    answer = found(term(1, 365 * 5), term(2, 365 * 7, runs="concurrent"))
    assert (answer.days, answer.is_unsaid) == (365 * 7, False)


def test_terms_after_one_another_add_up() -> None:
    answer = found(
        term(1, 100), term(2, 50, runs="consecutive", after=1),
        term(3, 25, runs="consecutive", after=2),
    )  # fmt: skip
    assert (answer.days, answer.ends_on) == (175, DAY + timedelta(days=175))


def test_a_term_after_the_shorter_of_two_is_partly_beneath_the_longer() -> None:
    answer = found(
        term(1, 100), term(2, 40, runs="concurrent"), term(3, 70, runs="consecutive", after=2)
    )
    assert answer.days == 110


def test_remand_is_taken_off_once_where_terms_follow_and_from_each_where_they_run_together() -> (
    None
):
    chained = found(term(1, 100, credited=30), term(2, 100, runs="consecutive", after=1))
    assert (chained.days, chained.to_serve, chained.credited) == (200, 170, 30)
    together = found(term(1, 100, credited=30), term(2, 100, runs="concurrent", credited=30))
    assert (together.days, together.to_serve) == (100, 70)
    one_only = found(term(1, 100, credited=30), term(2, 100, runs="concurrent"))
    assert one_only.to_serve == 100  # the other term gives nothing back


def test_the_days_between_two_terms_are_not_counted() -> None:
    later = term(2, 10, runs="concurrent", starts_on=DAY + timedelta(days=500))
    assert found(term(1, 100), later).days == 110


def test_life_swallows_every_term() -> None:
    answer = found(term(1, 0, is_life=True), term(2, 900, runs="concurrent"))
    assert (answer.is_life, answer.ends_on) == (True, None)


def test_what_the_court_did_not_say_is_told_from_the_least_to_the_most() -> None:
    answer = found(term(1, 100), term(2, 60))
    assert (answer.days, answer.longest, answer.is_unsaid) == (100, 160, True)
    assert not found(term(1, 100)).is_unsaid


def test_a_term_after_one_that_fell_begins_on_its_own_day() -> None:
    assert found(term(2, 60, runs="consecutive", after=1)).days == 60


def test_nobody_imprisoned_is_no_total_and_a_circle_is_said() -> None:
    assert total([term(1, 0)]) is None
    with pytest.raises(Circle):
        total([
            term(1, 10, runs="consecutive", after=2), term(2, 10, runs="consecutive", after=1)
        ])  # fmt: skip


def test_a_row_of_terms_passes_the_end_of_the_calendar() -> None:
    terms = [term(1, 36600)]
    terms += [term(n, 36600, runs="consecutive", after=n - 1) for n in range(2, 120)]
    assert (found(*terms).days, found(*terms).ends_on) == (36600 * 119, date.max)


@st.composite
def histories(draw: st.DrawFn) -> list[Term]:
    """Up to six terms, each after an earlier one, together with the others, or unsaid."""
    terms: list[Term] = []
    for key in range(1, draw(st.integers(1, 6)) + 1):
        runs = draw(st.sampled_from(["", "concurrent", "consecutive"]))
        days = draw(st.integers(1, 400))
        terms.append(Term(
            key=key, days=days, runs=runs, credited=draw(st.integers(0, days)),
            after=draw(st.integers(1, key - 1)) if runs == "consecutive" and key > 1 else None,
            starts_on=DAY + timedelta(days=draw(st.integers(0, 300))),
        ))  # fmt: skip
    return terms


def by_days(terms: list[Term], *, is_credited: bool) -> int:
    """Every day of every term, one by one."""
    ends: dict[int, date] = {}
    days: set[date] = set()
    for one in terms:  # each comes after the one that it follows
        before = ends.get(one.after) if one.runs == "consecutive" and one.after else None
        start = max(one.starts_on, before) if before else one.starts_on
        length = one.days - one.credited if is_credited else one.days
        days |= {start + timedelta(days=n) for n in range(length)}
        ends[one.key] = start + timedelta(days=length)
    return len(days)


@given(histories())
def test_the_total_is_every_day_in_at_least_one_term(terms: list[Term]) -> None:
    answer = found(*terms)
    assert answer.days == by_days(terms, is_credited=False)
    assert answer.to_serve == by_days(terms, is_credited=True)


@given(histories(), st.randoms())
def test_the_total_lies_between_the_longest_and_the_sum_whatever_the_order(
    terms: list[Term], chance: object
) -> None:
    answer = found(*terms)
    longest, added = max(one.days for one in terms), sum(one.days for one in terms)
    assert longest <= answer.days <= answer.longest <= added
    mixed = list(terms)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    again = found(*mixed)
    assert (again.days, again.to_serve, again.ends_on) == (
        answer.days, answer.to_serve, answer.ends_on,
    )  # fmt: skip


@given(histories())
def test_one_more_term_never_makes_the_whole_shorter(terms: list[Term]) -> None:
    if len(terms) > 1:
        assert found(*terms[:-1]).days <= found(*terms).days
