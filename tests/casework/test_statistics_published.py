"""Fourteen large seizures, ten prosecuted, one conviction, later overturned: every rate, in the
database, before and after the appeal. The table is worked by hand.
"""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from casework import lines, reference
from casework.cohorts import Cohort, Question, State, Unit
from casework.metrics import Rate
from casework.models import Charge, Outcome, Proceeding, User
from casework.statistics import answers
from casework.statistics.shapes import Stage
from tests.casework.random_records import Story

SEIZED, FILED, DECIDED, OVERTURNED = (
    date(2015, 1, 5), date(2016, 2, 1), date(2018, 3, 1), date(2019, 4, 1),
)  # fmt: skip
NOW = datetime(2025, 1, 1, tzinfo=UTC)


class Told(Story):
    """A history on fixed days."""

    on = SEIZED

    def day(self) -> date:
        return self.on


@pytest.fixture
def fourteen(investigator: User) -> Told:
    """Ten charged with two counts each; nine decided, one of them convicted on one count."""
    reference.load_starter()
    assert investigator.agency is not None
    story = Told(random.Random(1), investigator, [investigator.agency])
    story.chance.random = lambda: 0.5  # type: ignore[method-assign]  # each case with its seizure
    for _case in range(14):
        story.open_case()
    story.on = FILED
    for case in list(story.cases)[:10]:
        _charge(story, case)
    charges = list(Charge.objects.order_by("pk"))
    for charge in charges[:18]:
        story.on = DECIDED
        decision = "convicted_trial" if charge == charges[0] else "acquitted"
        _decide(story, charge, decision)
    story.on = OVERTURNED
    _decide(story, charges[0], "acquitted")
    return story


def _charge(story: Told, case: int) -> None:
    from casework.models import Accused

    trial = story.save(Proceeding(
        case_id=case, court=story.places[0], number=f"CR {case}", prosecutor=story.officer,
        opened_on=story.on, created_by=story.officer, created_at=story.now,
    ))  # fmt: skip
    accused = story.save(Accused(case_id=case, number=1, name="Invented"))
    sheet = story._sheet(trial, 1, story.on)
    for number in (1, 2):
        story._count(sheet, number, [accused])


def _decide(story: Told, charge: Charge, decision: str) -> None:
    before = charge.outcomes.filter(superseded_by__isnull=True).first()
    Outcome(
        charge=charge, proceeding_id=story.trials[charge.pk], decision=decision,
        decided_on=story.on, recorded_at=story.now, recorded_by=story.officer, supersedes=before,
    ).save()  # fmt: skip
    lines.renew([charge])


HAND_WORKED = [  # unit, cohort, denominator; the numerator is 1 before the appeal and 0 after
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
]


def test_every_rate_before_and_after_the_appeal_by_each_unit_and_cohort(fourteen: Told) -> None:
    for unit, cohort, size in HAND_WORKED:
        before = Question(as_at=DECIDED, known_at=NOW, unit=unit, cohort=cohort)
        after = replace(before, as_at=OVERTURNED)
        then, now = (answers.rates(question, user=None) for question in (before, after))
        assert then.total.after_appeals == Rate(1, size), before
        assert now.total.after_appeals == Rate(0, size), after
        assert now.total.first_instance == Rate(1, size), after
        assert then.of_everything_seized == Rate(1, 14)
        assert now.of_everything_seized == Rate(0, 14)


def test_the_funnel_holds_the_nine_concluded_and_loses_the_conviction(fourteen: Told) -> None:
    def numbers(as_at: date) -> dict[str, int | None]:
        funnel = answers.funnel(Question(as_at=as_at, known_at=NOW), user=None)
        return {step.stage: step.number for step in funnel.steps}

    before = numbers(DECIDED)
    assert [before[stage] for stage in Stage] == [14, 10, 10, 9, 1, 1]
    assert [numbers(OVERTURNED)[stage] for stage in Stage] == [14, 10, 10, 9, 1, 0]


def test_four_seizures_have_nobody_charged(fourteen: Told) -> None:
    found = answers.uncharged(Question(as_at=DECIDED, known_at=NOW), user=None)
    assert found.rate == Rate(4, 14)
    cases = answers.cases(Question(as_at=DECIDED, known_at=NOW), "seized.not_charged", user=None)
    assert cases.count() == 4


