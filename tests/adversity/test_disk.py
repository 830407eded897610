"""A disk that is full, locked or faulty, met through the real server: words, nothing half, again.

On PostgreSQL the database has a disk of its own, tried in test_database_disk.py; here the store of
files and the heads are.
"""

import errno
from itertools import product
from typing import Any

import pytest
from django.db import connection

from tests.adversity.nursing import Nursery
from tests.adversity.website import Website

pytestmark = pytest.mark.slow
FAULTS = (errno.ENOSPC, errno.EROFS, errno.EIO)
SEEN: dict[str, Any] = {"purpose": "Species", "note": "Lines seen"}
needs_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL keeps its own disk"
)


def standing(nursery: Nursery) -> list[int]:
    found: list[int] = nursery.run("standing")[-1]
    return found


@needs_sqlite
def test_an_act_that_the_disk_does_not_take(
    website: Website, exhibit_page: str, shimmed: Nursery
) -> None:
    for fault, call in product(FAULTS, ("write", "sync")):
        before = standing(shimmed)
        page = website.get(f"{exhibit_page}examine/")
        website.spoil(f"{call} casework.sqlite3 {fault} 0")
        answer = website.post(f"{exhibit_page}examine/", page, **SEEN)
        assert (answer.status, answer.is_page_of_trouble) == (503, True)
        website.mend()
        # A commit whose sync failed may stand after all, as the page says; then it stands whole.
        written = standing(shimmed)[0] - before[0]
        assert written in ((0, 1) if call == "sync" else (0,))
        again = website.post(f"{exhibit_page}examine/", page, **SEEN)
        assert again.status == (200 if written else 302)
        assert standing(shimmed)[0] == before[0] + 1
    shimmed.check()


def test_an_upload_that_the_disk_does_not_take(
    website: Website, exhibit_page: str, shimmed: Nursery
) -> None:
    path = f"{exhibit_page.partition('exhibits/')[0]}files/add/"
    for number, (fault, call) in enumerate(product(FAULTS, ("write", "sync", "link"))):
        page, before, bytes_ = website.get(path), standing(shimmed), b"tusk %d" % number * 50_000
        website.spoil(f"{call} {shimmed.folder}/files {fault} 0")
        answer = website.post(path, page, bytes_)
        assert answer.status != 302
        assert "administrator" in answer.text
        assert "Traceback" not in answer.text
        assert standing(shimmed) == before
        website.mend()
        assert website.post(path, page, bytes_).status == 302
    shimmed.check()


def test_a_head_that_the_disk_does_not_take_is_written_with_the_next_act(
    website: Website, exhibit_page: str, shimmed: Nursery
) -> None:
    for call in ("open", "write", "sync", "half"):
        rule = "write heads.txt half 0" if call == "half" else f"{call} heads.txt 28 0"
        website.spoil(rule)
        assert website.send(f"{exhibit_page}examine/", **SEEN).status == 302
        website.mend()
        assert website.send(f"{exhibit_page}examine/", **SEEN).status == 302
        shimmed.run("sequence")  # the server does it behind its answer, a moment later
        assert shimmed.run("verified")[-1]["ok"]


def test_pages_are_read_while_the_disk_is_full(website: Website, exhibit_page: str) -> None:
    website.spoil(f"write casework.sqlite3 {errno.ENOSPC} 0")
    assert website.get(exhibit_page).status in (200, 503)
    website.mend()
    assert website.get(exhibit_page).status == 200
