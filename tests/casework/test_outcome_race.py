"""Verdicts and court file numbers taken at once: one wins, the others are told why not."""

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
ONE_WINS = ["done", *["rule-broken"] * (HANDS - 1)]


def play(url: str, folder: Path) -> dict[str, Any]:
    own = {
        "DATABASE_URL": url,
        "CASEWORK_DEBUG": "1",
        "CASEWORK_IGNORE_ENV_FILE": "1",
        "CASEWORK_DATA_DIR": str(folder),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.casework.verdict_race"],
        cwd=ROOT,
        env=os.environ | own,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def expect_one_of_each(score: dict[str, Any]) -> None:
    assert score["verdicts"] == score["openings"] == ONE_WINS
    assert (score["outcomes"], score["numbered"]) == (1, 1)


@pytest.mark.slow
def test_one_verdict_and_one_number_on_sqlite(tmp_path: Path) -> None:
    expect_one_of_each(play(f"sqlite:///{tmp_path / 'race.sqlite3'}", tmp_path))


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "postgresql", reason="DATABASE_URL is not PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_one_verdict_and_one_number_on_postgresql(tmp_path: Path) -> None:
    known = connection.settings_dict
    server = f"{known['HOST']}:{known['PORT']}" if known["PORT"] else known["HOST"]
    who = f"{known['USER']}:{known['PASSWORD']}" if known["PASSWORD"] else known["USER"]
    expect_one_of_each(play(f"postgres://{who}@{server}/{known['NAME']}", tmp_path))
