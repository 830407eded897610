"""Seizures recorded at once get references and numbers of their own, on both databases."""

from pathlib import Path
from typing import Any

import pytest

from tests.race import HANDS, needs_postgresql, on_postgresql, on_sqlite

PROGRAM = "tests.casework.seizure_race"


def expect_all_recorded(score: dict[str, Any]) -> None:
    assert score["opened"] == score["joined"] == ["done"] * HANDS
    assert len(set(score["references"])) == HANDS
    assert sorted(score["numbers"]) == list(range(1, HANDS + 2))


@pytest.mark.slow
def test_all_are_recorded_on_sqlite(tmp_path: Path) -> None:
    expect_all_recorded(on_sqlite(PROGRAM, tmp_path))


@pytest.mark.postgres
@pytest.mark.slow
@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_all_are_recorded_on_postgresql(tmp_path: Path) -> None:
    expect_all_recorded(on_postgresql(PROGRAM, tmp_path))
