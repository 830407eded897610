"""PostgreSQL is killed in the middle of acts and of requests, and started again."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.adversity.cluster import Cluster, binaries
from tests.adversity.conftest import without
from tests.adversity.nursing import KILLS, Nursery
from tests.adversity.website import Website

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="DATABASE_URL is not PostgreSQL"),
]


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    programs = binaries()
    if programs is None:
        without("no PostgreSQL server is installed here: none can be killed")
    with Cluster(programs) as made:
        yield made


@pytest.fixture
def nursery(cluster: Cluster, tmp_path: Path, shim: Path) -> Iterator[Nursery]:
    with Nursery(tmp_path, cluster.url, preload=shim) as made:
        made.run("tables")
        made.run("prepare")
        yield made


def test_a_killed_server_loses_no_acknowledged_event(cluster: Cluster, nursery: Nursery) -> None:
    jobs = [{"job": "append", "arguments": {"writer": n}} for n in range(2)]
    for _ in range(max(3, KILLS // 8)):
        [pace] = nursery.run("pace", act="append")
        killer = threading.Timer(0.2 + 10 * pace, cluster.kill)
        killer.start()
        ended = nursery.together(*jobs)
        killer.join()
        assert {one.status for one in ended} == {1}  # they met its end, and said so
        nursery.told += [told for one in ended for told in one.told]
        cluster.start()
        nursery.check()
    assert nursery.told


def test_pages_say_so_and_work_again_without_a_restart(
    cluster: Cluster, nursery: Nursery, static: Path, shim: Path
) -> None:
    session, reference, label = nursery.run("sign_in")[-1]
    page = f"/cases/{reference}/exhibits/{label}/"
    seen: dict[str, Any] = {"purpose": "Species", "note": "Lines seen"}
    with Website(nursery.folder, nursery.url, static, shim, session) as website:
        form = website.get(f"{page}examine/")
        cluster.kill()
        for answer in (website.get(page), website.post(f"{page}examine/", form, **seen)):
            assert (answer.status, answer.is_page_of_trouble) == (503, True)
        cluster.start()
        assert website.get(page).status == 200
        assert website.post(f"{page}examine/", form, **seen).status == 302
        until = time.monotonic() + 20
        while nursery.run("verified")[-1]["pending"] and time.monotonic() < until:
            time.sleep(0.2)
    nursery.check()
