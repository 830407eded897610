"""Of fifty handovers of one exhibit at once exactly one wins, on SQLite and on PostgreSQL; and of
fifty samplings that leave the same rest."""

from pathlib import Path
from typing import Any

import pytest

from tests.evidence.custody_race import HANDS
from tests.race import needs_postgresql, on_postgresql, on_sqlite

PROGRAM = "tests.evidence.custody_race"


def expect_one_winner(score: dict[str, Any]) -> None:
    assert score["offers"].count("done") == 1
    assert score["offers"].count("rule-broken") == HANDS - 1
    assert score["taken"].count("done") == 1
    assert score["taken"].count("conflict") == HANDS - 1
    assert score["samples"].count("done") == 1
    assert score["samples"].count("rule-broken") == HANDS - 1
    assert (score["events"], score["verified"]) == (4, True)


@pytest.mark.slow
def test_one_hand_wins_on_sqlite(tmp_path: Path) -> None:
    expect_one_winner(on_sqlite(PROGRAM, tmp_path))


@pytest.mark.postgres
@pytest.mark.slow
@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_one_hand_wins_on_postgresql(tmp_path: Path) -> None:
    expect_one_winner(on_postgresql(PROGRAM, tmp_path))
