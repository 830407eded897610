"""What a page reads again for a reader is exactly what `visible_to` gives."""

import pytest

from casework.models import User
from search import documents
from search.documents import SOURCES
from search.engines import Key
from tests.search.conftest import Story

PEOPLE = ("investigator", "colleague", "custodian", "prosecutor", "manager", "auditor", "outsider")


@pytest.mark.parametrize("name", PEOPLE)
def test_no_row_more_and_none_less(name: str, story: Story, request: pytest.FixtureRequest) -> None:
    person: User = request.getfixturevalue(name)
    keys = [
        Key(kind, pk)
        for kind in SOURCES
        for pk in SOURCES[kind].rows().values_list("pk", flat=True)
    ]
    expected = {
        Key(kind, row.pk)
        for kind, source in SOURCES.items()
        for row in source.rows().visible_to(person)
    }
    assert set(documents.records(keys, visible_to=person)) == expected
