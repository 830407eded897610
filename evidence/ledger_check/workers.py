"""Divides the tree into stretches and has them read, by as many processes as there are cores.

Processes are spawned, never forked: no open connection and no lock of a thread is inherited. What
is committed below `size` never changes, so each may read on a connection of its own.
"""

import gc
import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Final

from evidence.ledger_check.rows import Database, Reader
from evidence.ledger_check.scan import Found, Given, Stretch

WORTH_PROCESSES: Final = 20_000  # leaves; fewer are read sooner than processes start
PIECES: Final = 8  # at least so many stretches, for an even load and for the progress shown
SMALLEST: Final = 256  # leaves of a stretch

_mine: tuple[Reader, Given, dict[int, str]]  # of a worker process


def stretches(size: int) -> list[tuple[int, int]]:
    """Neighbouring ranges of leaves, each but the last of the same power of two."""
    step = 1 << max((size // PIECES).bit_length() - 1, SMALLEST.bit_length() - 1)
    return [(start, min(start + step, size)) for start in range(0, size, step)]


@contextmanager
def reading(
    database: Database | None, reader: Reader, size: int, given: Given
) -> Iterator[Iterator[Found]]:
    """What each stretch gives, in their order; worked out from now on, unless there is one process.

    Without a `database` only `reader` is used.
    """
    parts = stretches(size)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    if database is None or size < WORTH_PROCESSES or (cores or 1) < 2:
        exhibits = reader.identifiers()
        yield (Stretch(reader, *part, given, exhibits).read().found() for part in parts)
        return
    context = multiprocessing.get_context("spawn")
    count = min(cores or 1, len(parts))
    pool = ProcessPoolExecutor(count, context, _begin, (database, given))
    try:
        yield pool.map(_read_stretch, parts)
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(database: Database, given: Given) -> None:
    """Nothing a worker makes refers back to itself, so it can do without the collector."""
    global _mine
    gc.disable()
    reader = database.open()
    _mine = reader, given, reader.identifiers()


def _read_stretch(part: tuple[int, int]) -> Found:
    reader, given, exhibits = _mine
    return Stretch(reader, *part, given, exhibits).read().found()
