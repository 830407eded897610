"""Screening: parties against lists of names, and what people judge of the findings.

What waits is a `Screening` row that has not finished: the worker finds it again after a kill and
goes on where it stopped.
"""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from casework import audit, clock
from casework.errors import NotAllowed, RuleBroken
from casework.models import User
from kyc import hits, list_indexes, merging, parties, subjects
from kyc.list_indexes import ListIndex
from kyc.models import Hit, Party, Screening, WatchlistEntry, WatchlistVersion
from kyc.subjects import Layer

BATCH = 100  # parties between two signs of progress
CANDIDATES = 50
Compared = tuple[WatchlistEntry, WatchlistVersion]


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
    if not Screening.objects.filter(party=root, finished_at__isnull=True, done=0).exists():
        Screening(party_id=root, total=1).save()
    _work_soon()


def _work_soon() -> None:
    from kyc import tasks

    transaction.on_commit(tasks.wake)


def work() -> None:
    """Do all that waits: parties first, they are quick."""
    parties_first = Screening.objects.filter(finished_at__isnull=True, party__isnull=False)
    for run in parties_first.select_related("party__merged_into"):
        if run.party is not None:
            screen_party(run.party)
        # The row would tell that something was recorded, perhaps in a case: it was only an errand.
        run.delete()
    for run in Screening.objects.filter(finished_at__isnull=True, version__isnull=False):
        _go_on(run)


def screen_party(party: Party, actor: User | None = None) -> list[Hit]:
    """Compare one party (with what was merged into it) with all lists in force, now."""
    root = party.merged_into or party
    group = merging.group(root)
    indexes = list_indexes.in_force()
    with transaction.atomic():
        before = list(Hit.objects.filter(party__in=group).select_related("entry"))
        layers = subjects.layers([root]).get(root.pk, [])
        found = list(hits.findings(layers, _candidates(layers, indexes)))
        mine = [hit for hit in before if hit.party_id == root.pk]
        hits.raise_all(root.pk, found, mine)
        places = {finding.place for finding in found}
        hits.close(h for h in before if h not in mine or (h.entry_id, h.case_id) not in places)
    return list(Hit.objects.filter(party=root, closed_at__isnull=True))


def screen_version(version: WatchlistVersion) -> Screening:
    """Compare all parties with what a version brought, now."""
    run = Screening(version=version, started_by=version.imported_by)
    run.save()
    _go_on(run)
    return run


def _go_on(run: Screening) -> None:
    """From where the run stopped; parties are never deleted, so their order by key stands."""
    version = run.version
    assert version is not None  # noqa: S101
    _close_gone(version)
    everybody = Party.objects.order_by("pk")
    run.total = everybody.count()
    run.save()
    with list_indexes.new_in(version) as index:
        while batch := list(everybody[run.done : run.done + BATCH]):
            _screen_batch(run, batch, index)
    Screening.objects.filter(pk=run.pk).update(finished_at=clock.now(), total=F("done"))


@transaction.atomic
def _screen_batch(run: Screening, batch: list[Party], index: ListIndex) -> None:
    roots = [party for party in batch if party.merged_into_id is None]
    before: dict[int, list[Hit]] = {}
    rows = Hit.objects.filter(party__in=roots, entry__watchlist=index.version.watchlist)
    for hit in rows.select_related("entry"):
        before.setdefault(hit.party_id, []).append(hit)
    for pk, layers in subjects.layers(roots).items():
        found = list(hits.findings(layers, _candidates(layers, [index])))
        run.hits += hits.raise_all(pk, found, before.get(pk, []))
    run.done += len(batch)
    run.save(update_fields=["done", "hits"])


def _candidates(layers: Iterable[Layer], indexes: Iterable[ListIndex]) -> Iterator[Compared]:
    told = [layer.subject for layer in layers]
    for index in indexes:
        for entry in index.candidates(told, CANDIDATES):
            yield entry, index.version


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
    hit = Hit.objects.select_for_update(of=("self",)).select_related("case").get(pk=hit.pk)
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
