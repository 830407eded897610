"""Eight processes write at once: no gap, no event twice, none lost, and the heads in order."""

from collections import defaultdict

import pytest

from tests.adversity.nursing import Ended, Nursery

pytestmark = pytest.mark.slow
WRITERS, ACTS = 8, 20


def sequences(ended: list[Ended]) -> dict[str, list[int]]:
    """The sequence numbers that the writers were told, for each exhibit."""
    assert [one.error for one in ended if one.status] == []
    told = defaultdict(list)
    for label, sequence, _digest in (event for one in ended for event in one.told):
        told[label].append(sequence)
    return {label: sorted(numbers) for label, numbers in told.items()}


@pytest.mark.parametrize("nursery", [WRITERS], indirect=True)
def test_each_writes_its_own_exhibits(nursery: Nursery) -> None:
    jobs = [{"job": "append", "arguments": {"writer": n, "times": ACTS}} for n in range(WRITERS)]
    ended = nursery.together(*jobs)
    found = sequences(ended)
    assert len(found) == WRITERS * 2
    assert all(numbers == list(range(2, 2 + ACTS // 2)) for numbers in found.values())
    nursery.told = [event for one in ended for event in one.told]
    nursery.check()


def test_all_write_the_same_exhibits(nursery: Nursery) -> None:
    jobs = [{"job": "append", "arguments": {"times": ACTS}} for _ in range(WRITERS)]
    ended = nursery.together(*jobs)
    found = sequences(ended)
    assert [*found.values()] == [[*range(2, 2 + WRITERS * ACTS // 2)]] * 2
    nursery.told = [event for one in ended for event in one.told]
    nursery.check()


def test_the_heads_follow_one_another_while_all_sign(nursery: Nursery) -> None:
    jobs = [{"job": "checkpoint", "arguments": {"times": 3}} for _ in range(WRITERS)]
    ended = nursery.together(*jobs)
    assert [one.error for one in ended if one.status] == []
    nursery.told = [told for one in ended for told in one.told if told[0] == "head"]
    nursery.check()
