"""Killed at the first, second, third ... system call of an act that reaches the disk or the server.

The default takes about 25 such points of each act, spread evenly; CASEWORK_TEST_KILLS takes more.
"""

import pytest
from django.db import connection

from tests.adversity.nursing import KILLS, Nursery

pytestmark = pytest.mark.slow
ACTS = ["append", "hand_over", "checkpoint", "upload"]


def kind_of_call() -> str:
    """A killed client reaches SQLite by its writes, PostgreSQL by what it sends."""
    return "send" if connection.vendor == "postgresql" else "any"


def points(nursery: Nursery, job: str, rule: str) -> int:
    """How many calls match the rule in one whole act."""
    return int(nursery.run("count", rule=rule, act=job, times=1)[-1])


@pytest.mark.parametrize("job", ACTS)
def test_killed_at_each_call_to_the_database(shimmed: Nursery, job: str) -> None:
    part = "socket" if connection.vendor == "postgresql" else str(shimmed.folder)
    kill_at_each(shimmed, job, f"{kind_of_call()} {part}")


@pytest.mark.parametrize("job", ["checkpoint", "upload"])
def test_killed_at_each_call_to_the_disk(shimmed: Nursery, job: str) -> None:
    part = "files" if job == "upload" else "heads.txt"
    kill_at_each(shimmed, job, f"any {shimmed.folder}/{part}")


def kill_at_each(nursery: Nursery, job: str, where: str) -> None:
    whole = points(nursery, job, f"{where} 0 1000000")
    step, killed = max(1, whole // KILLS), 0
    for number in range(0, whole, step):
        ended = nursery.attempt(job, rule=f"{where} kill {number}", times=1)
        assert ended.was_killed or ended.status == 0, ended.error
        nursery.told, killed = nursery.told + ended.told, killed + ended.was_killed
        if number % (5 * step) == 0:
            nursery.check()
    nursery.check()
    assert killed >= min(whole, KILLS) * 0.7  # the acts differ a little in length
