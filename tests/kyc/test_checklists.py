"""A checklist read over facts: what is met, by what, and what each other line lacks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyc.diligence import checklists
from kyc.diligence.checklists import Said, Want

DAY = date(2026, 3, 20)
EARLIER = date(2026, 1, 10)
ADDRESS = Want("address", "identify", "Address", frozenset({"address", "site_visit"}))
CHECKED = Want("checked", "verify", "Address checked", ADDRESS.kinds, must_be_verified=True)


def said(standing: str, **fields: object) -> Said:
    return Said(**{"kind": "address", "standing": standing, "as_of": EARLIER, **fields})  # type: ignore[arg-type]


def state(want: Want, *facts: Said) -> str:
    return checklists.read([want], facts, "firm", DAY)[0].state


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ([], "missing"),
        ([said("own_word")], "own_word"),
        ([said("own_word"), said("verified")], "verified"),
        ([said("verified", expires_on=DAY - timedelta(1))], "expired"),
        ([said("verified", expires_on=DAY)], "verified"),
        ([said("verified", until=date(2026, 2, 1))], "expired"),
        ([said("unknown", reason="Nobody has asked yet")], "unknown"),
        ([said("unknown"), said("own_word")], "own_word"),
        ([said("contradicted"), said("verified", is_finding=True)], "contradicted"),
        ([said("contradicted"), said("own_word")], "contradicted"),
        ([said("contradicted"), said("verified")], "verified"),
    ],
)
def test_a_line_has_one_state(facts: list[Said], found: str) -> None:
    assert state(ADDRESS, *facts) == found


def test_own_word_meets_a_line_that_need_not_be_verified() -> None:
    lines = checklists.read([ADDRESS, CHECKED], [said("own_word")], "firm", DAY)
    assert [line.is_met for line in lines] == [True, False]
    assert checklists.measure(lines).met == 1


def test_a_check_ages_from_the_day_it_was_made() -> None:
    yearly = Want("a", "verify", "Visited", ADDRESS.kinds, True, good_for_days=30)
    assert state(yearly, said("verified")) == "expired"
    assert state(yearly, said("verified", checked_on=date(2026, 3, 1))) == "verified"


def test_lines_of_persons_are_not_asked_of_firms() -> None:
    birth = Want("birth", "identify", "Born", frozenset({"birth_date"}), party_kind="person")
    assert checklists.read([birth], [], "firm", DAY) == []
    assert len(checklists.read([birth], [], "person", DAY)) == 1


FACTS = st.builds(
    Said,
    kind=st.sampled_from(["address", "site_visit", "phone"]),
    standing=st.sampled_from(["verified", "own_word", "unknown", "contradicted"]),
    as_of=st.dates(date(2020, 1, 1), DAY),
    expires_on=st.none() | st.dates(date(2024, 1, 1), date(2028, 1, 1)),
    is_finding=st.booleans(),
)


@given(st.lists(FACTS, max_size=6))
def test_the_measure_adds_up_and_the_order_of_facts_does_not_matter(facts: list[Said]) -> None:
    lines = checklists.read([ADDRESS, CHECKED], facts, "firm", DAY)
    measure = checklists.measure(lines)
    assert sum(measure.states.values()) == measure.total == 2
    assert measure.verified <= measure.met <= measure.total
    turned = checklists.read([ADDRESS, CHECKED], facts[::-1], "firm", DAY)
    assert [line.state for line in turned] == [line.state for line in lines]


@given(st.lists(FACTS, max_size=6))
def test_a_verified_fact_of_today_always_meets_a_line(facts: list[Said]) -> None:
    fresh = Said("address", "verified", DAY)
    assert state(CHECKED, *facts, fresh) == "verified"
