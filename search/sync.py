"""Keeps the index after the database: changes wait in an outbox written with the change itself.

A failing engine never fails a write, and nothing waits in vain: what could not be indexed is
indexed with the next change or by the worker.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import F
from django.utils import timezone
from django_tasks import default_task_backend, task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from casework import background, prepared
from casework.models import Case
from search import changes, documents, index
from search.engines import EngineBusyError, EngineUnavailableError, Key
from search.models import OutboxEntry
from search.scope import IN_WORDS, WHOLE_CASE

logger = logging.getLogger(__name__)
BATCH = 500  # outbox entries in one commit of the index
FEW = 4  # entries of the usual change, written by a statement that is made once
SMALL = 500  # cases up to which a lost index is rebuilt at once instead of by the worker
RETRY_AFTER = timedelta(seconds=30)


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
    """Index what was committed; leave it to the worker where the engine cannot."""
    if not OutboxEntry.objects.exists():
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
        return _drain()
    except EngineBusyError:
        raise
    except EngineUnavailableError:
        if rebuilds_up_to is not None and Case.objects.count() > rebuilds_up_to:
            raise
        rebuild()
        return _drain()


def rebuild(progress: Callable[[int], None] = lambda count: None) -> int:
    """A new index beside the old one, then the swap; changes made meanwhile wait their turn."""
    engine = index.engine()
    with engine.writing():
        covered = list(OutboxEntry.objects.values_list("pk", flat=True))
        count = engine.rebuild(_counting(documents.everything(), progress))
        for some in documents.batches(covered, BATCH):
            OutboxEntry.objects.filter(pk__in=some).delete()
    return count


def drift() -> dict[str, list[str]]:
    """Documents that are missing from the index, differ from the database, or should be gone."""
    indexed = dict(index.engine().digests())
    missing, different = [], []
    for document in documents.everything():
        found = indexed.pop(document.key, None)
        if found is None:
            missing.append(str(document.key))
        elif found != document.digest:
            different.append(str(document.key))
    return {"missing": missing, "different": different, "surplus": sorted(map(str, indexed))}


def ask_worker() -> None:
    """One task in the queue, however often it is asked for."""
    if not default_task_backend.supports_defer:
        return
    waiting = DBTaskResult.objects.filter(
        task_path=catch_up_later.module_path, status=TaskResultStatus.READY
    )
    if not waiting.exists():
        catch_up_later.using(run_after=timezone.now() + RETRY_AFTER).enqueue()


@task()
def catch_up_later() -> None:
    """The worker's turn; asks for another one while the engine is away."""
    try:
        catch_up()
    except EngineUnavailableError as error:
        logger.warning("The search index is not up to date: %s", error)
        ask_worker()


def _drain() -> int:
    engine, total = index.engine(), 0
    while OutboxEntry.objects.exists():
        # The lock is held from reading the outbox on: an older state must not land last.
        with engine.writing():
            total += _drain_batch()
    return total


def _drain_batch() -> int:
    rows = list(OutboxEntry.objects.order_by("pk")[:BATCH])
    pks = [row.pk for row in rows]
    keys = set(_keys(rows))
    found = documents.load(keys)
    gone = keys - {document.key for document in found}
    try:
        index.engine().write(found, gone)
    except EngineUnavailableError:
        OutboxEntry.objects.filter(pk__in=pks).update(attempts=F("attempts") + 1)
        raise
    OutboxEntry.objects.filter(pk__in=pks).delete()
    return len(rows)


def _keys(rows: Iterable[OutboxEntry]) -> Iterable[Key]:
    told = {(row.kind.removesuffix(IN_WORDS), row.object_id) for row in rows}
    yield from (Key(kind, pk) for kind, pk in told if kind != WHOLE_CASE)
    if cases := {pk for kind, pk in told if kind == WHOLE_CASE}:
        yield from documents.keys_of_cases(cases)


def _counting(
    made: Iterable[Any], progress: Callable[[int], None], every: int = 1_000
) -> Iterable[Any]:
    for count, document in enumerate(made, 1):
        yield document
        if count % every == 0:
            progress(count)
