"""Payments, corrections and decisions at once: one wins, the others are told why not."""

from pathlib import Path
from typing import Any

import pytest

from tests.race import HANDS, needs_postgresql, on_postgresql, on_sqlite

PROGRAM = "tests.casework.sentence_race"
ONE_WINS = ["done", *["rule-broken"] * (HANDS - 1)]


def expect_one_of_each(score: dict[str, Any]) -> None:
    assert score["payments"] == score["corrections"] == score["decisions"] == ONE_WINS
    assert (score["paid"], score["standing"], score["queries"]) == (1, 1, 1)


@pytest.mark.slow
def test_one_payment_one_correction_and_one_decision_on_sqlite(tmp_path: Path) -> None:
    expect_one_of_each(on_sqlite(PROGRAM, tmp_path))


@pytest.mark.postgres
@pytest.mark.slow
@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_one_payment_one_correction_and_one_decision_on_postgresql(tmp_path: Path) -> None:
    expect_one_of_each(on_postgresql(PROGRAM, tmp_path))
