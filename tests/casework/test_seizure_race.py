"""Seizures recorded at once get references and numbers of their own, on both databases."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.evidence.custody_race import HANDS

ROOT = Path(__file__).parents[2]


def play(url: str, folder: Path) -> dict[str, Any]:
    own = {
        "DATABASE_URL": url,
        "CASEWORK_DEBUG": "1",
        "CASEWORK_IGNORE_ENV_FILE": "1",
        "CASEWORK_DATA_DIR": str(folder),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.casework.seizure_race"],
        cwd=ROOT,
        env=os.environ | own,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def expect_all_recorded(score: dict[str, Any]) -> None:
    assert score["opened"] == score["joined"] == ["done"] * HANDS
    assert len(set(score["references"])) == HANDS
    assert sorted(score["numbers"]) == list(range(1, HANDS + 2))


@pytest.mark.slow
def test_all_are_recorded_on_sqlite(tmp_path: Path) -> None:
    expect_all_recorded(play(f"sqlite:///{tmp_path / 'race.sqlite3'}", tmp_path))


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "postgresql", reason="DATABASE_URL is not PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_all_are_recorded_on_postgresql(tmp_path: Path) -> None:
    known = connection.settings_dict
    server = f"{known['HOST']}:{known['PORT']}" if known["PORT"] else known["HOST"]
    who = f"{known['USER']}:{known['PASSWORD']}" if known["PASSWORD"] else known["USER"]
    expect_all_recorded(play(f"postgres://{who}@{server}/{known['NAME']}", tmp_path))
