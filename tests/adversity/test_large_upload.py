"""A very large file goes through the real server in constant memory and is kept byte for byte."""

import hashlib
import http.client
import os
import secrets
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.adversity.nursing import Nursery
from tests.adversity.website import BOUNDARY, Website

MEGABYTE = 1_000_000
# Two gigabytes by CASEWORK_TEST_UPLOAD_MB=2000; the bench sends them too.
SIZE = int(os.environ.get("CASEWORK_TEST_UPLOAD_MB", "300")) * MEGABYTE
MOST_GROWTH = 32 << 20  # the pieces under way, whatever the size of the file


class Body:
    """A form with one generated file; nothing of it is held but a megabyte."""

    def __init__(self, size: int, token: str) -> None:
        self.size, self.block, self.hash = size, secrets.token_bytes(MEGABYTE), hashlib.sha256()
        mark = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name="
        self.head = (
            f'{mark}"csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
            f'{mark}"sent"; filename="large.bin"\r\n\r\n'
        ).encode()
        self.tail = f"\r\n--{BOUNDARY}--\r\n".encode()

    def __len__(self) -> int:
        return len(self.head) + self.size + len(self.tail)

    def __iter__(self) -> Iterator[bytes]:
        yield self.head
        for number in range(self.size // MEGABYTE):
            piece = number.to_bytes(8, "big") + self.block[8:]
            self.hash.update(piece)
            yield piece
        yield self.tail


def send(website: Website, path: str, size: int) -> str:
    """Upload so much; the digest of what was sent."""
    token = "t" * 32
    body = Body(size, token)
    connection = http.client.HTTPConnection("127.0.0.1", website.port, timeout=600)
    connection.request(
        "POST",
        path,
        body=iter(body),
        headers={
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            "Content-Length": str(len(body)),
            "Cookie": f"sessionid={website.session}; csrftoken={token}",
        },
    )
    answer = connection.getresponse()
    assert answer.status == 302, answer.read().decode()[:2000]
    return body.hash.hexdigest()


def peak_memory(website: Website) -> int:
    """The most that any process of the server ever held, in bytes."""
    parent = website.process.pid
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    peaks = []
    for process in [str(parent), *children]:
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                peaks.append(int(line.split()[1]) * 1024)
    return max(peaks)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
def test_a_very_large_file_needs_no_more_memory_than_a_small_one(
    website: Website, shimmed: Nursery
) -> None:
    _session, reference, _label = shimmed.run("sign_in")[-1]
    path = f"/cases/{reference}/files/add/"
    send(website, path, 3 * MEGABYTE)
    before = peak_memory(website)
    began = time.monotonic()
    digest = send(website, path, SIZE)
    spent = time.monotonic() - began
    grown = peak_memory(website) - before
    rate = SIZE / MEGABYTE / spent
    sys.stdout.write(f"{rate:.0f} MB/s, {grown / MEGABYTE:.1f} MB more\n")
    assert grown < MOST_GROWTH
    (kept,) = website.folder.rglob(digest)
    assert kept.stat().st_size == SIZE
    assert is_swept(website.folder)


def is_swept(folder: Path) -> bool:
    """The incoming files go with their requests, which end just after the answer."""
    until = time.monotonic() + 60
    while list(folder.rglob("upload-*")) and time.monotonic() < until:
        time.sleep(0.05)
    return not list(folder.rglob("upload-*"))
