"""Verification of a large ledger, every byte re-computed from the columns.

100,000 events with their audit entries, or as many as BENCH_EVENTS says; BENCH_AUDIT=no leaves the
entries out, for the rate of events alone.
"""

import os
import resource
import time
from collections.abc import Callable

from bench.generate.ledger import Writer
from casework import signals
from evidence import custody_check
from evidence.models import Exhibit

Row = dict[str, object]


def run(quick: bool) -> list[Row]:
    signals.changed.receivers = []  # without the search index, which has its own bench
    signals.changed.sender_receivers_cache.clear()
    events = 2_000 if quick else int(os.environ.get("BENCH_EVENTS", "100000"))
    Writer(with_audit=os.environ.get("BENCH_AUDIT", "yes") != "no").fill(events)
    return measure()


def measure() -> list[Row]:
    """On the database as it is, so that a large one need not be made twice."""
    whole, seconds, cpu = timed(custody_check.check)
    exhibit = Exhibit.objects.order_by("pk")[0]
    _one, alone, _cpu = timed(lambda: custody_check.check(exhibit))
    name = f"{whole.events:,} events and {whole.audit_entries:,} audit entries"
    each = 1e6 * cpu / whole.events
    peak = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return [
        row(f"verify everything: {name}", seconds, "seconds"),
        row("processor time of all processes for an event and its entry", each, "µs"),
        row("largest process", peak / 1024, "MB"),
        row(f"verify one exhibit, in a tree of {whole.tree_size:,}", alone, "seconds"),
        row("load of the machine meanwhile", os.getloadavg()[0], ""),
    ]


def timed(
    act: Callable[[], custody_check.Report],
) -> tuple[custody_check.Report, float, float]:
    start, used = time.perf_counter(), _cpu()
    found = act()
    return found, time.perf_counter() - start, _cpu() - used


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def row(name: str, value: float, unit: str) -> Row:
    return {"name": name, "value": value, "unit": unit, "n": 1}
