"""Brings what waits in the outbox into the index, in batches; what cannot be indexed is parked.

A parked entry has words of error, keeps no other back, and goes on hiding what it may have to hide.
"""

from collections.abc import Iterable
from typing import Final

from django.db import models, transaction
from django.db.models import F, Max

from search import documents, index, loading
from search.engines import Engine, EngineUnavailableError, Key
from search.loading import Failure, Failures
from search.models import OutboxEntry
from search.scope import IN_WORDS, WHOLE_CASE, in_words

BATCH: Final = 500  # entries that are read, and leave, together
ERROR_LENGTH: Final = 300


def waiting() -> models.QuerySet[OutboxEntry]:
    return OutboxEntry.objects.filter(error="")


def parked() -> models.QuerySet[OutboxEntry]:
    """Tried alone and refused: they wait for a change of the record, or for a rebuild."""
    return OutboxEntry.objects.exclude(error="")


def key(entry: OutboxEntry) -> Key:
    return Key(entry.kind.removesuffix(IN_WORDS), entry.object_id)


def drain() -> int:
    """Index all that waits now and return how many entries; raises EngineUnavailableError.

    What comes while it works waits for the next time, and goes in one batch then: a batch of sixty
    costs nearly what one of five hundred does.
    """
    engine, total = index.engine(), 0
    last = waiting().aggregate(last=Max("pk"))["last"]
    while last is not None and waiting().filter(pk__lte=last).exists():
        # The lock is held from reading the outbox on: an older state must not land last.
        with engine.writing():
            total += _batch(engine)
    return total


def _batch(engine: Engine) -> int:
    rows = list(waiting().order_by("pk")[:BATCH])
    pks = [row.pk for row in rows]
    stored, failures = set[Key](), Failures()
    try:
        for keys in loading.slices(_keys(rows)):
            failures |= loading.store(engine, keys)
            stored.update(keys)
    except EngineUnavailableError:
        OutboxEntry.objects.filter(pk__in=pks).update(attempts=F("attempts") + 1)
        raise
    settle(pks, stored, failures, hiding=_hiding(rows, failures))
    return len(rows)


@transaction.atomic
def settle(
    pks: Iterable[int], stored: set[Key] | None, failures: Failures, *, hiding: Iterable[Key] = ()
) -> None:
    """Entries leave that were worked off; what failed is parked in the same moment.

    `stored` are the keys that were tried; all there are where none are given. `hiding` are failures
    whose old state in the index must not be found.
    """
    before = list(parked())
    hidden = {key(entry) for entry in before if not entry.kind.endswith(IN_WORDS)}
    hidden = (hidden | set(hiding)) if stored is not None else set()
    done = [entry.pk for entry in before if stored is None or key(entry) in stored]
    for some in documents.batches([*pks, *done], BATCH):
        OutboxEntry.objects.filter(pk__in=some).delete()
    OutboxEntry.objects.bulk_create(
        [_parked(found, failure, hidden) for found, failure in failures.items()],
        batch_size=BATCH,
    )


def _parked(found: Key, failure: Failure, hidden: set[Key]) -> OutboxEntry:
    hides = found in hidden and not failure.is_stored
    return OutboxEntry(
        kind=found.kind if hides else in_words(found.kind),
        object_id=found.pk,
        attempts=1,
        error=failure.reason[:ERROR_LENGTH] or "refused",
    )


def _keys(rows: Iterable[OutboxEntry]) -> Iterable[Key]:
    told = {key(row) for row in rows}
    yield from (found for found in told if found.kind != WHOLE_CASE)
    if cases := {found.pk for found in told if found.kind == WHOLE_CASE}:
        yield from documents.keys_of_cases(cases)


def _hiding(rows: Iterable[OutboxEntry], failures: Failures) -> set[Key]:
    """Of a whole case every document that failed, else those whose entry hides."""
    kinds = {row.kind for row in rows}
    if WHOLE_CASE in kinds:
        return set(failures)
    return {key(row) for row in rows if not row.kind.endswith(IN_WORDS)}
