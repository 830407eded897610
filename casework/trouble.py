"""What a full disk, a locked disk or an absent database means to the person who meets it.

Only what the machine did is told here; a broken rule is a DomainError of its own.
"""

import errno
from typing import TypeGuard

from django.db import DatabaseError, InterfaceError, OperationalError
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework.errors import DomainError

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
LOCKED = {errno.EROFS}
# SQLite says it in words only; PostgreSQL's codes are SQLSTATE.
SAID_FULL = ("disk is full", "No space left")
SAID_LOCKED = ("readonly database", "read-only", "Read-only")
SAID_BUSY = ("database is locked",)
FULL_STATES, LOCKED_STATES = {"53100"}, {"25006"}


class Unavailable(DomainError):
    """The machine could not do it now; the same act can succeed later."""

    code = "unavailable"
    status = 503
    message = _("The database does not answer. Your administrator must look at it.")


DISK_FULL = _("The disk is full. Your administrator must make room.")
DISK_LOCKED = _("The disk cannot be written to. Your administrator must open it for writing.")
DISK_FAULT = _("The disk reported a fault. Your administrator must look at it.")
BUSY = _("Many people are writing at this moment. Wait a minute.")


def met(error: BaseException | None) -> Unavailable | None:
    """The trouble that an error tells of, or None where the error is a fault of ours."""
    if isinstance(error, OperationalError | InterfaceError) or _is_locked(error):
        return Unavailable(_of_database(error))
    if isinstance(error, OSError):
        return _of_disk(error)
    return None


def _is_locked(error: BaseException | None) -> TypeGuard[DatabaseError]:
    """PostgreSQL's driver counts a disk or a server that takes no writes among our own faults."""
    return isinstance(error, DatabaseError) and _of_database(error) is DISK_LOCKED


def _of_database(error: Exception) -> StrOrPromise:
    said, state = str(error), getattr(error.__cause__, "sqlstate", "")
    if state in FULL_STATES or any(words in said for words in SAID_FULL):
        return DISK_FULL
    if state in LOCKED_STATES or any(words in said for words in SAID_LOCKED):
        return DISK_LOCKED
    if any(words in said for words in SAID_BUSY):
        return BUSY
    return Unavailable.message if "disk" not in said else DISK_FAULT


def _of_disk(error: OSError) -> Unavailable | None:
    if error.errno in FULL:
        return Unavailable(DISK_FULL)
    if error.errno in LOCKED:
        return Unavailable(DISK_LOCKED)
    return Unavailable(DISK_FAULT) if error.errno == errno.EIO else None
