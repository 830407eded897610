"""One writer among the processes of one machine, or of all that share a PostgreSQL."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Thread

import pytest
from django.db import connection, transaction

from search import pen
from search.engines import EngineBusyError
from tests.race import needs_postgresql

Pen = Callable[[], AbstractContextManager[None]]


def is_free(taken: Pen) -> bool:
    try:
        with taken():
            return True
    except EngineBusyError:
        return False


def elsewhere(taken: Pen) -> bool:
    """Whether another thread, with a connection of its own, could write."""
    found: list[bool] = []

    def ask() -> None:
        try:
            found.append(is_free(taken))
        finally:
            connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    return found[0]


def test_one_in_a_folder(tmp_path: Path) -> None:
    def taken() -> AbstractContextManager[None]:
        return pen.in_folder(tmp_path / "new")

    with taken():
        assert not is_free(taken)
        assert not elsewhere(taken)
    assert is_free(taken)


@pytest.mark.postgres
@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_one_in_a_database() -> None:
    with pen.in_database():
        assert not is_free(pen.in_database)
        assert not elsewhere(pen.in_database)
    assert elsewhere(pen.in_database)


@pytest.mark.postgres
@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_it_does_not_depend_on_what_becomes_of_the_callers_transaction() -> None:
    with pen.in_database(), transaction.atomic():
        transaction.set_rollback(True)
    with transaction.atomic(), pen.in_database():
        assert not elsewhere(pen.in_database)
        transaction.set_rollback(True)
    with pytest.raises(RuntimeError), pen.in_database():
        raise RuntimeError
    assert is_free(pen.in_database)
