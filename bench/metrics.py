"""Each panel of the figures at three sizes, counted by who may count everything of the agency.

Beside the wall clock the processor time of this process (on SQLite, the whole work) and the number
of statements; the cases have three counts and ten hearings each, and histories of what is edited.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.generate import people_and_places
from bench.generate import statistics as generate
from casework.cohorts import Cohort, Dimension, Question, Unit
from casework.metrics import wider
from casework.models import User
from casework.statistics import answers

Row = dict[str, object]
SIZES, QUICK_SIZES = (1_000, 10_000, 100_000), (20, 60)
ROUNDS = 3
PANELS: dict[str, Callable[..., object]] = {
    "rates": answers.total,
    "everything seized": lambda question, user: answers.total(wider(question), user=user),
    "funnel": answers.funnel,
    "time to conclusion": answers.curve,
    "delays": answers.delays,
    "adjournments": answers.adjournments,
    "hearings of a case": answers.hearings,
    "sentences": answers.sentences,
    "clearance": answers.clearance,
    "nobody charged": answers.uncharged,
}


def run(quick: bool) -> list[Row]:
    setting = people_and_places()
    found: list[Row] = []
    for size in QUICK_SIZES if quick else _sizes():
        made = generate.fill(setting, size)
        found += [_row(f"{size:,} cases: {name}", n, "rows", 1) for name, n in made.items()]
        found += _at(setting.auditor, size)
    return found


def _sizes() -> tuple[int, ...]:
    """BENCH_CASES="1000,10000": other sizes than usual, each larger than the one before."""
    asked = os.environ.get("BENCH_CASES", "")
    return tuple(int(size) for size in asked.split(",")) if asked else SIZES


def _at(person: User, size: int) -> Iterator[Row]:
    now = timezone.now()
    question = Question(as_at=now.date(), known_at=now, cohort=Cohort.CONCLUDED)
    for name, ask in PANELS.items():
        yield from _timed(f"{size:,} cases, {name}", ask, question, person)
    for by in Dimension:
        yield from _timed(f"{size:,} cases, by {by}", _breakdown(by), question, person)
    for unit in Unit:
        asked = Question(as_at=now.date(), known_at=now, unit=unit, cohort=Cohort.FILED)
        yield from _timed(f"{size:,} cases, rates of {unit}", answers.total, asked, person)
    past = Question(as_at=now.date(), known_at=now - timedelta(days=1_000))
    yield from _timed(f"{size:,} cases, rates known in the past", answers.total, past, person)


def _breakdown(by: Dimension) -> Callable[..., object]:
    return lambda question, user: answers.breakdown(question, by, user=user)


def _timed(
    name: str, ask: Callable[..., object], question: Question, person: User
) -> Iterator[Row]:
    taken, used = [], []
    for _round in range(ROUNDS):
        began, cpu = time.perf_counter(), time.process_time()
        ask(question, user=person)
        taken.append((time.perf_counter() - began) * 1000)
        used.append((time.process_time() - cpu) * 1000)
    with CaptureQueriesContext(connection) as queries:
        ask(question, user=person)
    yield _row(f"{name}, median", statistics.median(taken), "ms", ROUNDS)
    yield _row(f"{name}, processor, least", min(used), "ms", ROUNDS)
    yield _row(f"{name}, statements", len(queries), "queries", 1)


def _row(name: str, value: float, unit: str, n: int) -> Row:
    return {"name": name, "value": value, "unit": unit, "n": n}
