"""Who may write the index: one process at a time, of one machine or of all.

The system, or the database, frees the pen when its holder is killed.
"""

import fcntl
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from django.db import DatabaseError, Error, connection

from search.engines import EngineBusyError, EngineUnavailableError

LOCK: Final = 7_401_530_622  # a number of our own among PostgreSQL's advisory locks


@contextmanager
def in_folder(folder: Path) -> Iterator[None]:
    """For the processes of one machine: a lock on a file."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "write.lock").open("w")
    except OSError as error:
        raise EngineUnavailableError(str(error)) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise EngineBusyError("The index is being written.") from error
        yield


@contextmanager
def in_database() -> Iterator[None]:
    """For all hosts of one PostgreSQL: an advisory lock in a transaction of its own.

    Its own connection, so that it neither depends on the caller's transaction nor is shared within
    a process; a transaction, so that a pooler between cannot hand the connection on.
    """
    with closing(connection.copy()) as own:
        try:
            own.set_autocommit(False)
            with own.cursor() as cursor:
                cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
                (is_ours,) = cursor.fetchone()
        except DatabaseError as error:
            raise EngineUnavailableError("The pen cannot be asked for.") from error
        if not is_ours:
            raise EngineBusyError("The index is being written.")
        try:
            yield
        finally:
            with suppress(Error):  # a connection that is gone holds nothing
                own.rollback()  # it is free when this returns, not when the server hears of closing
