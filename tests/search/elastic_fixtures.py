"""A real Elasticsearch for the tests: one that answers already, or one started once for a run.

All workers share the server; each test has index names of its own, and leaves none behind.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
from pytest_django import Settings

from search import pen
from search.engines.elastic import ElasticEngine
from search.engines.elastic_server import Address, Server
from tests import between_workers

SCRIPT = Path(__file__).resolve().parents[2] / "deploy/test_elasticsearch.sh"
ABSENT = (
    "no Elasticsearch: `deploy/test_elasticsearch.sh bring FOLDER` brings one; then set"
    " CASEWORK_TEST_ELASTICSEARCH_HOME=FOLDER, or CASEWORK_TEST_ELASTICSEARCH_URL where one runs"
)
LONGEST_RUN = 7_200  # seconds after which a server whose tests were killed ends itself
STARTS_WITHIN = 180
STOPS_WITHIN = 30
# The server is everybody's: another worker's tests may keep it busy for longer than a page waits.
PATIENCE = 60.0


@pytest.fixture(scope="session")
def elasticsearch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server; without one the test is skipped, under CI=true it fails."""
    if url := os.environ.get("CASEWORK_TEST_ELASTICSEARCH_URL", ""):
        if not _answers_soon(url):
            pytest.fail(f"nothing answers at {url}")
        yield url
        return
    if not (home := os.environ.get("CASEWORK_TEST_ELASTICSEARCH_HOME", "")):
        if os.environ.get("CI") == "true":
            pytest.fail(ABSENT)
        pytest.skip(ABSENT)
    with _shared(between_workers.shared(tmp_path_factory), home) as url:
        yield url


@pytest.fixture
def address(elasticsearch: str) -> Iterator[Address]:
    """Names that no other test uses, on the server."""
    prefix = f"test-{uuid.uuid4().hex[:12]}"
    yield Address(
        hosts=(elasticsearch,), prefix=prefix, connect_seconds=PATIENCE, search_seconds=PATIENCE
    )
    for _ in range(3):  # a request that nobody waited for may be removing the same
        if left := list(asked(f"{elasticsearch}/{prefix}.*/_alias")):
            with suppress(HTTPError):
                asked(f"{elasticsearch}/{','.join(left)}?ignore_unavailable=true", "DELETE")


@pytest.fixture
def elastic(address: Address, tmp_path: Path) -> ElasticEngine:
    """The engine on that server, without an index yet."""
    return ElasticEngine(Server(address), lambda: pen.in_folder(tmp_path / "pen"))


@pytest.fixture
def on_elasticsearch(address: Address, settings: Settings) -> Address:
    """The whole product searches on the server."""
    settings.ELASTICSEARCH_URL = address.hosts[0]
    settings.ELASTICSEARCH_PREFIX = address.prefix
    settings.ELASTICSEARCH_SECONDS = PATIENCE
    return address


def asked(url: str, method: str = "GET", body: object = None) -> Any:
    """What the server says to one plain request."""
    data = None if body is None else json.dumps(body).encode()
    request = Request(url, data, {"content-type": "application/json"}, method=method)  # noqa: S310
    with urlopen(request, timeout=60) as answer:  # noqa: S310
        return json.load(answer)


@contextmanager
def _shared(folder: Path, home: str) -> Iterator[str]:
    """The first who comes starts the server, the last who goes ends it."""
    state = folder / "elasticsearch.json"
    with between_workers.locked(state):
        known = json.loads(state.read_text()) if state.exists() else _start(home)
        known["users"] += 1
        state.write_text(json.dumps(known))
    yield known["url"]
    with between_workers.locked(state):
        known = json.loads(state.read_text())
        known["users"] -= 1
        state.write_text(json.dumps(known))
        if not known["users"]:
            state.unlink()
            _stop(known["pid"], known["work"])


def _start(home: str) -> dict[str, Any]:
    port, work = _free_port(), Path(tempfile.mkdtemp(prefix="casework-elasticsearch-"))
    script = shutil.copy(SCRIPT, work)  # where whoever runs it may read it
    command = ["timeout", str(LONGEST_RUN), script, "start", home, str(port), str(work)]
    someone: dict[str, Any] = {}
    if os.geteuid() == 0:  # the server refuses to run as root
        someone = {"user": "nobody", "group": "nogroup", "extra_groups": []}
        os.chmod(work, 0o777)  # noqa: S103, PTH101
    log = (work / "log").open("w")
    process = subprocess.Popen(
        command, stdout=log, stderr=subprocess.STDOUT, start_new_session=True, cwd="/", **someone
    )
    url = f"http://127.0.0.1:{port}"
    if _answers_soon(url, process):
        return {"url": url, "pid": process.pid, "work": str(work), "users": 0}
    pytest.fail(f"Elasticsearch did not start: {(work / 'log').read_text()[-2_000:]}")


def _stop(group: int, work: str) -> None:
    """And leave nothing behind, whichever worker started it."""
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGTERM)
        for _ in range(STOPS_WITHIN * 10):
            with suppress(ChildProcessError):
                os.waitpid(group, os.WNOHANG)
            os.killpg(group, 0)  # raises when all are gone
            time.sleep(0.1)
    shutil.rmtree(work, ignore_errors=True)


def _answers_soon(url: str, process: subprocess.Popen[bytes] | None = None) -> bool:
    """A server needs half a minute to start, more beside others."""
    for _ in range(STARTS_WITHIN):
        if _answers(url):
            return True
        if process is not None and process.poll() is not None:
            return False
        time.sleep(1)
    return False


def _answers(url: str) -> bool:
    try:
        asked(f"{url}/_cluster/health?wait_for_status=yellow&timeout=5s")
    except (HTTPError, URLError, OSError):
        return False
    return True


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
