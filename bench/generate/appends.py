"""Writers that append at the same time: real acts of custody beside bare one-row inserts.

Two processes of four threads each, as `manage.py serve` runs them; sequencing, signing and
indexing go on behind the acts, as they do there.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread

from django.db import connection, transaction

Act = Callable[[int], None]
BARE, AUDIT = "bench_bare", "bench_audit"
PROCESSES = {1: 1, 8: 2}  # of so many writers
START = """
import django
from django.conf import settings
settings.DEBUG = False  # as a server runs: no list of queries is kept
django.setup()
from bench.generate import appends
appends.main({0!r}, {1}, {2}, {3})
"""
ROOT = Path(__file__).parents[2]


def make_table() -> None:
    key = "integer PRIMARY KEY" if connection.vendor == "sqlite" else "bigserial PRIMARY KEY"
    with connection.cursor() as cursor:
        for table in (BARE, AUDIT):
            cursor.execute(
                f"CREATE TABLE IF NOT EXISTS {table} (id {key}, label text, digest text)"
            )


def rate(what: str, writers: int, seconds: float) -> tuple[float, int]:
    """Acts a second, and how many, of all writers together: from the first to the last second."""
    processes = PROCESSES[writers]
    starting = [
        subprocess.Popen(
            [sys.executable, "-c", START.format(what, writers // processes, seconds, n)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(processes)
    ]
    for process in starting:
        if process.stdout is None or process.stdout.readline() != "ready\n":
            raise RuntimeError("a writer did not start")
    for process in starting:
        _send(process)
    counts = [json.loads(process.communicate()[0]) for process in starting]
    return sum(counts) / seconds, sum(counts)


def _send(process: "subprocess.Popen[str]") -> None:
    if process.stdin is not None:
        process.stdin.write("go\n")
        process.stdin.flush()


def main(what: str, threads: int, seconds: float, number: int) -> None:
    from casework import background

    make = {"bare": lambda _writer: bare(), "locked": locked, "acts": custody_act}[what]
    acts = [make(number * threads + n) for n in range(threads)]
    start, counts = Barrier(threads + 1), []

    def write(act: Act) -> None:
        act(0)  # whatever a first time costs
        start.wait()
        end, count = time.perf_counter() + seconds, 0
        while time.perf_counter() < end:
            act(count)
            count += 1
        counts.append(count)
        connection.close()

    running = [Thread(target=write, args=[act]) for act in acts]
    for thread in running:
        thread.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    if what == "acts":
        background.begin()
    start.wait()
    for thread in running:
        thread.join()
    sys.stdout.write(json.dumps(sum(counts)))


def bare() -> Act:
    statement = f"INSERT INTO {BARE} (label, digest) VALUES (%s, %s)"

    def act(count: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, ["BN/E1", "0" * 64])

    return act


def locked(writer: int) -> Act:
    """What no chain of custody can leave out: a lock on the thing, its row, and an audit row."""
    from evidence.models import Exhibit

    things = (
        Exhibit.objects.filter(label__startswith="E").order_by("pk").values_list("pk", flat=True)
    )
    mine = list(things[writer * 20 : writer * 20 + 20])
    waits = "" if connection.vendor == "sqlite" else " FOR UPDATE"
    lock = f"SELECT id FROM evidence_exhibit WHERE id = %s{waits}"

    def act(count: int) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(lock, [mine[count % len(mine)]])
            for table in (BARE, AUDIT):
                statement = f"INSERT INTO {table} (label, digest) VALUES (%s, %s)"
                cursor.execute(statement, ["BN/E1", "0" * 64])

    return act


def custody_act(writer: int) -> Act:
    """Each writer has twenty exhibits of its own."""
    from casework.models import User
    from evidence import custody
    from evidence.models import Exhibit

    actor = User.objects.select_related("agency").get(username="bench")
    held = Exhibit.objects.select_related("case").filter(label__startswith="E").order_by("pk")
    mine = list(held[writer * 20 : writer * 20 + 20])

    def act(count: int) -> None:
        exhibit = mine[count % len(mine)]
        custody.examine(exhibit, actor=actor, note="Counted", place="Quay 11")

    return act
