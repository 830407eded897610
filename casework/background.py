"""What follows a commit but must not delay its answer: sequencing, signing, indexing.

A server (`begin`) does it in one thread a process, many acts at a time; commands and tests do it at
once. A job finds its own work in the database, so that what a kill leaves behind is done later.
"""

import gc
import logging
import os
import sys
import time
from collections.abc import Callable
from threading import Condition, Thread

from django.db import connections, transaction

log = logging.getLogger(__name__)
GATHER = 0.5  # seconds to wait for more of the same moment, so that ten acts cost one batch
STORM = 100  # calls within that time (an act calls twice): more will come, and cost less together
LONGEST = 2.0  # seconds that the first of them waits
LOOK_AGAIN = 30.0  # seconds after which a server looks for what others left behind
RETRY = 5.0  # seconds after a failure
# A request asks the database ten times and wants the interpreter back after each: by default Python
# lets the thread that indexes keep it for 5 ms, every time.
GIVE_WAY = 0.0005
Job = Callable[[], None]

_jobs: list[Job] = []  # every job there is, in the order in which they are done


def register(job: Job) -> Job:
    """A job does all that waits in the database; where nothing does it is cheap."""
    _jobs.append(job)
    return job


def after_commit(job: Job) -> None:
    """However often it is asked for: the first does all, the others find nothing."""

    def wake() -> None:  # no partial: Django logs the failure of a hook by its name
        _wake(job)

    transaction.on_commit(wake, robust=True)


def begin() -> None:
    """From here on this process serves people: jobs are done behind their answers."""
    sys.setswitchinterval(GIVE_WAY)
    gc.freeze()  # what was imported stays for good: collecting need not look through it each time
    _runner.is_serving = True
    _runner.add(_jobs)


class _Runner:
    """One daemon thread, started with the first job and anew in a forked process."""

    def __init__(self) -> None:
        self.is_serving = False
        self.is_ended = False
        self.waiting: list[Job] = []
        self.calls = 0
        self.changed = Condition()
        self.thread: Thread | None = None

    def add(self, jobs: list[Job]) -> None:
        with self.changed:
            self.calls += 1
            self.waiting += [job for job in jobs if job not in self.waiting]
            if self.thread is None or not self.thread.is_alive():
                self.thread = Thread(target=self._work, name="casework-background", daemon=True)
                self.thread.start()
            self.changed.notify()

    def _work(self) -> None:
        pause = LOOK_AGAIN
        while not self.is_ended:
            with self.changed:
                if not self.waiting and not self.changed.wait(pause):
                    self.waiting = list(_jobs)
            self._gather()
            with self.changed:
                due, self.waiting = self.waiting, []
            failed = [job for job in _jobs if job in due and not _is_done(job)]
            if failed or not self.waiting:
                _close()
            pause = RETRY if failed else LOOK_AGAIN

    def _gather(self) -> None:
        end, before = time.monotonic() + LONGEST, self.calls
        time.sleep(GATHER)
        while self.calls - before >= STORM and time.monotonic() < end:
            before = self.calls
            time.sleep(GATHER)


def _is_done(job: Job) -> bool:
    try:
        job()
    except Exception:  # the thread must outlive whatever breaks; all is tried again
        log.exception("%s.%s failed and is tried again", job.__module__, job.__qualname__)
        return False
    return True


def _close() -> None:
    """This thread's own connections: none idles when nothing waits."""
    try:
        connections.close_all()
    except Exception:  # of a server that is gone; the thread goes on and asks for a new one
        log.exception("a connection could not be closed")


def _wake(job: Job) -> None:
    if _runner.is_serving:
        _runner.add([job])
    else:
        job()


def _forget_thread() -> None:
    """A forked process has the memory of a thread but not the thread."""
    global _runner
    was_serving, _runner = _runner.is_serving, _Runner()
    _runner.is_serving = was_serving


_runner = _Runner()
os.register_at_fork(after_in_child=_forget_thread)
