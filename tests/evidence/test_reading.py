"""Reading within one opened case follows the rule of reading anything at all."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404
from django.utils import timezone

from casework import access, cases
from casework.models import Case, Code, DiaryEntry, Seizure, User
from evidence import exhibits, reading
from evidence.models import CustodyEvent, Exhibit
from tests.evidence import scenes

MODELS = (DiaryEntry, Seizure, Exhibit, CustodyEvent)


@pytest.fixture
def told(case: Case, investigator: User) -> Case:
    """A case with open and hidden rows, and another case beside it."""
    hour_ago = timezone.now() - timedelta(hours=1)
    for hidden in (False, True):
        cases.note(case, text="Note", happened_at=hour_ago, actor=investigator, is_sensitive=hidden)
        kind = Code.objects.kind("exhibit_kind").earliest("position")
        thing = exhibits.Thing(kind=kind, description="Thing", is_restricted=hidden)
        exhibits.register(case, thing, actor=investigator)
    other = cases.open_case(title="Another", tier="poaching", actor=investigator)
    for one in (case, other):
        scenes.seizure(one, investigator)
    return case


@pytest.mark.parametrize("name", ["investigator", "colleague", "custodian", "prosecutor"])
def test_a_case_opened_shows_what_may_be_seen_of_it(
    told: Case, name: str, request: pytest.FixtureRequest, colleague: User
) -> None:
    reader: User = request.getfixturevalue(name)
    read = reading.of_case(access.get_case(reader, told.reference), reader)
    for model in MODELS:
        rows: Any = model.objects
        path = rows.all().case_path
        expected = rows.visible_to(reader).filter(**{path: told}).order_by("pk")
        assert list(read(rows).order_by("pk")) == list(expected), model


def test_a_case_that_was_not_opened_shows_nothing(told: Case, outsider: User) -> None:
    with pytest.raises(Http404):
        reading.of_case(Case.objects.get(pk=told.pk), outsider)
    told.granted_actions = frozenset()
    assert not Seizure.objects.of_case(told).exists()
