"""Remembers for some seconds that a server was away, so that a page waits for it at most once.

Pure but for the clock; one for each process.
"""

import time
from collections.abc import Callable
from threading import Lock
from typing import Final

PAUSE: Final = 5.0  # seconds in which a server that was away is not asked


class Breaker:
    """Open for `pause` seconds after a failure; then one caller may try for all."""

    def __init__(self, pause: float = PAUSE, clock: Callable[[], float] = time.monotonic) -> None:
        self.pause = pause
        self._clock = clock
        self._until = 0.0
        self._lock = Lock()

    def lets_through(self) -> bool:
        with self._lock:
            now = self._clock()
            if now < self._until:
                return False
            if self._until:
                self._until = now + self.pause  # this caller tries; the others do not wait with it
            return True

    def failed(self) -> None:
        with self._lock:
            self._until = self._clock() + self.pause

    def answered(self) -> None:
        with self._lock:
            self._until = 0.0
