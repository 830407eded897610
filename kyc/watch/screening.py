"""Screening: parties against lists of names, and what people judge of the findings.

What waits is a `Screening` row that has not finished: the worker finds it again after a kill and
goes on where it stopped.
"""

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework import audit, background, clock
from casework.errors import NotAllowed, RuleBroken
from casework.models import User
from kyc import parties
from kyc.diligence import merging
from kyc.models import Hit, Party, Screening, WatchlistEntry, WatchlistVersion
from kyc.watch import hits, list_indexes, subjects
from kyc.watch.hits import Finding
from kyc.watch.list_indexes import ListIndex

log = logging.getLogger(__name__)
BATCH = 100  # parties between two signs of progress


def version_came(version: WatchlistVersion) -> Screening:
    """Have all parties screened against what a version brought: called within its import."""
    run = Screening(version=version, started_by=version.imported_by)
    run.save()
    _work_soon()
    return run


def party_came(party: Party) -> None:
    """Have a new or changed party screened against all lists, once it is committed."""
    root = party.merged_into_id or party.pk
    if not WatchlistVersion.objects.exists():
        return
    if not Screening.objects.filter(party=root, done=0, finished_at__isnull=True).exists():
        Screening(party_id=root, total=1).save()
    _work_soon()


def _work_soon() -> None:
    from kyc import tasks

    background.after_commit(tasks.wake)


def is_waiting() -> bool:
    return bool(Screening.objects.filter(finished_at__isnull=True).exists())


def work() -> None:
    """Do all that waits, one process at a time: parties first, they are quick."""
    with _alone():
        _errands(again=True)
        runs = Screening.objects.filter(finished_at__isnull=True, party__isnull=True)
        for run in runs.order_by("pk"):  # as they came: a later version closes what left its list
            with _failing_alone(run):
                _go_on(run)


@contextmanager
def _alone() -> Iterator[None]:
    """Whoever comes second waits, and then finds nothing to do. A kill frees the lock."""
    path = Path(settings.DATA_DIR) / "screening.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _failing_alone(row: Screening) -> Iterator[None]:
    """What breaks on one party or list is logged, waits for the next time and holds up no other."""
    try:
        yield
    except Exception as error:
        log.exception("screening %s failed and is tried again", row.pk)
        failure = f"{type(error).__name__}: {error}".replace("\x00", "")[:300]
        Screening.objects.filter(pk=row.pk).update(failure=failure)


def _errands(*, again: bool = False) -> None:
    """Parties that were recorded or changed. What is recorded while one is compared begins another
    errand; one that a kill left behind is still there. `again`: also those that failed before."""
    waiting = Screening.objects.filter(finished_at__isnull=True, party__isnull=False)
    for errand in (waiting if again else waiting.filter(failure="")).select_related(
        "party__merged_into"
    ):
        with _failing_alone(errand):
            Screening.objects.filter(pk=errand.pk).update(done=1)
            if errand.party is not None:
                screen_party(errand.party)
            # The row would tell that something was recorded, perhaps in a case.
            errand.delete()


def screen_party(party: Party) -> list[Hit]:
    """Compare one party (with what was merged into it) with all lists in force, now."""
    root = party.merged_into or party
    _screen([root], list_indexes.in_force())
    return list(Hit.objects.filter(party=root, closed_at__isnull=True))


def _screen(roots: list[Party], indexes: list[ListIndex]) -> None:
    """What stands is kept or raised, all else is closed."""
    found = _compared(roots, indexes)
    with transaction.atomic():
        for root, group in merging.groups(roots).items():
            before = list(Hit.objects.filter(party__in=group).select_related("entry"))
            mine = [hit for hit in before if hit.party_id == root]
            places = {finding.place for finding in found.get(root, [])}
            hits.raise_all(root, found.get(root, []), mine)
            hits.close(h for h in before if h not in mine or (h.entry_id, h.case_id) not in places)


