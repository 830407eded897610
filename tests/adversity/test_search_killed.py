"""`kill -9` in the middle of a drain or a rebuild; many processes at one index; a full disk.

Whatever happens to the index, cases are written, and in the end it agrees with the database.
"""

import errno
import random
import shutil
from typing import Any

import pytest

from search.engines.elastic_server import Address
from tests.adversity.nursing import KILLS, Nursery
from tests.search.elastic_fixtures import address, asked, elasticsearch

__all__ = ["address", "elasticsearch"]
pytestmark = pytest.mark.slow
ROUNDS = max(3, KILLS // 5)


def settled(nursery: Nursery) -> dict[str, Any]:
    """After the next turn of the worker nothing waits and nothing differs."""
    nursery.run("catch_up")
    found: dict[str, Any] = nursery.run("search_standing")[-1]
    assert (found["waiting"], found["drift"]) == (0, {})
    return found


def kill_often(nursery: Nursery, job: str, *, first: str = "", **arguments: Any) -> None:
    rng = random.Random(20_260_316)
    for _ in range(ROUNDS):
        if first:
            nursery.run(first, times=20)
        nursery.kill_some({"job": job, "arguments": arguments}, within=0.6, rng=rng)


def test_a_worker_killed_in_the_middle_of_a_drain(nursery: Nursery) -> None:
    told = nursery.run("open_cases", times=10)
    kill_often(nursery, "follow", first="doubt_all", seconds=60)
    assert {f"case:{pk}" for pk in told} <= set(settled(nursery)["found"])


def test_a_rebuild_killed_half_way(nursery: Nursery) -> None:
    told = nursery.run("open_cases", times=10)
    kill_often(nursery, "rebuild_index", times=None)
    told += nursery.run("open_cases", times=2)
    nursery.run("rebuild_index")
    found = settled(nursery)
    assert found["folders"] == 1
    assert {f"case:{pk}" for pk in told} <= set(found["found"])


def test_two_rebuilds_at_once(nursery: Nursery) -> None:
    nursery.run("open_cases", times=5)
    ended = nursery.together({"job": "rebuild_as_told"}, {"job": "rebuild_as_told"})
    assert {one.status for one in ended} == {0}
    assert settled(nursery)["folders"] == 1


@pytest.mark.parametrize("nursery", [3], indirect=True)
def test_eight_processes_at_one_index(nursery: Nursery) -> None:
    nursery.run("rebuild_index")
    writers = [{"job": "open_cases", "arguments": {"writer": n, "times": 8}} for n in range(3)]
    readers = [{"job": "look", "arguments": {"writer": n, "seconds": 3}} for n in range(3)]
    others = [
        {"job": "follow", "arguments": {"seconds": 3}},
        {"job": "rebuild_index", "arguments": {"times": 6}},
    ]
    ended = nursery.together(*writers, *readers, *others)
    assert [one.error for one in ended] == [""] * 8
    told = {f"case:{pk}" for one in ended[:3] for pk in one.told}
    assert told <= set(settled(nursery)["found"])
    assert len(told) == 24
    assert all(asked > 1 and lookups == 0 for one in ended[3:6] for asked, lookups, _ in one.told)


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_disk_that_does_not_take_the_index(shimmed: Nursery, fault: int) -> None:
    shimmed.run("open_cases", times=2)
    spoilt = shimmed.attempt("open_cases", rule=f"write search/index- {fault} 0")
    assert (spoilt.status, len(spoilt.told)) == (0, 1), spoilt.error
    refused = shimmed.attempt(
        "told_refusal", rule=f"write search/index- {fault} 0", act="rebuild_index"
    )
    assert refused.status == 0, refused.error
    assert "UnavailableError" in refused.told[0] or "LostError" in refused.told[0]
    found = settled(shimmed)
    assert found["folders"] == 1
    assert f"case:{spoilt.told[0]}" in found["found"]


def test_a_folder_that_cannot_be_opened(shimmed: Nursery) -> None:
    shimmed.run("open_cases", times=2)
    for call in ("open search/", "open write.lock"):
        rule = f"{call} {errno.EACCES} 0"
        spoilt = shimmed.attempt("open_cases", rule=rule)
        assert (spoilt.status, len(spoilt.told)) == (0, 1), spoilt.error
        [[_asked, lookups, least]] = shimmed.attempt("look", rule=rule).told
        assert least >= 2 or lookups == 0
    settled(shimmed)


def test_a_folder_that_is_deleted(nursery: Nursery) -> None:
    told = nursery.run("open_cases", times=3)
    shutil.rmtree(nursery.folder / "search")
    [[_asked, lookups, least]] = nursery.run("look")
    assert (lookups, least) == (1, 3)
    nursery.run("mend")
    [[_asked, lookups, least]] = nursery.run("look")
    assert (lookups, least) == (0, 3)
    assert {f"case:{pk}" for pk in told} <= set(settled(nursery)["found"])


def test_killed_in_the_middle_on_a_server(nursery: Nursery, address: Address) -> None:
    """What a killed rebuild left on the server goes with the next one."""
    there: dict[str, Any] = {
        "url": address.hosts[0], "prefix": address.prefix, "patience": address.search_seconds
    }  # fmt: skip
    rng = random.Random(20_260_317)
    told = nursery.run("on_server", **there, act="open_cases", times=5)
    for job in ("follow", "rebuild_index"):
        arguments: dict[str, Any] = {**there, "act": job}
        arguments |= {"times": None} if job == "rebuild_index" else {"seconds": 60}
        for _ in range(2):
            nursery.run("doubt_all", times=5)
            nursery.kill_some({"job": "on_server", "arguments": arguments}, within=1.0, rng=rng)
    nursery.run("on_server", **there, act="rebuild_index")
    nursery.run("on_server", **there, act="catch_up")
    found = nursery.run("on_server", **there, act="search_standing")[-1]
    assert (found["waiting"], found["drift"]) == (0, {})
    assert {f"case:{pk}" for pk in told} <= set(found["found"])
    assert len(asked(f"{there['url']}/{there['prefix']}.*/_alias")) == 1
