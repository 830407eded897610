"""In the background: the newest head goes to the witnesses and the time-stamp authority.

One waiting task is enough, and it begins again later while somebody has not answered. Where no
witness and no authority is set, nothing is asked of the database.
"""

from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from casework import clock
from evidence.dossier.bundle import LedgerExtract
from evidence.models import SignedHead
from evidence.tree import timestamps, witnesses

AGAIN = timedelta(minutes=10)
SOON = timedelta(seconds=20)  # acts follow one another; one request for several of them


def is_wanted() -> bool:
    return bool(settings.WITNESSES) or timestamps.is_on()


def wake() -> None:
    """Have the newest head attested soon; cheap, and nothing where nobody is asked."""
    if is_wanted():
        _enqueue(SOON)


@task()
def attest_heads() -> None:
    """Send what is due; come back later where somebody has not answered."""
    head = witnesses.newest()
    is_done = witnesses.send_newest()
    if head is not None and timestamps.lacks(head):
        is_done = timestamps.is_due() and timestamps.stamp(head) is not None and is_done
    if not is_done:
        _enqueue(AGAIN)


def attest(head: SignedHead) -> None:
    """Now, for a dossier: each is asked once, and what does not answer is left out."""
    if witnesses.newest() == head:
        witnesses.send_newest()
    timestamps.stamp(head)


def attested(
    extract: LedgerExtract, head: SignedHead, previous: SignedHead | None
) -> LedgerExtract:
    """The extract with what others have said about its heads, as far as they answer now."""
    attest(head)
    stamp = timestamps.kept(head)
    before = extract.previous_checkpoint
    return replace(
        extract,
        checkpoint=extract.checkpoint + witnesses.lines(head),
        previous_checkpoint=before + witnesses.lines(previous) if before and previous else before,
        time_stamp=bytes(stamp.response) if stamp else None,
    )


def _enqueue(after: timedelta) -> None:
    """With a backend that cannot wait (in tests), only what is wanted at once is done."""
    if not attest_heads.get_backend().supports_defer:
        if after == SOON:
            attest_heads.enqueue()
        return
    at = clock.now() + after
    mine = DBTaskResult.objects.filter(task_path=attest_heads.module_path)
    if not mine.filter(status=TaskResultStatus.READY, run_after__lte=at).exists():
        attest_heads.using(run_after=at).enqueue()
