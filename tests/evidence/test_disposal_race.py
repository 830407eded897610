"""Whoever is first counts: nothing is destroyed once an appeal is lodged or a hold is placed."""

from pathlib import Path
from typing import Any

import pytest

from tests.evidence.disposal_race import ROUNDS
from tests.race import needs_postgresql, on_postgresql, on_sqlite

PROGRAM = "tests.evidence.disposal_race"


def expect_one_order(score: dict[str, Any]) -> None:
    assert len(score["rounds"]) == ROUNDS
    for played in score["rounds"]:
        assert "done" in played["outcomes"]
        assert set(played["outcomes"]) <= {"done", "rule-broken"}
        assert not played["kept_first"], "destroyed although something kept it"
        assert played["gone"] or played["kept"]
        assert played["verified"]


@pytest.mark.slow
def test_a_destruction_and_an_appeal_at_once_end_in_one_order_on_sqlite(tmp_path: Path) -> None:
    expect_one_order(on_sqlite(PROGRAM, tmp_path))


@pytest.mark.postgres
@pytest.mark.slow
@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_destruction_and_an_appeal_at_once_end_in_one_order_on_postgresql(
    tmp_path: Path,
) -> None:
    expect_one_order(on_postgresql(PROGRAM, tmp_path))
