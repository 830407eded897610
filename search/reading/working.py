"""Reading what waits, one file after another, one process at a time. A kill loses one attempt."""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from search.models import FileText
from search.reading import keeping

TURN = 20.0  # seconds of the worker's time, then others have theirs


def work(
    *, seconds: float | None = None, progress: Callable[[FileText], None] = lambda words: None
) -> int:
    """Read all that waits, or as much as fits in; how many were read."""
    count, began = 0, time.monotonic()
    with _alone():
        while words := keeping.waiting().select_related("file").first():
            progress(keeping.read(words))
            count += 1
            if seconds is not None and time.monotonic() - began > seconds:
                break
    return count


@contextmanager
def _alone() -> Iterator[None]:
    """Whoever comes second waits, and then finds less to do. A kill frees the lock."""
    path = Path(settings.DATA_DIR) / "reading.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
