"""Run every benchmark: `python -m bench [--quick] [NAME ...]`. A table, and bench/results.json.

A benchmark is a module of this folder with `run(quick) -> rows`; a row has name, value, unit, n.
Each starts in a process of its own, on a database and folders that are thrown away.
"""

import argparse
import importlib
import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
NOT_BENCHES = {"__init__", "__main__", "generate", "judged", "relevance", "setting"}

Row = dict[str, object]


def names() -> list[str]:
    """The benchmarks there are."""
    return sorted(p.stem for p in HERE.glob("*.py") if p.stem not in NOT_BENCHES)


def run_one(name: str, quick: bool) -> list[Row]:
    """A benchmark in its own process; raises CalledProcessError where it failed."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "rows.json")
        environment = {
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            **os.environ,
            "CASEWORK_DATA_DIR": folder,
            "CASEWORK_DEBUG": "1",
            "CASEWORK_IGNORE_ENV_FILE": "1",
            "CASEWORK_SIGNING_KEY_FILE": f"{folder}/signing-key.pem",
            "DJANGO_SETTINGS_MODULE": "casework.settings",
        }
        command = [sys.executable, "-m", "bench", "--inner", name, str(out)]
        command += ["--quick"] if quick else []
        subprocess.run(command, check=True, env=environment, cwd=HERE.parent)
        rows: list[Row] = json.loads(out.read_text())
        return [{"bench": name, **row} for row in rows]


def run_inner(name: str, out: Path, quick: bool) -> None:
    """Inside the process: an empty database with its tables, then the benchmark."""
    import django
    from django.conf import settings

    settings.DEBUG = False
    django.setup()
    from django.core.management import call_command

    call_command("create_signing_key", verbosity=0)
    call_command("migrate", verbosity=0)
    rows = importlib.import_module(f"bench.{name}").run(quick)
    out.write_text(json.dumps(rows, default=str))


def show(rows: list[Row]) -> None:
    for row in rows:
        value = row["value"]
        text = f"{value:,.3f}" if isinstance(value, float) else str(value)
        print(f"{row['bench']:12} {row['name']:58} {text:>14} {row['unit']:10} n={row['n']}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that it runs")
    parser.add_argument("--inner", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inner:
        run_inner(options.names[0], Path(options.names[1]), options.quick)
        return 0
    results: list[Row] = []
    failed = []
    for name in options.names or names():
        try:
            rows = run_one(name, options.quick)
        except subprocess.CalledProcessError:
            failed.append(name)
            continue
        show(rows)
        results += rows
    machine = {"cores": os.cpu_count(), "python": platform.python_version()}
    report = {"at": datetime.now(UTC).isoformat(), "machine": machine, "rows": results}
    (HERE / "results.json").write_text(json.dumps(report, indent=1))
    if failed:
        print("Failed:", ", ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
