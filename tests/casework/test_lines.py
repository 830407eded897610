"""The lines of charges hold what the record says, whoever made them and when."""

import random
from collections.abc import Iterable

import pytest

from casework import lines, reference
from casework.models import Agency, ChargeLine, User
from tests.casework.random_records import Story


@pytest.fixture
def story(investigator: User, customs: Agency) -> Story:
    reference.load_starter()
    assert investigator.agency is not None
    story = Story(random.Random(1), investigator, [investigator.agency, customs])
    story.tell(200)
    return story


def rows(among: Iterable[int]) -> dict[int, dict[str, object]]:
    found = ChargeLine.objects.filter(pk__in=among).values()
    return {row["charge_id"]: dict(row) for row in found}


def test_lines_kept_with_each_act_are_those_made_at_once(story: Story) -> None:
    kept = rows(ChargeLine.objects.values_list("pk", flat=True))
    assert kept
    ChargeLine.objects.all().delete()
    lines.fill()
    assert rows(kept) == kept


def test_filling_makes_only_what_is_missing(story: Story) -> None:
    kept = set(ChargeLine.objects.values_list("pk", flat=True))
    lines.fill()
    filled = set(ChargeLine.objects.values_list("pk", flat=True))
    assert kept < filled
    lines.fill()
    assert set(ChargeLine.objects.values_list("pk", flat=True)) == filled
