"""One signature, however often it is sent at once; and nothing lost where a process is killed."""

from pathlib import Path
from typing import Any

import pytest

from tests.evidence.signing_race import HANDS
from tests.race import needs_postgresql, on_postgresql, on_sqlite

PROGRAM = "tests.evidence.signing_race"


def expect_order(score: dict[str, Any]) -> None:
    told = score["told"]
    for place in ("beginning", "take_over"):  # killed before the record: nobody has signed
        assert told[place]["was_killed"]
        assert (told[place]["signed"], told[place]["whole"]) == (0, True)
    assert score["outcomes"].count("done") == 1
    assert len(score["outcomes"]) == HANDS
    assert set(score["outcomes"]) <= {"done", "conflict"}
    assert (told["race"]["signed"], told["race"]["whole"]) == (1, True)
    assert told["remove"]["was_killed"]  # after the record: signed, and the old files still there
    assert (told["remove"]["signed"], told["remove"]["whole"]) == (2, True)
    assert told["remove"]["more"] > 0
    assert score["end"] == {"signed": 2, "whole": True, "more": 0}
    assert (score["state"], score["verified"]) == ("issued", True)


@pytest.mark.slow
def test_signed_once_on_sqlite(tmp_path: Path) -> None:
    expect_order(on_sqlite(PROGRAM, tmp_path))


@pytest.mark.postgres
@pytest.mark.slow
@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_signed_once_on_postgresql(tmp_path: Path) -> None:
    expect_order(on_postgresql(PROGRAM, tmp_path))
