"""Of twenty handovers of one exhibit at once exactly one wins, on SQLite and on PostgreSQL."""

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
        "CASEWORK_HEADS_FILE": str(folder / "heads.txt"),
        "CASEWORK_SIGNING_KEY_FILE": str(folder / "signing.pem"),
    }
    command = [sys.executable, "-m", "tests.evidence.custody_race"]
    environment = os.environ | own
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def expect_one_winner(score: dict[str, Any]) -> None:
    assert score["offers"].count("done") == 1
    assert score["offers"].count("rule-broken") == HANDS - 1
    assert score["taken"].count("done") == 1
    assert score["taken"].count("conflict") == HANDS - 1
    assert (score["events"], score["verified"]) == (3, True)


@pytest.mark.slow
def test_one_hand_wins_on_sqlite(tmp_path: Path) -> None:
    expect_one_winner(play(f"sqlite:///{tmp_path / 'race.sqlite3'}", tmp_path))


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "postgresql", reason="DATABASE_URL is not PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_one_hand_wins_on_postgresql(tmp_path: Path) -> None:
    known = connection.settings_dict
    server = f"{known['HOST']}:{known['PORT']}" if known["PORT"] else known["HOST"]
    who = f"{known['USER']}:{known['PASSWORD']}" if known["PASSWORD"] else known["USER"]
    expect_one_winner(play(f"postgres://{who}@{server}/{known['NAME']}", tmp_path))
