"""A sentence within a penalty or out of it, by every way of counting months."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.legal import penalty


@dataclass(frozen=True)
class Range:
    min_fine: int | None = None
    max_fine: int | None = None
    currency: str = "KES"
    min_term_months: int | None = None
    max_term_months: int | None = None
    has_life_term: bool = False
    penalty_join: str = "any"


SEVEN_YEARS = Range(min_term_months=84, penalty_join="term")
FINE_OR_TERM = Range(min_fine=3_000_000, max_fine=9_000_000, min_term_months=60)


@pytest.mark.parametrize(
    ("of", "values", "faults"),
    [
        (FINE_OR_TERM, {"fine": 3_000_000}, []),
        (FINE_OR_TERM, {"fine": 2_999_999}, ["fine_low"]),
        (FINE_OR_TERM, {"fine": 9_000_001}, ["fine_high"]),
        (FINE_OR_TERM, {"fine": 5_000, "currency": "USD"}, ["currency"]),
        (FINE_OR_TERM, {"imprisonment_days": 5 * 365}, []),
        (FINE_OR_TERM, {"imprisonment_days": 4 * 365}, ["term_low"]),
        (FINE_OR_TERM, {"is_life": True}, ["life"]),
        (FINE_OR_TERM, {"other": "Community service"}, ["nothing"]),
        (SEVEN_YEARS, {"fine": 20_000_000}, ["fine_barred", "term_missing"]),
        (SEVEN_YEARS, {"imprisonment_days": 2555}, []),
        (Range(penalty_join="fine"), {"imprisonment_days": 30}, ["term_barred", "fine_missing"]),
        (Range(penalty_join="either"), {"fine": 1, "imprisonment_days": 1}, ["not_both"]),
        (Range(penalty_join="both"), {"fine": 1}, ["term_missing"]),
        (Range(penalty_join="both"), {"fine": 1, "imprisonment_days": 1}, []),
        (Range(max_term_months=6), {"imprisonment_days": 187}, ["term_high"]),
        (Range(max_term_months=6), {"imprisonment_days": 184}, []),
        (Range(penalty_join="", has_life_term=True), {"is_life": True}, []),
        (Range(penalty_join=""), {"is_life": True, "fine": 1}, []),
    ],
)
def test_a_sentence_is_held_against_the_penalty(
    of: Range, values: dict[str, object], faults: list[str]
) -> None:
    assert sorted(penalty.faults(of, values)) == sorted(faults)


@given(st.integers(1, 600))
def test_a_term_of_the_least_months_is_never_too_short(months: int) -> None:
    by_year = months // 12 * 365 + months % 12 * 30
    of = Range(min_term_months=months, max_term_months=months)
    for days in (by_year, months * 365 // 12, -(-months * 366 // 12)):
        assert penalty.faults(of, {"imprisonment_days": days}) == []


@given(
    st.integers(0, 10**9), st.integers(0, 10**9), st.integers(1, 10**9),
    st.sampled_from(["any", "either", "fine"]),
)  # fmt: skip
def test_a_fine_between_the_bounds_is_no_fault(a: int, b: int, fine: int, join: str) -> None:
    least, most = sorted((a, b))
    of = Range(min_fine=least, max_fine=most, penalty_join=join)
    found = penalty.faults(of, {"fine": fine})
    assert found == ([] if least <= fine <= most else [found[0]])
    assert not found or found[0] in ("fine_low", "fine_high")


@given(st.integers(1, 10**6), st.booleans())
def test_nothing_known_is_nothing_against_it(fine: int, is_life: bool) -> None:
    unknown = replace(Range(), penalty_join="")
    assert not penalty.is_known(unknown)
    assert penalty.faults(unknown, {"fine": fine, "is_life": is_life}) == []
