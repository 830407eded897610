"""The figures at three sizes: all cases as arithmetic, and the whole page for two kinds of reader.

The auditor counts every case of the agency, the officer the fifth that the unit may read.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from bench import generate
from casework import figures
from casework.cohorts import Cohort, Question, Unit

Row = dict[str, object]
SIZES, QUICK_SIZES = (100, 1_000, 10_000), (20, 60)
ROUNDS, QUICK_ROUNDS = 15, 3


def run(quick: bool) -> list[Row]:
    setting = generate.people_and_places()
    found: list[Row] = []
    for size in QUICK_SIZES if quick else SIZES:
        generate.fill(setting, size)
        found += _at(setting, size, QUICK_ROUNDS if quick else ROUNDS)
    return found


def _at(setting: generate.Setting, size: int, rounds: int) -> Iterator[Row]:
    now = timezone.now()
    question = Question(as_at=now.date(), known_at=now, unit=Unit.COUNTS, cohort=Cohort.FILED)
    past = Question(as_at=now.date(), known_at=now - timedelta(seconds=1))
    known = figures.facts(question, None)
    yield _row(f"{size:,} cases: charges counted", len(known.charges), "charges", 1)
    yield from _timed(
        f"{size:,} cases, everything", rounds, lambda: figures.ask(question, user=None)
    )
    yield from _timed(
        f"{size:,} cases, as known a second ago", rounds, lambda: figures.ask(past, user=None)
    )
    for name, person in (("auditor", setting.auditor), ("officer", setting.reader)):
        client = Client(headers={"host": "localhost"})
        client.force_login(person)
        yield from _timed(f"{size:,} cases, page of the {name}", rounds, _page(client))


def _page(client: Client) -> Callable[[], object]:
    def load() -> None:
        answer = client.get("/figures/?unit=counts&cohort=filed")
        if answer.status_code != 200:
            raise RuntimeError(f"the figures page answered {answer.status_code}")

    return load


def _timed(name: str, rounds: int, act: Callable[[], object]) -> Iterator[Row]:
    taken = []
    for _round in range(rounds):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    yield _row(f"{name}, median", statistics.median(taken), "ms", rounds)
    yield _row(f"{name}, slowest", max(taken), "ms", rounds)


def _row(name: str, value: float, unit: str, n: int) -> Row:
    return {"name": name, "value": value, "unit": unit, "n": n}
