"""A full disk or an absent database is told in words, wherever in a request it is met."""

import errno
import os

import pytest
from django.db import InterfaceError, InternalError, OperationalError, ProgrammingError
from django.test import Client

from casework import trouble
from casework.models import User

FULL, LOCKED, FAULT = (str(said) for said in (
    trouble.DISK_FULL, trouble.DISK_LOCKED, trouble.DISK_FAULT))  # fmt: skip
ABSENT, BUSY = str(trouble.Unavailable.message), str(trouble.BUSY)


class DiskFullError(Exception):
    """As PostgreSQL's driver tells it."""

    sqlstate = "53100"


def of_postgresql() -> OperationalError:
    error = OperationalError("could not extend file")
    error.__cause__ = DiskFullError()
    return error


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OperationalError("database or disk is full"), FULL),
        (of_postgresql(), FULL),
        (OperationalError("attempt to write a readonly database"), LOCKED),
        (ProgrammingError('could not extend file "base/5/1": Read-only file system'), LOCKED),
        (InternalError("cannot execute INSERT in a read-only transaction"), LOCKED),
        (OperationalError("disk I/O error"), FAULT),
        (OperationalError("database is locked"), BUSY),
        (OperationalError("connection refused"), ABSENT),
        (InterfaceError("connection already closed"), ABSENT),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), FULL),
        (OSError(errno.EROFS, os.strerror(errno.EROFS)), LOCKED),
        (OSError(errno.EIO, os.strerror(errno.EIO)), FAULT),
    ],
)
def test_what_the_machine_met_is_told(error: Exception, said: str) -> None:
    met = trouble.met(error)
    assert met is not None
    assert str(met.message) == said


@pytest.mark.parametrize(
    "error",
    [
        FileNotFoundError(2, "no file"),
        ProgrammingError("no such column"),
        ValueError("a bug"),
        None,
    ],
)
def test_a_fault_of_ours_is_no_trouble_of_the_machine(error: Exception | None) -> None:
    assert trouble.met(error) is None


def broken(*args: object, **kwargs: object) -> None:
    raise OperationalError("database or disk is full")


def test_a_page_says_so_and_when_to_come_again(
    client: Client, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(investigator)
    monkeypatch.setattr("casework.access.holds", broken)
    answer = client.get("/")
    assert answer.status_code == 503
    assert FULL in answer.content.decode()
    assert answer.headers["Retry-After"] == "60"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_session_that_cannot_be_read_is_told_too(
    client: Client, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(investigator)
    client.raise_request_exception = False
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", broken)
    answer = client.get("/")
    assert answer.status_code == 503
    assert FULL in answer.content.decode()


def test_other_faults_keep_their_page(
    client: Client, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*args: object) -> None:
        raise ValueError("a bug")

    client.force_login(investigator)
    client.raise_request_exception = False
    monkeypatch.setattr("casework.access.holds", fault)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()
