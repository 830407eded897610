"""A clean chain has no finding; a seeded fault is found and named; the order given is nothing."""

import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence import continuity
from evidence.continuity import Finding, Measure
from evidence.continuity.sentences import SENTENCES
from evidence.continuity.telling import Writing, sentence
from tests.evidence import chains
from tests.evidence.chains import CLEAN, COURT, FAULTS, PEOPLE, START, STORE, Story

Act = Callable[[Story], None]
acts = st.lists(st.sampled_from(CLEAN), max_size=8)
PLAIN = Writing(
    translate=str,
    day=lambda at: at.strftime("%-d %b %Y"),
    duration=str,
    weight=lambda mg: f"{mg // 1_000_000} kg",
)


def told(*steps: Act) -> Story:
    story = Story()
    story.seize()
    for step in steps:
        step(story)
    return story


def found(story: Story) -> tuple[Finding, ...]:
    return continuity.findings(story.subject(), now=story.at)


def kinds(story: Story) -> list[str]:
    return [finding.kind for finding in found(story)]


@given(acts)
def test_a_clean_chain_has_no_finding(steps: Sequence[Act]) -> None:
    assert kinds(told(*steps)) == []


@pytest.mark.parametrize("kind", FAULTS)
@settings(max_examples=25, deadline=None)
@given(before=acts)
def test_a_seeded_fault_is_found_and_named(kind: str, before: Sequence[Act]) -> None:
    story = told(*before)
    clean = len(story.events)
    FAULTS[kind](story)
    named = found(story)
    assert kind in [finding.kind for finding in named]
    assert all(finding.sequence > clean - 1 for finding in named)  # nothing before it is blamed
    assert all("%(" not in sentence(finding, PLAIN) for finding in named)


@given(acts, st.sampled_from(sorted(FAULTS)), st.randoms())
def test_the_order_in_which_events_are_given_changes_nothing(
    steps: Sequence[Act], fault: str, dice: random.Random
) -> None:
    story = told(*steps, FAULTS[fault])
    expected = found(story)
    dice.shuffle(story.events)
    assert found(story) == expected


@given(st.lists(st.tuples(acts, st.sampled_from(sorted(FAULTS))), max_size=4), st.randoms())
def test_the_order_of_exhibits_changes_nothing(
    told_by: list[tuple[list[Act], str]], dice: random.Random
) -> None:
    subjects = [
        told(*steps, FAULTS[fault]).subject(identifier=UUID(int=number), label=f"E{number}")
        for number, (steps, fault) in enumerate(told_by)
    ]
    now = START + timedelta(days=900)
    expected = continuity.findings_of_all(subjects, now=now)
    dice.shuffle(subjects)
    assert dict(continuity.findings_of_all(subjects, now=now)) == dict(expected)


def test_every_sentence_is_reached_by_a_fault_or_named_here() -> None:
    reached = set(FAULTS)
    named = {
        "before_first", "no_holder", "offered", "handed_out", "was_out", "never_sealed", "order",
        "seal_broken_explained", "seal_changed_explained", "count_explained", "lighter_explained",
        "heavier_explained", "lighter_part", "drift_heavier", "parts_lighter", "parts_heavier",
        "two_places", "missing_since", "seen_again", "found_elsewhere_moved",
    }  # fmt: skip
    assert set(SENTENCES) == reached | named


def test_time_between_seizure_and_first_record_is_named() -> None:
    story = Story(seized_at=START - timedelta(hours=3))
    story.seize()
    (gap,) = found(story)
    assert (gap.kind, gap.length) == ("before_first", timedelta(hours=3, minutes=1))
    assert sentence(gap, PLAIN) == (
        "For 3:01:00 after the seizure nobody is recorded as holding it."
    )


def test_a_fresh_offer_is_one_sides_word_and_an_old_one_is_missing() -> None:
    story = told()
    story.offer(PEOPLE[1])
    assert [(one.kind, one.mark) for one in found(story)] == [("offered", "half")]
    story.at += timedelta(days=3)
    assert [(one.kind, one.mark) for one in found(story)] == [("unanswered", "open")]


def test_with_a_clerk_until_the_day_it_is_expected_back() -> None:
    story = told()
    out = story.act("handed_out", giver=story.holder, receiver=chains.CLERK)
    due = {out.sequence: story.at + timedelta(days=2)}
    now = story.at + timedelta(days=1)
    early = continuity.findings(story.subject(due_back=due), now=now)
    late = continuity.findings(story.subject(due_back=due), now=now + timedelta(days=2))
    assert [one.kind for one in early] == ["handed_out"]
    assert [one.kind for one in late] == ["overdue"]


