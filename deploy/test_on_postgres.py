"""Run the tests a second time on PostgreSQL, where CASEWORK_TEST_POSTGRES_URL names a server.

Tests of single pages ran on SQLite, as did those that open no database; here the guards and the
query counts open every page. Without a server this says so and passes; under CI=true it fails.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("adversity", "casework", "evidence", "kyc", "search")
OPEN_EVERY_PAGE = ["tests/test_guards.py", "tests/test_query_counts.py"]
WITH_A_DATABASE = [*OPEN_EVERY_PAGE, *(f"tests/{name}" for name in FOLDERS)]


def main() -> int:
    url = os.environ.get("CASEWORK_TEST_POSTGRES_URL", "")
    if not url:
        sys.stdout.write(
            "PostgreSQL left out: set CASEWORK_TEST_POSTGRES_URL=postgres://user@127.0.0.1/postgres"
            " (a user who may create databases) to run the tests there as well.\n"
        )
        return 1 if os.environ.get("CI") == "true" else 0
    workers = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    environment = {**os.environ, "DATABASE_URL": url}
    command = [sys.executable, "-m", "pytest", "--second-database", *workers, *WITH_A_DATABASE]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
