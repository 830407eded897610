"""An empty database gets its tables at once; an installation with data goes step by step."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
STEP_BY_STEP = (
    "from casework import fresh_tables; fresh_tables.make = lambda connection: 0;"
    "from django.core.management import execute_from_command_line as run;"
    "run(['manage.py', 'migrate', '--verbosity', '0'])"
)
Table = tuple[dict[str, Any], set[Any], set[Any]]


def migrated(path: Path, *command: str) -> dict[str, Table]:
    environment = {
        **os.environ,
        "CASEWORK_DEBUG": "1",
        "CASEWORK_IGNORE_ENV_FILE": "1",
        "CASEWORK_DATA_DIR": str(path.parent),
        "DATABASE_URL": f"sqlite:///{path}",
        "DJANGO_SETTINGS_MODULE": "casework.settings",
    }
    done = subprocess.run(  # our own command
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(path) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name: shape(database, name) for (name,) in tables}


def shape(database: sqlite3.Connection, table: str) -> Table:
    """Columns, foreign keys, and indexes with what they cover; the order of columns is free."""
    columns = {row[1]: row[2:] for row in database.execute(f"PRAGMA table_info('{table}')")}
    keys = {row[2:5] for row in database.execute(f"PRAGMA foreign_key_list('{table}')")}
    indexes = set()
    for _number, name, is_unique, origin, is_partial in database.execute(
        f"PRAGMA index_list('{table}')"
    ):
        covered = tuple(row[2] for row in database.execute(f"PRAGMA index_info('{name}')"))
        indexes.add((is_unique, origin, is_partial, covered))
    text = database.execute("SELECT sql FROM sqlite_master WHERE name = ?", [table]).fetchone()[0]
    checks = {word.strip('"') for word in text.split() if word.startswith('"')} - set(columns)
    return columns, keys, indexes | checks


def rows(path: Path, query: str) -> list[Any]:
    with sqlite3.connect(path) as database:
        return sorted(database.execute(query))


def test_both_ways_make_the_same_tables_and_know_the_same_migrations(tmp_path: Path) -> None:
    at_once, by_steps = tmp_path / "once.sqlite3", tmp_path / "steps.sqlite3"
    quick = migrated(at_once, "manage.py", "migrate", "--verbosity", "0")
    slow = migrated(by_steps, "-c", STEP_BY_STEP)
    assert sorted(quick) == sorted(slow)
    assert {name: quick[name] for name in quick if quick[name] != slow[name]} == {
        name: slow[name] for name in quick if quick[name] != slow[name]
    }
    for query in (
        "SELECT app, name FROM django_migrations",
        "SELECT app_label, model FROM django_content_type",
        "SELECT codename FROM auth_permission",
        "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    ):
        assert rows(at_once, query) == rows(by_steps, query)


def test_migrating_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "twice.sqlite3"
    first = migrated(path, "manage.py", "migrate", "--verbosity", "0")
    assert migrated(path, "manage.py", "migrate", "--verbosity", "0") == first
