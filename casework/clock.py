"""What time it is: the machine's clock, or the hour a story of the demonstration is told at.

Only `load_demo` tells another hour, so that its invented past reads as it would have been recorded.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The current moment, aware, in UTC."""
    return _told.get() or timezone.now()


def today() -> date:
    """The current day in the zone of the person asking."""
    return timezone.localdate(now())


@contextmanager
def telling(moment: datetime) -> Iterator[None]:
    """Let the time be `moment` inside the block, for this thread only."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)
