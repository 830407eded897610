"""PostgreSQL's disk fails, is full or is locked: nothing is acknowledged that it did not keep."""

import errno
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.adversity.cluster import Cluster
from tests.adversity.nursing import Nursery
from tests.adversity.website import Website

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="DATABASE_URL is not PostgreSQL"),
]
SEEN: dict[str, Any] = {"purpose": "Species", "note": "Lines seen " * 150}


@pytest.mark.parametrize("call", ["sync", "write"])
def test_an_append_that_the_log_of_the_database_does_not_keep(
    call: str, cluster: Cluster, clustered: Nursery
) -> None:
    cluster.spoil(f"{call} pg_wal {errno.EIO} 0")
    ended = clustered.attempt("append", times=1)
    assert (ended.told, ended.status) == ([], 1)
    cluster.mend()
    cluster.start_again()
    clustered.told += clustered.run("append", times=1)
    clustered.check()


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_acts_on_a_disk_that_takes_no_more_rows(
    fault: int, cluster: Cluster, clustered: Nursery, static: Path, shim: Path
) -> None:
    session, reference, label = clustered.run("sign_in")[-1]
    page = f"/cases/{reference}/exhibits/{label}/examine/"
    with Website(clustered.folder, clustered.url, static, shim, session) as website:
        before = clustered.run("standing")[-1][0]
        cluster.spoil(f"write base {fault} 0")
        acknowledged = 0
        while (answer := website.send(page, **SEEN)).status == 302:
            acknowledged += 1
        assert (answer.status, answer.is_page_of_trouble) == (503, True)
        cluster.mend()
        assert clustered.run("standing")[-1][0] == before + acknowledged
        assert website.send(page, **SEEN).status == 302
    clustered.run("sequence")
    clustered.check()
