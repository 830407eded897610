"""Splitting, sampling and combining: nothing appears, nothing is left over, both are named."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from casework import clock
from casework.errors import DomainError
from casework.models import Case, Code, User
from evidence import continuity, custody, exhibits, gaps
from evidence.acts import division
from evidence.exhibits import Thing
from evidence.models import Exhibit
from tests.evidence.acts import address, send, text, tusks

SignIn = Callable[[User], Client]


@pytest.fixture
def exhibit(case: Case, investigator: User) -> Exhibit:
    return tusks(case, investigator)


def part(count: int | None, kilograms: float | None, **fields: Any) -> Thing:
    weight = None if kilograms is None else int(kilograms * 1_000_000)
    return Thing(
        kind=Code.objects.get(kind="exhibit_kind", code="specimen"),
        description="Some of them",
        count=count,
        weight_mg=weight,
        scale="ES-04" if weight else "",
        **fields,
    )


LEFT: dict[str, Any] = {"count": 14, "weight_mg": 120_850_000, "scale": "ES-04"}


def test_a_part_begins_its_chain_and_the_rest_stays(exhibit: Exhibit, investigator: User) -> None:
    made = division.split(exhibit, [part(10, 86, seal_number="WS-M 7")], actor=investigator, **LEFT)
    first = made[0].custody.get()
    assert (made[0].label, made[0].parent, made[0].holder) == ("E1/1", exhibit, investigator)
    assert (first.kind, first.related) == ("split", [str(exhibit.identifier)])
    assert custody.chain(exhibit).standing.count == 14
    assert exhibit.custody.get(sequence=2).related == [str(made[0].identifier)]
    assert custody.chain(made[0]).break_ is None


@pytest.mark.parametrize(
    ("parts", "left", "told"),
    [
        ([(9, 86.0)], LEFT, "24 stood in the chain, there are 23 now"),
        ([(10, 80.0)], LEFT, "206.85 kg stood in the chain, it is 200.85 kg now"),
        ([(10, None)], LEFT, "Not every part was weighed"),
        ([(None, 86.0)], LEFT, "Not every part was counted"),
        ([(10, 86.0)], {}, "Not every part was counted"),
    ],
)
def test_what_does_not_add_up_is_explained(
    parts: Any, left: Any, told: str, exhibit: Exhibit, investigator: User
) -> None:
    things = [part(*numbers) for numbers in parts]
    with pytest.raises(DomainError, match=told) as caught:
        division.split(exhibit, things, actor=investigator, **left)
    assert caught.value.field == "discrepancy"
    assert Exhibit.objects.count() == 1
    division.split(exhibit, things, actor=investigator, discrepancy="Dust", **left)
    assert exhibit.custody.get(sequence=2).discrepancy == "Dust"


def test_only_the_holder_splits(exhibit: Exhibit, custodian: User) -> None:
    with pytest.raises(DomainError, match="Only the holder"):
        division.split(exhibit, [part(10, 86)], actor=custodian, **LEFT)


def test_several_become_one_and_their_chains_end(
    case: Case, exhibit: Exhibit, investigator: User
) -> None:
    other = tusks(case, investigator, count=6, weight_mg=50_000_000)
    whole = division.combine(
        [exhibit, other], part(30, 256.85), actor=investigator, purpose="One crate"
    )
    first = whole.custody.get()
    assert (whole.label, whole.holder, first.kind) == ("E3", investigator, "combined")
    assert first.related == sorted([str(exhibit.identifier), str(other.identifier)])
    for source in (exhibit, other):
        source.refresh_from_db()
        assert source.holder is None
        assert source.custody.get(sequence=2).related == [str(whole.identifier)]
    with pytest.raises(DomainError, match="part of another exhibit now"):
        custody.examine(exhibit, actor=investigator)


def test_what_cannot_be_combined(
    case: Case, exhibit: Exhibit, investigator: User, custodian: User
) -> None:
    act, purpose = division.combine, {"purpose": "One crate"}
    with pytest.raises(DomainError, match="at least one more"):
        act([exhibit, exhibit], part(24, 206.85), actor=investigator, **purpose)  # type: ignore[arg-type]  # a dict
    other = tusks(case, custodian)
    with pytest.raises(DomainError, match="Only the holder"):
        act([exhibit, other], part(48, 413.7), actor=investigator, **purpose)  # type: ignore[arg-type]  # a dict
    with pytest.raises(DomainError, match="Not every part was counted"):
        act([exhibit, tusks(case, investigator)], part(None, None), actor=investigator, **purpose)  # type: ignore[arg-type]  # a dict
    third = tusks(case, investigator)
    with pytest.raises(DomainError, match="there are 47 now"):
        act([exhibit, third], part(47, 413.7), actor=investigator, **purpose)  # type: ignore[arg-type]  # a dict
    assert Exhibit.objects.count() == 4


def test_what_was_hidden_stays_hidden_in_the_whole(case: Case, investigator: User) -> None:
    hidden = tusks(case, investigator, is_restricted=True)
    open_one = tusks(case, investigator)
    whole = division.combine(
        [open_one, hidden], part(48, 413.7), actor=investigator, purpose="One crate"
    )
    assert whole.is_restricted


def test_a_sample_and_its_remainder_are_weighed(exhibit: Exhibit, investigator: User) -> None:
    thing = Thing(
        kind=Code.objects.get(kind="exhibit_kind", code="sample"), description="A core",
        label="E1/S1", weight_mg=1_000_000, scale="ES-04",
    )  # fmt: skip
    left: Any = {"weight_mg": 190_000_000, "scale": "ES-04"}
    with pytest.raises(DomainError, match="sample and remainder together"):
        exhibits.take_sample(exhibit, thing, actor=investigator, **left)
    left["weight_mg"] = 205_850_000
    exhibits.take_sample(exhibit, thing, actor=investigator, **left)
    assert custody.chain(exhibit).standing.weight_mg == 205_850_000


@pytest.mark.parametrize(
    ("left", "told"),
    [
        ({"weight_mg": 100_000_000, "scale": "ES-04"}, "it is 100 kg now"),
        ({"count": 14}, "24 stood in the chain, there are 14 now"),
        ({"count": 25}, "there are 25 now"),
    ],
)
def test_a_sample_that_nobody_weighed_hides_no_loss(
    left: Any, told: str, exhibit: Exhibit, investigator: User
) -> None:
    kind = Code.objects.get(kind="exhibit_kind", code="sample")
    thing = Thing(kind=kind, description="Shavings", label="E1/S1")
    with pytest.raises(DomainError, match=told) as caught:
        exhibits.take_sample(exhibit, thing, actor=investigator, **left)
    assert caught.value.field == "discrepancy"
    said = "Ten of them were lost overboard"
    exhibits.take_sample(exhibit, thing, actor=investigator, discrepancy=said, **left)
    assert exhibit.custody.get(sequence=2).discrepancy == said


def test_the_page_splits_and_shows_the_tree(
    exhibit: Exhibit, investigator: User, sign_in: SignIn
) -> None:
    browser = sign_in(investigator)
    typed = {
        "part-TOTAL_FORMS": "2", "part-INITIAL_FORMS": "0", "part-0-description": "Ten pieces",
        "part-0-count": "10", "part-0-weight_mg": "86", "part-1-description": "",
        "purpose": "For the laboratory", "count": "14", "weight_mg": "120.85",
    }  # fmt: skip
    page = text(send(browser, "custody-split", exhibit, typed))
    assert "Name the scale" in page
    assert "Ten pieces" in page
    answer = send(browser, "custody-split", exhibit, {**typed, "scale": "ES-04"})
    assert answer.status_code == 302, text(answer)
    made = Exhibit.objects.get(label="E1/1")
    assert address("exhibit", made) in text(browser.get(address("exhibit", exhibit)))
    assert "this one" in text(browser.get(address("exhibit", made)))


def test_the_page_combines(
    case: Case, exhibit: Exhibit, investigator: User, sign_in: SignIn
) -> None:
    other = tusks(case, investigator, count=6, weight_mg=50_000_000)
    browser = sign_in(investigator)
    typed = {
        "others": [other.pk], "description": "Thirty pieces", "purpose": "One crate",
        "kind": exhibit.kind_id, "count": "30", "weight_mg": "256.85", "scale": "ES-04",
    }  # fmt: skip
    answer = send(browser, "custody-combine", exhibit, typed)
    assert answer.status_code == 302, text(answer)
    page = text(browser.get(address("exhibit", exhibit)))
    assert "combined into E3" in page
    whole = Exhibit.objects.get(label="E3")
    assert address("exhibit", other) in text(browser.get(address("exhibit", whole)))


def test_the_tree_hides_what_its_reader_may_not_see(
    case: Case, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    exhibit = tusks(case, investigator)
    made = division.split(exhibit, [part(10, 86)], actor=investigator, **LEFT)[0]
    exhibits.amend(made, is_restricted=True, reason="Informant", actor=investigator)
    assert address("exhibit", made) not in text(sign_in(custodian).get(address("exhibit", exhibit)))


def test_the_time_before_a_part_was_made_is_told_by_its_parent(
    exhibit: Exhibit, investigator: User
) -> None:
    made = division.split(exhibit, [part(10, 86)], actor=investigator, **LEFT)
    now = clock.now()
    subject = replace(gaps.subjects(made)[0], seized_at=now - timedelta(days=739))
    assert "before_first" not in [one.kind for one in continuity.findings(subject, now=now)]


def test_both_chains_name_each_other_by_label(
    case: Case, exhibit: Exhibit, investigator: User, sign_in: SignIn
) -> None:
    made = division.split(exhibit, [part(10, 86)], actor=investigator, **LEFT)[0]
    other = tusks(case, investigator)
    whole = division.combine([made, other], part(34, 292.85), actor=investigator, purpose="One bag")
    browser = sign_in(investigator)
    assert "New: E1/1" in text(browser.get(address("exhibit", exhibit)))
    source = text(browser.get(address("exhibit", made)))
    assert "Taken from E1" in source
    assert f"Became part of {whole.label}" in source
    assert f"It is part of {whole.label} now." in source
    assert f"Made from E1/1, {other.label}" in text(browser.get(address("exhibit", whole)))


def test_an_exhibit_that_its_reader_may_not_know_is_counted_not_named(
    exhibit: Exhibit, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    made = division.split(exhibit, [part(10, 86)], actor=investigator, **LEFT)[0]
    Exhibit.objects.filter(pk=made.pk).update(is_restricted=True)
    page = text(sign_in(custodian).get(address("exhibit", exhibit)))
    assert "New: 1 other exhibit" in page
    assert "E1/1" not in page


def test_the_page_says_that_a_split_opened_the_seal(
    exhibit: Exhibit, investigator: User, sign_in: SignIn
) -> None:
    division.split(exhibit, [part(10, 86)], actor=investigator, **LEFT)
    browser = sign_in(investigator)
    assert "opened in event 2, no new seal recorded" in text(
        browser.get(address("exhibit", exhibit))
    )
    custody.seal(exhibit, actor=investigator, seal_number="WS-M 006120", new_seal_number="WS-M 9")
    page = text(browser.get(address("exhibit", exhibit)))
    assert "no new seal recorded" not in page
    assert "not read since it was put on" in page


def test_a_broken_old_seal_says_nothing_of_the_new_one(
    exhibit: Exhibit, investigator: User, sign_in: SignIn
) -> None:
    custody.seal(
        exhibit, actor=investigator, seal_number="WS-M 006120", seal_intact=False,
        new_seal_number="WS-M 9",
    )  # fmt: skip
    page = text(sign_in(investigator).get(address("exhibit", exhibit)))
    assert "not intact at the last reading" not in page
    assert "not read since it was put on" in page


def test_a_seal_that_was_found_broken_says_nothing_of_the_next_one(
    exhibit: Exhibit, investigator: User, sign_in: SignIn
) -> None:
    browser, at = sign_in(investigator), address("exhibit", exhibit)
    custody.examine(exhibit, actor=investigator, seal_number="WS-M 006120", seal_intact=False)
    assert "not intact at the last reading" in text(browser.get(at))
    custody.seal(exhibit, actor=investigator, seal_number="WS-M 9")
    assert "not intact at the last reading" not in text(browser.get(at))


def test_what_was_combined_is_not_called_returned(
    case: Case, exhibit: Exhibit, investigator: User
) -> None:
    other = tusks(case, investigator)
    division.combine([exhibit, other], part(48, 413.7), actor=investigator, purpose="One bag")
    with pytest.raises(DomainError) as caught:
        custody.seal(exhibit, actor=investigator, seal_number="WS-M 9")
    assert "is part of another exhibit now" in str(caught.value)


def test_what_is_offered_is_not_a_choice_and_the_refusal_names_it(
    case: Case, exhibit: Exhibit, investigator: User, custodian: User, sign_in: SignIn
) -> None:
    other = tusks(case, investigator, description="A second sack")
    custody.offer(other, to=custodian, actor=investigator)
    page = text(sign_in(investigator).get(address("custody-combine", exhibit)))
    assert "A second sack" not in page
    with pytest.raises(DomainError) as caught:
        division.combine([exhibit, other], part(48, 413.7), actor=investigator, purpose="One bag")
    assert str(caught.value).startswith(f"{other.label}: It is offered to Joseph Kilonzi")


def test_after_combining_the_new_exhibit_is_shown(
    case: Case, exhibit: Exhibit, investigator: User, sign_in: SignIn
) -> None:
    other = tusks(case, investigator)
    typed = {
        "others": [other.pk], "description": "One bag", "purpose": "For the court", "count": "48",
        "kind": exhibit.kind_id, "weight_mg": "413.7", "scale": "ES-04",
    }  # fmt: skip
    answer = send(sign_in(investigator), "custody-combine", exhibit, typed)
    whole = Exhibit.objects.get(description="One bag")
    assert answer.headers["Location"] == address("exhibit", whole)
    page = text(sign_in(investigator).get(address("exhibit", whole)))
    assert f"Made from E1, {other.label}" in page