def screen_all() -> None:
    """Compare every party with all lists in force, now."""
    indexes, everybody = list_indexes.in_force(), Party.objects.filter(merged_into=None)
    keys = list(everybody.order_by("pk").values_list("pk", flat=True))
    with _alone():
        for start in range(0, len(keys), BATCH):
            _screen(list(everybody.filter(pk__in=keys[start : start + BATCH])), indexes)


def screen_version(version: WatchlistVersion) -> Screening:
    """Compare all parties with what a version brought, now."""
    run = Screening(version=version, started_by=version.imported_by)
    run.save()
    _go_on(run)
    return run


def _go_on(run: Screening) -> None:
    """From where the run stopped; parties are never deleted, so their order by key stands."""
    version = run.version
    assert version is not None  # noqa: S101  # only errands of a party have none
    _close_gone(version)
    everybody = Party.objects.order_by("pk")
    run.total = everybody.count()
    run.save(update_fields=["total"])
    index = list_indexes.new_in(version)
    while batch := list(everybody[run.done : run.done + BATCH]):
        _screen_batch(run, batch, index)
        _errands()
    run.total, run.finished_at = run.done, clock.now()
    run.save(update_fields=["total", "finished_at"])


def _screen_batch(run: Screening, batch: list[Party], index: ListIndex) -> None:
    """Compared first: the database is written to for a moment only."""
    roots = [party for party in batch if party.merged_into_id is None]
    found = _compared(roots, [index])
    with transaction.atomic():
        before: dict[int, list[Hit]] = {}
        rows = Hit.objects.filter(party__in=roots, entry__watchlist=index.version.watchlist)
        for hit in rows.select_related("entry"):
            before.setdefault(hit.party_id, []).append(hit)
        for pk, findings in found.items():
            run.hits += hits.raise_all(pk, findings, before.get(pk, []))
        run.done += len(batch)
        run.save(update_fields=["done", "hits"])


def _compared(roots: list[Party], indexes: list[ListIndex]) -> dict[int, list[Finding]]:
    """What each party resembles, with the entries of all of them read at once."""
    layers = subjects.layers(roots)
    wanted = [
        (pk, index.version, index.candidates([layer.subject for layer in told]))
        for pk, told in layers.items()
        for index in indexes
    ]
    standing = WatchlistEntry.objects.in_force()  # a later version may have come meanwhile
    entries = standing.in_bulk({key for _, _, keys in wanted for key in keys})
    others = {key: subjects.of_entry(entry) for key, entry in entries.items()}
    found: dict[int, list[Finding]] = {pk: [] for pk in layers}
    for pk, version, keys in wanted:
        compared = ((version, entries[key], others[key]) for key in keys if key in entries)
        found[pk] += hits.findings(layers[pk], compared)
    return found


def _close_gone(version: WatchlistVersion) -> None:
    """Hits on entries that the version no longer has, or has in another form."""
    gone = Hit.objects.filter(
        entry__watchlist=version.watchlist, entry__until__isnull=False, closed_at__isnull=True
    )
    hits.close(gone.iterator())


@transaction.atomic
def judge(hit: Hit, *, judgement: str, reason: str, actor: User) -> Hit:
    """Say whether the party is the one on the list, and why. Judging again takes it back.

    Raises NotAllowed, RuleBroken.
    """
    hit = (
        Hit.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case")
        .get(pk=hit.pk)
    )
    if not may_judge(actor, hit):
        raise NotAllowed(_("Your position does not judge names on lists."))
    if hit.closed_at is not None:
        raise RuleBroken(_("This name no longer stands against the party. Read the page again."))
    if not reason.strip():
        raise RuleBroken(_("Write what you compared, and what decided it."), field="reason")
    hit.judgement, hit.reason = judgement, reason.strip()
    hit.judged_by, hit.judged_at = actor, clock.now()
    hit.full_clean()
    audit.sign(hit, actor, reason)
    hit.save()
    audit.record(
        "hit.judge", actor=actor, case=hit.case, subject=hit, judgement=judgement, reason=reason
    )
    return hit


def may_judge(user: User, hit: Hit) -> bool:
    return parties.may_write(user, hit.case)
