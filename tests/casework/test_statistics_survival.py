"""Kaplan-Meier against a package that statisticians use, and the small groups it does not show."""

import warnings
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.cohorts import Question
from casework.statistics import survival
from casework.statistics.survival import Seen

QUESTION = Question(as_at=date(2024, 1, 1), known_at=datetime(2024, 1, 2, tzinfo=UTC))
seen = st.lists(
    st.tuples(st.integers(0, 60), st.booleans(), st.just(1)), min_size=1, max_size=120
)  # many ties among sixty days


@settings(deadline=None, max_examples=40)  # the first call loads the package
@given(seen)
def test_shares_and_bands_agree_with_lifelines_with_ties_and_censoring(found: list[Seen]) -> None:
    lifelines = pytest.importorskip("lifelines", reason="the test extra is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = lifelines.KaplanMeierFitter().fit(
            [days for days, _done, _n in found], [done for _days, done, _n in found]
        )
    bands = other.confidence_interval_survival_function_
    for step in survival.estimate(found):
        assert step.share == pytest.approx(other.survival_function_.loc[step.day].iloc[0])
        assert (step.lower, step.upper) == pytest.approx(tuple(bands.loc[step.day]), abs=1e-6)


@settings(deadline=None)
@given(seen)
def test_everybody_is_at_risk_first_and_then_leaves_once(found: list[Seen]) -> None:
    steps = survival.estimate(found)
    assert steps[0].at_risk == len(found)
    assert sum(step.concluded + step.censored for step in steps) == len(found)


def test_the_median_is_the_first_day_on_which_half_are_concluded() -> None:
    """Six filed; concluded after 10, 20, 30 and 40 days, two still open after 50."""
    found = [(10, True, 1), (20, True, 1), (30, True, 1), (40, True, 1), (50, False, 2)]
    assert survival.curve(QUESTION, found).median is None  # only two steps have five at risk
    many = [(days, done, 10 * n) for days, done, n in found]
    assert survival.curve(QUESTION, many).median == 30


def test_cells_count_as_often_as_they_have_members() -> None:
    single = [(10, True, 1)] * 4 + [(20, False, 1)] * 3
    assert survival.estimate(single) == survival.estimate([(10, True, 4), (20, False, 3)])


def test_fewer_than_five_have_no_curve_and_no_tail_of_fewer_is_drawn() -> None:
    assert survival.curve(QUESTION, [(10, True, 4)]).is_hidden
    curve = survival.curve(QUESTION, [(10, True, 4), (20, True, 4)])
    assert [step.at_risk for step in curve.steps] == [8, 8]
