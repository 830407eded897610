"""`kill -9` at any moment of an act: what was acknowledged stays, nothing is half there.

CASEWORK_TEST_KILLS says how often; each round kills real processes on a real database.
"""

import random
from typing import Any

import pytest

from tests.adversity.nursing import KILLS, Nursery

pytestmark = pytest.mark.slow
CHECKED_EVERY = 8


def kill_often(nursery: Nursery, job: str, writers: int = 1) -> None:
    """The delays are measured in acts, so that a slow machine kills in the middle of them too."""
    rng = random.Random(20_260_314)
    [pace] = nursery.run("pace", act=job)
    jobs: list[dict[str, Any]] = [{"job": job, "arguments": {"writer": n}} for n in range(writers)]
    for number in range(KILLS):
        nursery.kill_some(*jobs, within=3 * pace * writers, rng=rng)
        if number % CHECKED_EVERY == 0:
            nursery.check()
    nursery.check()
    assert nursery.told  # they had time to act


def test_killed_appends_lose_nothing(nursery: Nursery) -> None:
    kill_often(nursery, "append", writers=2)


def test_killed_handovers_lose_nothing(nursery: Nursery) -> None:
    kill_often(nursery, "hand_over")


def test_killed_checkpoints_lose_nothing(nursery: Nursery) -> None:
    kill_often(nursery, "checkpoint")


def test_killed_uploads_lose_nothing(nursery: Nursery) -> None:
    kill_often(nursery, "upload", writers=2)
