"""The database counts what the member-by-member arithmetic counts, whatever the history."""

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from casework import cohorts, metrics, reference
from casework.cohorts import Cohort, Dimension, Question, Unit
from casework.models import Agency, Hearing, User
from casework.statistics import answers, engine, journeys, rates, scope
from tests.casework.random_records import Story

EVERYTHING = scope.condition(None)
ASKED = list(product(Unit, Cohort))


@pytest.fixture
def story(request: pytest.FixtureRequest, investigator: User, customs: Agency) -> Story:
    reference.load_starter()
    assert investigator.agency is not None
    story = Story(random.Random(request.param), investigator, [investigator.agency, customs])
    story.tell(150)
    return story


seeds = pytest.mark.parametrize("story", range(6), indirect=True)


def questions(story: Story) -> list[Question]:
    """Every unit and cohort, now and twice in the past."""
    days = [story.now.date(), story.day(), story.day()]
    moments = [story.now, story.now - timedelta(days=20), story.now - timedelta(days=50)]
    return [
        Question(as_at=day, known_at=moment, unit=unit, cohort=cohort)
        for unit, cohort in ASKED
        for day, moment in zip(days, moments, strict=True)
    ]


def by_hand(story: Story, question: Question) -> list[cohorts.Member]:
    return cohorts.members(story.facts(question.known_at), question)


@seeds
def test_the_database_counts_each_unit_and_cohort_as_the_arithmetic_does(story: Story) -> None:
    for question in questions(story):
        expected = Counter(
            {cell[:4]: cell.n for cell in metrics.cells_of(by_hand(story, question))}
        )
        found: Counter[object] = Counter()
        for cell in rates.cells(question, EVERYTHING):
            found[cell[:4]] += cell.n
        assert found == expected, question


@seeds
@pytest.mark.parametrize(
    "dimension", [Dimension.AGENCY, Dimension.COURT, Dimension.SPECIES, Dimension.PORT]
)
def test_the_database_splits_by_place_as_the_arithmetic_does(
    story: Story, dimension: Dimension
) -> None:
    for question in questions(story):
        members = by_hand(story, question)
        expected = Counter(str(getattr(one, dimension) or "") for one in members)
        found: Counter[str] = Counter()
        for cell in rates.cells(question, EVERYTHING, by=dimension):
            found[cell.key] += cell.n
        assert found == expected, question


@seeds
def test_a_narrowed_question_counts_its_members_only(story: Story) -> None:
    for question in questions(story):
        narrow = replace(
            question, tiers=frozenset({"port", "poaching"}), first_year=2018, last_year=2020,
            ports=frozenset({port.pk for port in story.ports[:2]}),
            courts=frozenset({court.pk for court in story.places[:2]}),
            species=frozenset({taxon.pk for taxon in story.species}),
            agencies=frozenset({story.agencies[0].pk}),
        )  # fmt: skip
        expected = cohorts.select(by_hand(story, narrow), narrow)
        assert answers.rates(narrow, user=None).total.size == len(expected), narrow
        cases = answers.cases(narrow, "rates.all", user=None)
        assert {case.pk for case in cases} == {one.case for one in expected}


@seeds
def test_the_cases_behind_adjournments_are_those_of_the_hearings(story: Story) -> None:
    asked = Question(as_at=story.now.date(), known_at=story.now)
    adjourned = Hearing.objects.filter(
        state="adjourned", starts_at__lt=engine.end_of(asked.as_at)
    ).values_list("proceeding__case", flat=True)
    cases = answers.cases(asked, "adjournments.adjourned", user=None)
    assert {case.pk for case in cases} == set(adjourned)


@seeds
def test_the_curve_follows_each_member_from_its_filing(story: Story) -> None:
    for question in questions(story):
        asked = journeys.by_filing(question)
        expected: Counter[tuple[int, bool]] = Counter()
        for one in by_hand(story, asked):
            if one.filed is None:
                continue
            expected[
                ((one.concluded or asked.as_at) - one.filed).days, one.concluded is not None
            ] += 1
        curve = answers.curve(question, user=None)
        concluded = sum(n for (_days, is_concluded), n in expected.items() if is_concluded)
        assert curve.n == expected.total()
        assert curve.is_hidden or curve.concluded == concluded


@seeds
def test_every_list_of_cases_behind_a_rate_holds_its_members(story: Story) -> None:
    for question in questions(story)[::3]:
        members = by_hand(story, question)
        for state in cohorts.State:
            expected = {one.case for one in members if one.now == state}
            cases = answers.cases(question, f"rates.{state}", user=None)
            assert {case.pk for case in cases} == expected, (question, state)
