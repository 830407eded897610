"""`kill -9` at any moment of an act: what was acknowledged stays, nothing is half there.

CASEWORK_TEST_KILLS says how often; each round kills real processes on a real database.
"""

import random

import pytest

from tests.adversity.nursing import KILLS, Nursery

pytestmark = pytest.mark.slow
CHECKED_EVERY = 5


def kill_often(nursery: Nursery, *jobs: dict[str, object]) -> None:
    rng = random.Random(20_260_314)
    for number in range(KILLS):
        nursery.kill_some(*jobs, rng=rng)
        if number % CHECKED_EVERY == 0:
            nursery.check()
    nursery.check()
    assert len(nursery.told) > KILLS  # they had time to act


def test_killed_appends_lose_nothing(nursery: Nursery) -> None:
    writers = ({"job": "append", "arguments": {"writer": n}} for n in range(2))
    kill_often(nursery, *writers)


def test_killed_handovers_lose_nothing(nursery: Nursery) -> None:
    kill_often(nursery, {"job": "hand_over"})


def test_killed_checkpoints_lose_nothing(nursery: Nursery) -> None:
    kill_often(nursery, {"job": "checkpoint"})
    assert any(kind == "head" for kind, _, _ in nursery.told)


def test_killed_uploads_lose_nothing(nursery: Nursery) -> None:
    uploads = ({"job": "upload", "arguments": {"writer": n}} for n in range(2))
    kill_often(nursery, *uploads)
