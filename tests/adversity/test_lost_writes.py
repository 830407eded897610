"""Nothing is acknowledged whose bytes did not reach the disk; bytes that vanish later are found."""

import errno
from itertools import product

import pytest
from django.db import connection

from tests.adversity.nursing import Nursery

pytestmark = pytest.mark.slow
needs_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL's disk is that of test_database_disk.py"
)


@needs_sqlite
def test_an_append_whose_sync_fails_is_not_acknowledged(shimmed: Nursery) -> None:
    rule = f"sync casework.sqlite3 {errno.EIO} 0"
    ended = shimmed.attempt("append", rule=rule, times=1)
    assert (ended.told, ended.status) == ([], 1)
    assert "disk I/O error" in ended.error
    shimmed.told += shimmed.run("append", times=1)
    shimmed.check()


@needs_sqlite
def test_an_append_whose_write_fails_leaves_nothing(shimmed: Nursery) -> None:
    before = shimmed.run("standing")
    for skipped in range(0, 30, 6):
        rule = f"write casework.sqlite3-wal {errno.ENOSPC} {skipped}"
        ended = shimmed.attempt("append", rule=rule, times=1)
        assert (ended.told, ended.status) == ([], 1)
        assert shimmed.run("standing") == before
    shimmed.check()


def test_an_upload_that_does_not_reach_the_disk_is_not_acknowledged(shimmed: Nursery) -> None:
    before = shimmed.run("standing")
    for call, skipped in [*product(["sync"], range(4)), ("write", 0), ("link", 0)]:
        rule = f"{call} {shimmed.folder}/files {errno.EIO} {skipped}"
        ended = shimmed.attempt("upload", rule=rule, times=1)
        assert (ended.told, ended.status) == ([], 1)
        assert "NotKept" in ended.error
        assert shimmed.run("standing") == before
    shimmed.told += shimmed.run("upload", times=1)
    shimmed.check()


@pytest.mark.parametrize("what", ["drop", "half"])
def test_bytes_of_a_file_that_vanish_are_found(what: str, shimmed: Nursery) -> None:
    ended = shimmed.attempt("upload", rule=f"write {shimmed.folder}/files {what} 0", times=1)
    assert ended.told, ended.error  # the disk had said yes
    found = shimmed.attempt("check", told=ended.told)
    assert found.status == 1
    assert "SystemExit" in found.error  # as verify_files ends where a file is broken


def test_a_head_that_did_not_reach_its_file_is_written_again(shimmed: Nursery) -> None:
    for rule in ("sync heads.txt 5 0", "write heads.txt half 0", "write heads.txt drop 0"):
        ended = shimmed.attempt("append", rule=rule, times=1)
        assert ended.told, ended.error  # the event is durable; only its head is late
        shimmed.told += ended.told + shimmed.run("append", times=1)
        assert shimmed.run("verified")[-1]["unpublished"] == 0
    shimmed.check()
