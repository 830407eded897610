"""PostgreSQL is killed in the middle of acts and of requests, and started again."""

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.adversity.cluster import Cluster
from tests.adversity.nursing import KILLS, Nursery
from tests.adversity.website import Website

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="DATABASE_URL is not PostgreSQL"),
]


def test_a_killed_server_loses_no_acknowledged_event(cluster: Cluster, clustered: Nursery) -> None:
    jobs = [{"job": "append", "arguments": {"writer": n}} for n in range(2)]
    for _ in range(max(3, KILLS // 8)):
        [pace] = clustered.run("pace", act="append")
        killer = threading.Timer(0.2 + 10 * pace, cluster.kill)
        killer.start()
        ended = clustered.together(*jobs)
        killer.join()
        assert {one.status for one in ended} == {1}  # they met its end, and said so
        clustered.told += [told for one in ended for told in one.told]
        cluster.start()
        clustered.check()
    assert clustered.told


def test_pages_say_so_and_work_again_without_a_restart(
    cluster: Cluster, clustered: Nursery, static: Path, shim: Path
) -> None:
    session, reference, label = clustered.run("sign_in")[-1]
    page = f"/cases/{reference}/exhibits/{label}/"
    seen: dict[str, Any] = {"purpose": "Species", "note": "Lines seen"}
    with Website(clustered.folder, clustered.url, static, shim, session) as website:
        form = website.get(f"{page}examine/")
        cluster.kill()
        for answer in (website.get(page), website.post(f"{page}examine/", form, **seen)):
            assert (answer.status, answer.is_page_of_trouble) == (503, True)
        cluster.start()
        assert website.get(page).status == 200
        assert website.post(f"{page}examine/", form, **seen).status == 302
        until = time.monotonic() + 90
        while clustered.run("verified")[-1]["pending"] and time.monotonic() < until:
            time.sleep(0.2)
    clustered.check()
