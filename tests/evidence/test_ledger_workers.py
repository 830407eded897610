"""Several processes read the same as one."""

import sqlite3
from pathlib import Path

import pytest
from django.db import connection

from evidence.ledger_check import chains, workers
from evidence.ledger_check.rows import Database, Reader
from evidence.ledger_check.scan import Given
from evidence.ledger_check.tree import join
from evidence.ledger_check.whole import Sum
from evidence.models import Exhibit, SignedHead

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="a copy in a file is made of SQLite only"
)


@pytest.fixture
def copy(ledger: list[Exhibit], tmp_path: Path) -> Database:
    """The database of the test as a file that other processes can open."""
    path = tmp_path / "copy.sqlite3"
    statements = "\n".join(connection.connection.iterdump())
    made = sqlite3.connect(path)
    made.executescript(f"PRAGMA foreign_keys = OFF;\n{statements}")
    made.close()
    return Database("sqlite", {"database": str(path)})


def summed(database: Database | None, reader: Reader) -> Sum:
    size = reader.rows("SELECT count(*) FROM evidence_ledgerleaf")[0][0]
    given = Given(chains.effects(), chains.ACCOUNTED, "2999")
    total = Sum()
    with workers.reading(database, reader, size, given) as stretches:
        for found in stretches:
            total.add(found)
    return total


def test_processes_and_one_process_give_the_same(
    copy: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = copy.open(is_snapshot=True)
    alone = summed(None, reader)
    monkeypatch.setattr(workers, "WORTH_PROCESSES", 0)
    monkeypatch.setattr(workers, "SMALLEST", 8)
    together = summed(copy, reader)
    assert len(together.parts) > 2
    assert join(together.parts).root().hex() == SignedHead.objects.latest().root_hash
    for name in ("events", "entries", "chains", "people", "suspects", "odd"):
        assert getattr(alone, name) == getattr(together, name)
    assert together.suspects == set()


def test_stretches_cover_the_tree_and_can_be_joined() -> None:
    for size in (0, 1, 255, 256, 257, 5000, 1_000_003):
        parts = workers.stretches(size)
        assert sum(end - start for start, end in parts) == size
        lengths = {end - start for start, end in parts[:-1]}
        assert len(lengths) < 2
        assert all(length & (length - 1) == 0 for length in lengths)
