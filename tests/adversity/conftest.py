"""A database of its own for each test of adversity, and the shim that spoils system calls."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from django.db import connection

from tests import race
from tests.adversity.cluster import Cluster, binaries
from tests.adversity.nursing import Nursery
from tests.adversity.website import Website


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On PostgreSQL the programs work on the database of the running test, on disk."""
    for item in items:
        if "database_url" in getattr(item, "fixturenames", ()) and connection.vendor != "sqlite":
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables and reference data, made once and copied."""
    folder = tmp_path_factory.mktemp("empty")
    with Nursery(folder, f"sqlite:///{folder / 'casework.sqlite3'}") as nursery:
        nursery.run("tables")
    return folder / "casework.sqlite3"


def without(reason: str) -> NoReturn:
    """What a machine lacks is a reason to skip, except where everything has to run."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """shim.c, compiled."""
    made = tmp_path_factory.mktemp("shim") / "shim.so"
    source = Path(__file__).with_name("shim.c")
    compiler = shutil.which("cc")
    if compiler is None:
        without("no C compiler: system calls cannot be made to fail")
    command = [compiler, "-O1", "-shared", "-fPIC", "-o", str(made), str(source), "-ldl"]
    subprocess.run(command, check=True)
    return made


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The running test's database on PostgreSQL, else a SQLite file with tables."""
    if connection.vendor == "postgresql":
        return race.postgresql_url()
    source: Path = request.getfixturevalue("empty_sqlite")
    shutil.copy(source, tmp_path / "casework.sqlite3")
    return f"sqlite:///{tmp_path / 'casework.sqlite3'}"


@pytest.fixture
def nursery(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[Nursery]:
    """With two writers, or as many as the test's parameter says."""
    with Nursery(tmp_path, database_url) as made:
        made.run("prepare", writers=getattr(request, "param", 2))
        yield made


@pytest.fixture
def shimmed(database_url: str, tmp_path: Path, shim: Path) -> Iterator[Nursery]:
    """A nursery whose children's system calls can be spoilt by a rule."""
    with Nursery(tmp_path, database_url, preload=shim) as made:
        made.run("prepare")
        yield made


@pytest.fixture
def cluster(shim: Path) -> Iterator[Cluster]:
    """A PostgreSQL server of the test's own: it can be killed, and its system calls spoilt."""
    programs = binaries()
    if programs is None:
        without("no PostgreSQL server is installed here: none can be killed or spoilt")
    with Cluster(programs, preload=shim) as made:
        yield made


@pytest.fixture
def clustered(cluster: Cluster, tmp_path: Path, shim: Path) -> Iterator[Nursery]:
    """A nursery on that server."""
    with Nursery(tmp_path, cluster.url, preload=shim) as made:
        made.run("tables")
        made.run("prepare")
        yield made


@pytest.fixture(scope="session")
def static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The style sheets, collected as an installation has them."""
    folder = tmp_path_factory.mktemp("static")
    own = race.environment("sqlite://", folder) | {
        "CASEWORK_DEBUG": "0",
        "CASEWORK_SECRET_KEY": "tusk-river-lantern-" * 4,
        "CASEWORK_STATIC_ROOT": str(folder / "static"),
    }
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
    subprocess.run(command, cwd=race.ROOT, env=own, check=True)
    return folder / "static"


@pytest.fixture
def website(shimmed: Nursery, static: Path, shim: Path) -> Iterator[Website]:
    """The server, with a writer signed in; `shimmed` looks at the same database."""
    session, _reference, _label = shimmed.run("sign_in")[-1]
    with Website(shimmed.folder, shimmed.url, static, shim, session) as made:
        yield made


@pytest.fixture
def exhibit_page(shimmed: Nursery) -> str:
    """The address of an exhibit that the writer holds."""
    _session, reference, label = shimmed.run("sign_in")[-1]
    return f"/cases/{reference}/exhibits/{label}/"
