"""What the worker does for this app; each task finds its work in the database."""

from django_tasks import default_task_backend, task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from casework import background
from kyc.models import Fact, Party
from kyc.watch import screening, subjects


@task()
def screen_waiting() -> None:
    screening.work()


@background.register
def wake() -> None:
    """Leave what waits to the worker: one task in the queue, however often it is asked for.

    A server asks every half minute, so that what a kill left behind is done.
    """
    if not screening.is_waiting():
        return
    if default_task_backend.supports_defer and _is_queued():
        return
    screen_waiting.enqueue()


def _is_queued() -> bool:
    mine = DBTaskResult.objects.filter(task_path=screen_waiting.module_path)
    return bool(mine.filter(status=TaskResultStatus.READY).exists())


def note(sender: object, instance: object, **_: object) -> None:
    """Receives `casework.signals.changed`: a party, or what is said of one, is screened."""
    if isinstance(instance, Fact) and instance.kind.code in subjects.KINDS:
        screening.party_came(instance.party)
    elif isinstance(instance, Party) and instance.pk:
        screening.party_came(instance)
