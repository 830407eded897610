"""Of twenty requests at once that begin from one size, a witness cosigns exactly one."""

from pathlib import Path
from typing import Any

import pytest

from tests.evidence.witness_race import SIZES
from tests.race import needs_postgresql, on_postgresql, on_sqlite

PROGRAM = "tests.evidence.witness_race"


def expect_one_winner(score: dict[str, Any]) -> None:
    assert score["outcomes"].count("done") == 1
    assert score["outcomes"].count("409") == len(SIZES) - 1
    first, second = score["sizes"]
    assert first == 5
    assert second in SIZES


@pytest.mark.slow
def test_one_request_wins_on_sqlite(tmp_path: Path) -> None:
    expect_one_winner(on_sqlite(PROGRAM, tmp_path))


@pytest.mark.postgres
@pytest.mark.slow
@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_one_request_wins_on_postgresql(tmp_path: Path) -> None:
    expect_one_winner(on_postgresql(PROGRAM, tmp_path))
