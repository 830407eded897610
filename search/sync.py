"""Keeps the index after the database: changes wait in an outbox written with the change itself.

A failing engine never fails a write, and nothing waits in vain: what could not be indexed is
indexed with the next change or by the worker.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any, Final

from django.db import models
from django.utils import timezone
from django_tasks import default_task_backend, task
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from casework import background, prepared
from casework.models import Case
from search import changes, index, loading, outbox
from search import drift as drifting
from search.engines import (
    DocumentsRefusedError,
    EngineBusyError,
    EngineUnavailableError,
    IndexDocument,
    IndexLostError,
)
from search.loading import Failures
from search.models import OutboxEntry

logger = logging.getLogger(__name__)
FEW: Final = 4  # entries of the usual change, written by a statement that is made once
SMALL: Final = 500  # cases up to which a lost index is rebuilt at once instead of by the worker
RETRY_AFTER: Final = timedelta(seconds=30)
BEFORE_OTHERS: Final = 10  # of the worker's tasks: short, and people look for what they wrote


def note(sender: type[models.Model], instance: models.Model, **_: Any) -> None:
    """Receives `casework.signals.changed`: writes the outbox in the caller's transaction."""
    if instance.pk is None:
        return
    rows = [
        OutboxEntry(kind=k, object_id=pk) for k, pk in dict.fromkeys(changes.affected(instance))
    ]
    if 0 < len(rows) <= FEW:
        prepared.insert(*rows)
    else:
        OutboxEntry.objects.bulk_create(rows)
    background.after_commit(after_commit)


@background.register
def after_commit() -> None:
    """Index what was committed; leave it to the worker where a server has to be waited for, or
    the engine cannot."""
    if not outbox.waiting().exists():
        return
    if index.is_remote() and default_task_backend.supports_defer:
        ask_worker(at_once=True)
        return
    try:
        catch_up(rebuilds_up_to=SMALL)
    except EngineBusyError:
        # Who holds the pen looks again after putting it down; the worker is the second belt.
        ask_worker()
    except EngineUnavailableError as error:
        logger.warning("The search index is not up to date: %s", error)
        ask_worker()


def catch_up(*, rebuilds_up_to: int | None = None) -> int:
    """Index all that waits and return how many entries; a lost or damaged index is built anew,
    by those who cannot wait long only up to so many cases.

    Raises EngineUnavailableError; the entries then go on waiting.
    """
    try:
        return outbox.drain()
    except IndexLostError:
        if rebuilds_up_to is not None and Case.objects.count() > rebuilds_up_to:
            raise
        rebuild()
        return outbox.drain()


def rebuild(progress: Callable[[int], None] = lambda count: None) -> int:
    """A new index beside the old one, then the swap; changes made meanwhile wait their turn.

    Returns how many documents are in it. Raises EngineUnavailableError; the old one then stays.
    """
    engine, failures = index.engine(), Failures()
    made, refused = _Counted(loading.everything(failures), progress), 0
    with engine.writing():
        covered = list(OutboxEntry.objects.values_list("pk", flat=True))
        try:
            engine.rebuild(made)
        except DocumentsRefusedError as error:
            kept_back = loading.store(engine, list(error.reasons))
            refused = sum(not failure.is_stored for failure in kept_back.values())
            failures |= kept_back
        outbox.settle(covered, None, failures)
    return made.count - refused


def drift() -> drifting.Drift:
    """What differs between index and database; raises EngineUnavailableError where the index is
    gone or damaged."""
    index.engine().verify()
    return drifting.find()


def lost(error: EngineUnavailableError) -> None:
    """A search could not ask the index: have the worker see what is the matter."""
    logger.warning("The search index cannot be asked: %s", error)
    if isinstance(error, IndexLostError):
        _enqueue(mend)
    else:
        ask_worker()


def ask_worker(*, at_once: bool = False) -> None:
    """One task in the queue, however often it is asked for."""
    _enqueue(catch_up_later, timedelta(0) if at_once else RETRY_AFTER)


def _enqueue(what: Task[..., Any], after: timedelta = timedelta(0)) -> None:
    if not default_task_backend.supports_defer:
        return
    mine = DBTaskResult.objects.filter(task_path=what.module_path)
    if not mine.filter(status=TaskResultStatus.READY).exists():
        what.using(run_after=timezone.now() + after).enqueue()


@task(priority=BEFORE_OTHERS)
def catch_up_later() -> None:
    """The worker's turn; asks for another one while the engine is away."""
    _forget(catch_up_later)
    try:
        catch_up()
    except EngineUnavailableError as error:
        logger.warning("The search index is not up to date: %s", error)
        ask_worker()


@task(priority=BEFORE_OTHERS)
def mend() -> None:
    """Build the index anew where it is gone or damaged, which a change alone would not notice."""
    _forget(mend)
    try:
        try:
            index.engine().verify()
        except IndexLostError as error:
            logger.warning("The search index is built anew: %s", error)
            rebuild()
    except EngineUnavailableError as error:
        logger.warning("The search index cannot be mended: %s", error)
    if outbox.waiting().exists():
        ask_worker(at_once=True)


def _forget(what: Task[..., Any]) -> None:
    """The queue keeps what was done; a row for every change would fill the database."""
    mine = DBTaskResult.objects.filter(task_path=what.module_path)
    mine.filter(status=TaskResultStatus.SUCCESSFUL).delete()


class _Counted:
    """Documents on their way, with a word about every thousandth."""

    def __init__(
        self,
        documents: Iterable[IndexDocument],
        progress: Callable[[int], None],
        every: int = 1_000,
    ) -> None:
        self.documents, self.progress, self.every = documents, progress, every
        self.count = 0

    def __iter__(self) -> Iterator[IndexDocument]:
        for document in self.documents:
            self.count += 1
            yield document
            if self.count % self.every == 0:
                self.progress(self.count)