def test_an_accused_who_absconded_is_still_open_and_named_so(fourteen: Told) -> None:
    """The tenth is undecided; absconded, they stay in the denominator under a word of their own."""
    from casework.models import AccusedEvent

    tenth = Charge.objects.order_by("-pk")[0].accused
    AccusedEvent(
        accused=tenth, kind="absconded", happened_on=date(2017, 1, 1), recorded_by=fourteen.officer,
        recorded_at=fourteen.now,
    ).save()  # fmt: skip
    question = Question(as_at=DECIDED, known_at=NOW, unit=Unit.ACCUSED, cohort=Cohort.FILED)
    states = answers.rates(question, user=None).total.states
    assert (states[State.PENDING], states[State.ABSCONDED]) == (0, 1)
    earlier = replace(question, as_at=FILED + timedelta(days=1))
    assert answers.rates(earlier, user=None).total.states[State.ABSCONDED] == 0


def test_a_count_substituted_midway_is_one_count_filed_when_the_first_was(fourteen: Told) -> None:
    """The old charge's replacement is no decision; the new one's verdict is the line's."""
    open_charge = Charge.objects.order_by("-pk")[0]
    fourteen.on = date(2018, 1, 1)
    fourteen.chance.choice = lambda _keys: open_charge.pk  # type: ignore[assignment,return-value,method-assign]
    fourteen.substitute()
    question = Question(as_at=DECIDED, known_at=NOW, unit=Unit.COUNTS, cohort=Cohort.FILED)
    found = answers.rates(question, user=None)
    assert found.total.size == 20
    assert {line.key for line in found.by_year} == {"2016"}
    assert found.total.states[State.PENDING] == 2
    new = Charge.objects.get(replaces=open_charge)
    fourteen.on = DECIDED
    _decide(fourteen, new, "convicted_trial")
    assert answers.rates(question, user=None).total.after_appeals == Rate(2, 20)


def test_a_count_without_a_finding_is_not_counted_and_leaves_its_accused_convicted(
    fourteen: Told,
) -> None:
    """Convicted on the other of two alternatives: one count with an end, one accused convicted."""
    one, alternative = Charge.objects.order_by("pk")[18:20]
    fourteen.on = DECIDED
    _decide(fourteen, one, "convicted_trial")
    _decide(fourteen, alternative, "no_finding")
    counts = Question(as_at=DECIDED, known_at=NOW, unit=Unit.COUNTS, cohort=Cohort.CONCLUDED)
    assert answers.rates(counts, user=None).total.after_appeals == Rate(2, 19)
    accused = replace(counts, unit=Unit.ACCUSED)
    assert answers.rates(accused, user=None).total.after_appeals == Rate(2, 10)


def test_a_case_split_in_two_trials_is_one_case_and_each_accused_once(fourteen: Told) -> None:
    """Severed: the second count is tried apart; the unit's members stay what they were."""
    charge = Charge.objects.order_by("pk")[18]
    first = charge.count.charge_sheet.proceeding
    other = fourteen.save(Proceeding(
        case=first.case, court=fourteen.places[0], number="CR S", prosecutor=fourteen.officer,
        opened_on=DECIDED, created_by=fourteen.officer, created_at=fourteen.now,
    ))  # fmt: skip
    Charge.objects.filter(pk=charge.pk).update(tried_in=other)
    for unit, size in ((Unit.CASES, 10), (Unit.ACCUSED, 10), (Unit.COUNTS, 20)):
        question = Question(as_at=DECIDED, known_at=NOW, unit=unit, cohort=Cohort.FILED)
        assert answers.rates(question, user=None).total.size == size


def test_a_retrial_reopens_the_accused_and_its_verdict_is_what_stands(fourteen: Told) -> None:
    """Concluded once: the retrial changes the numerator, never the cohort."""
    charge = Charge.objects.order_by("pk")[2]
    question = Question(as_at=date(2021, 1, 1), known_at=NOW, unit=Unit.ACCUSED)
    fourteen.on = date(2019, 6, 1)
    _decide(fourteen, charge, "retrial")
    assert answers.rates(question, user=None).total.states[State.PENDING] == 1
    fourteen.on = date(2020, 6, 1)
    _decide(fourteen, charge, "convicted_trial")
    total = answers.rates(question, user=None).total
    assert (total.after_appeals, total.first_instance) == (Rate(1, 9), Rate(1, 9))


def test_a_withdrawal_that_bars_a_new_charge_counts_as_a_withdrawal(fourteen: Told) -> None:
    one, other = Charge.objects.order_by("pk")[18:20]
    fourteen.on = DECIDED
    _decide(fourteen, one, "withdrawn_barred")
    _decide(fourteen, other, "withdrawn_barred")
    question = Question(as_at=DECIDED, known_at=NOW, unit=Unit.ACCUSED)
    total = answers.rates(question, user=None).total
    assert (total.withdrawn, total.after_appeals) == (1, Rate(1, 10))
    assert total.without_withdrawn == Rate(1, 9)
