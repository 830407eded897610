"""Many hands at one thing: the races, and the programs they run in.

A program of its own each: an in-memory SQLite has no second connection, so a race needs a database
on disk, and PostgreSQL's is the one the tests have made.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import django
import pytest
from django.db import connection, transaction

HANDS = 20
ROOT = Path(__file__).parents[1]


def race(act: Callable[[], object], hands: int = HANDS) -> list[str]:
    """What became of each of so many simultaneous attempts."""
    start, outcomes = Barrier(hands), list[str]()

    def attempt() -> None:
        start.wait()
        _attempt(act, outcomes)

    threads = [Thread(target=attempt) for _ in range(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def meanwhile(first: Callable[[], object], second: Callable[[], object]) -> str:
    """What became of the second act, which began before the first one was committed.

    It runs until it waits for a lock of the first, and has read by then what it reads before that.
    """
    outcomes: list[str] = []
    other = Thread(target=_attempt, args=(second, outcomes))
    with transaction.atomic():
        first()
        other.start()
        while other.is_alive() and not _somebody_waits_for_us():
            time.sleep(0.01)
    other.join()
    return outcomes[0]


def _somebody_waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks"
            " WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
        )
        return bool(cursor.fetchone()[0])


def _attempt(act: Callable[[], object], outcomes: list[str]) -> None:
    from casework.errors import DomainError

    try:
        act()
        outcomes.append("done")
    except DomainError as error:
        outcomes.append(error.code)
    finally:
        connection.close()


def start_without_tables() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casework.settings")
    django.setup()


def start() -> None:
    """Begin the program: Django, and on SQLite the tables."""
    start_without_tables()
    if connection.vendor == "sqlite":
        make_tables()


def make_tables() -> None:
    """The tables as the models have them, as the tests' own database does: migrating takes long."""
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command

    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", verbosity=0, run_syncdb=True, skip_checks=True)


def environment(url: str, folder: Path) -> dict[str, str]:
    """A program's own database and folder."""
    return os.environ | {
        "DATABASE_URL": url,
        "CASEWORK_DEBUG": "1",
        "CASEWORK_IGNORE_ENV_FILE": "1",
        "CASEWORK_DATA_DIR": str(folder),
        "CASEWORK_HEADS_FILE": str(folder / "heads.txt"),
        "CASEWORK_SIGNING_KEY_FILE": str(folder / "signing.pem"),
    }


def play(program: str, url: str, folder: Path) -> dict[str, Any]:
    """Run a program on a database and read the score it writes."""
    done = subprocess.run(
        [sys.executable, "-m", program],
        cwd=ROOT,
        env=environment(url, folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def on_sqlite(program: str, folder: Path) -> dict[str, Any]:
    return play(program, f"sqlite:///{folder / 'race.sqlite3'}", folder)


def on_postgresql(program: str, folder: Path) -> dict[str, Any]:
    """On the database of the running test, which has to be a transactional one."""
    return play(program, postgresql_url(), folder)


def postgresql_url() -> str:
    """The address of the running test's own database."""
    known = connection.settings_dict
    server = f"{known['HOST']}:{known['PORT']}" if known["PORT"] else known["HOST"]
    who = f"{known['USER']}:{known['PASSWORD']}" if known["PASSWORD"] else known["USER"]
    return f"postgres://{who}@{server}/{known['NAME']}"


needs_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="DATABASE_URL is not PostgreSQL"
)
