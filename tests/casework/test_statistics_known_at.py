"""Asking later for a past known-at gives exactly what was answered then, in every panel."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework import reference
from casework.cohorts import Cohort, Dimension, Question, Unit
from casework.models import Agency, User
from casework.statistics import answers
from tests.casework.random_records import Story

PANELS: list[Callable[..., object]] = [
    answers.rates, answers.funnel, answers.curve, answers.adjournments, answers.hearings,
    answers.sentences, answers.clearance, answers.uncharged, answers.delays,
]  # fmt: skip


def everything(question: Question) -> list[object]:
    """Every panel's answer, every breakdown's, and the cases behind a few numbers."""
    found: list[object] = [panel(question, user=None) for panel in PANELS]
    found += [answers.breakdown(question, by, user=None) for by in Dimension]
    for figure in (
        "rates.all",
        "sentences.fine:paid",
        "adjournments.adjourned",
        "delays.charge_plea",
    ):
        found.append([case.pk for case in answers.cases(question, figure, user=None)])
    return found


@pytest.mark.slow
@settings(
    max_examples=8, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(
    seed=st.integers(0, 10_000),
    unit=st.sampled_from(list(Unit)),
    cohort=st.sampled_from(list(Cohort)),
    as_at=st.dates(date(2019, 1, 1), date(2021, 12, 31)),
)
def test_asking_later_for_a_past_known_at_gives_what_was_answered_then(
    investigator: User, customs: Agency, seed: int, unit: Unit, cohort: Cohort, as_at: date
) -> None:
    """In between hearings, tiers, days and things seized are edited, rows replaced, taken back."""
    assert investigator.agency is not None
    reference.load_starter()
    with transaction.atomic():
        story = Story(random.Random(seed), investigator, [investigator.agency, customs])
        question = Question(as_at=as_at, known_at=story.now, unit=unit, cohort=cohort)
        frozen: list[tuple[datetime, list[object]]] = []
        for _chapter in range(5):
            story.tell(30)
            frozen.append((story.now, everything(replace(question, known_at=story.now))))
        for moment, then in frozen:
            assert everything(replace(question, known_at=moment)) == then
        transaction.set_rollback(True)


@pytest.mark.parametrize("seed", range(3))
def test_as_at_follows_what_happened_whenever_it_was_recorded(
    investigator: User, customs: Agency, seed: int
) -> None:
    """The same acts recorded a year apart have the same answer once all are known."""
    assert investigator.agency is not None
    reference.load_starter()
    found = []
    asked = Question(as_at=date(2020, 6, 1), known_at=datetime(2040, 1, 1, tzinfo=UTC))
    for pause in (timedelta(hours=12), timedelta(days=30)):
        with transaction.atomic():
            story = Story(random.Random(seed), investigator, [investigator.agency, customs])
            story.pause = pause
            story.tell(150)
            found.append([panel(asked, user=None) for panel in PANELS])
            transaction.set_rollback(True)
    assert found[0] == found[1]
