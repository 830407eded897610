"""A chain of a thousand events takes the next one as quickly as a chain of three."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.models import Case, User
from evidence import custody
from evidence.models import Exhibit
from tests.evidence.acts import tusks

EVENTS = 1000


@pytest.fixture
def exhibit(case: Case, investigator: User) -> Exhibit:
    return tusks(case, investigator)


def queries(act: Callable[[], object]) -> tuple[int, int]:
    """How many queries an act takes, and how many rows of events they read."""
    with CaptureQueriesContext(connection) as caught:
        act()
    return len(caught), sum(len(query["sql"]) for query in caught)


def test_a_thousand_events_cost_no_further_query(exhibit: Exhibit, investigator: User) -> None:
    def look() -> object:
        return custody.examine(exhibit, actor=investigator, note="Look")

    for _ in range(3):
        look()
    short = queries(look)[0]
    for _ in range(EVENTS):
        look()
    assert queries(look)[0] <= short