def test_what_a_correction_says_is_what_was_read() -> None:
    story = told()
    story.act("reweighed", weight_mg=21_260_000, place=STORE)
    assert kinds(story) == ["lighter"]
    story.act("corrected", corrects=2, weight_mg=212_600_000, note="A digit too few")
    assert kinds(story) == ["corrected"]


def test_an_explained_difference_is_one_sides_word() -> None:
    story = told(FAULTS["lighter"])
    story.act("corrected", corrects=2, note="It dried: see the note of the laboratory")
    assert [(one.kind, one.mark) for one in found(story)] == [
        ("lighter_explained", "half"), ("corrected", "half"),
    ]  # fmt: skip


def test_a_time_without_a_seal_is_explained_and_stays_named() -> None:
    story = told(FAULTS["unsealed"])
    story.act("corrected", corrects=2, note="It lay in the locked strong room")
    (gap, _correction) = found(story)
    assert (gap.kind, gap.mark) == ("unsealed", "half")
    assert sentence(gap, PLAIN).endswith(". The record explains it.")


def test_no_word_brings_a_lost_exhibit_back() -> None:
    story = told(FAULTS["lost"])
    story.act("corrected", corrects=2, note="Somebody must have it")
    assert ("lost", "open") in [(one.kind, one.mark) for one in found(story)]


def test_a_tolerance_declared_in_advance_covers_a_loss_and_no_more() -> None:
    story = told()
    story.act("declared", tolerance_mg=6_000_000)
    story.act("reweighed", weight_mg=story.mass - 5_000_000, place=STORE)
    assert kinds(story) == []
    story.act("reweighed", weight_mg=story.mass - 7_000_000, place=STORE)
    assert kinds(story) == ["drift_lighter"]


def test_a_sample_that_was_not_weighed_may_explain_a_loss() -> None:
    story = told()
    dust = story.part(None, None)
    story.act("sampled", related=[dust], new_seal_number="S-9", place=STORE)
    story.act("reweighed", weight_mg=story.mass - 3_000_000, place=STORE)
    assert [(one.kind, one.mark) for one in found(story)] == [("lighter_part", "half")]


def test_what_was_put_together_weighs_as_much_as_its_parts() -> None:
    story = Story(mass=3_000_000, count=2)
    one, other = UUID(int=1), UUID(int=2)
    story.others = {one: Measure("E2", 1, 1_000_000), other: Measure("E3", 1, 2_500_000)}
    story.act("combined", receiver=story.holder, related=[one, other], place=STORE)
    story.act("reweighed", **{**story.reading(), "seal_number": ""}, place=STORE)
    assert kinds(story) == ["parts_lighter"]


def test_an_unopened_bag_was_not_opened() -> None:
    story = told()
    story.act("examined", place=STORE)  # through the bag
    story.at += timedelta(days=30)
    story.act("reweighed", seal_number=story.seal, seal_intact=True, place=STORE)
    assert kinds(story) == []


def test_it_went_from_hand_to_hand_and_was_never_sealed() -> None:
    story = Story(seal="")
    story.seize()
    chains.handover(story)
    chains.handover(story)
    assert kinds(story) == ["never_sealed"]


def test_a_missing_exhibit_is_seen_again() -> None:
    story = told(FAULTS["missing"])
    story.sightings.append(continuity.Sighting(story.at + timedelta(days=1), STORE, STORE))
    assert kinds(story) == ["seen_again"]
    story.at += timedelta(days=2)
    story.act("moved", place="Exhibit store, room 1")
    assert kinds(story) == ["missing_since"]


def test_one_person_at_two_sites_within_minutes() -> None:
    story, other = told(), told()
    story.act("reweighed", weight_mg=story.mass, place=STORE)
    other.act("produced", place=COURT)
    subjects = [story.subject(), other.subject(identifier=UUID(int=8), label="E2")]
    named = continuity.findings_of_all(subjects, now=story.at)
    assert [one.kind for one in named[UUID(int=7)]] == ["two_places"]
    assert "with E2" in sentence(named[UUID(int=7)][0], PLAIN)
    assert "with E1" in sentence(named[UUID(int=8)][0], PLAIN)


def test_rooms_of_one_store_are_one_site() -> None:
    story, other = told(), told()
    story.act("reweighed", weight_mg=story.mass, place=STORE)
    other.act("reweighed", weight_mg=story.mass, place="Exhibit store, scale room")
    subjects = [story.subject(), other.subject(identifier=UUID(int=8), label="E2")]
    assert not any(continuity.findings_of_all(subjects, now=story.at).values())


def test_a_disclosed_moment_needs_no_clock_of_its_own() -> None:
    story = told(FAULTS["lost"])
    one = continuity.findings(story.subject(), now=datetime(2027, 1, 1, tzinfo=UTC))
    other = continuity.findings(story.subject(), now=datetime(2027, 1, 1, tzinfo=UTC))
    assert one == other
