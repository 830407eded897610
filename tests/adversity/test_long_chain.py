"""A chain of a thousand events takes the next one as quickly as a chain of three."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.models import Case, User
from evidence import custody
from evidence.models import CustodyEvent, Exhibit
from tests.evidence.acts import tusks
from tests.race import needs_postgresql

EVENTS = 1000
MANY = 100


@pytest.fixture
def exhibit(case: Case, investigator: User) -> Exhibit:
    return tusks(case, investigator)


def queries(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as caught:
        act()
    return len(caught)


def events_fetched() -> int:
    """How many rows of events this transaction has read so far, as PostgreSQL counts them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)"
            " FROM pg_stat_xact_user_tables WHERE relname = %s",
            [CustodyEvent._meta.db_table],
        )
        (fetched,) = cursor.fetchone()
    return int(fetched)


def test_a_thousand_events_cost_no_further_query(exhibit: Exhibit, investigator: User) -> None:
    def look() -> object:
        return custody.examine(exhibit, actor=investigator, note="Look")

    for _ in range(3):
        look()
    short = queries(look)
    for _ in range(EVENTS):
        look()
    assert queries(look) <= short


@pytest.mark.postgres
@needs_postgresql
def test_it_is_not_read_once_for_each_of_its_events(exhibit: Exhibit, investigator: User) -> None:
    """Also where PostgreSQL does not know yet how long chains are: it has counted no row here."""
    for _ in range(MANY):
        custody.examine(exhibit, actor=investigator, note="Look")
    before = events_fetched()
    custody.examine(exhibit, actor=investigator, note="Look")
    assert events_fetched() - before < 10 * MANY
