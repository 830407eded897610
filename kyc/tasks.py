"""What the worker does for this app; each task finds its work in the database."""

from django_tasks import default_task_backend, task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult


@task()
def screen_waiting() -> None:
    from kyc import screening

    screening.work()


def wake() -> None:
    """One waiting task in the queue is enough, however often it is asked for."""
    if default_task_backend.supports_defer and _is_waiting():
        return
    screen_waiting.enqueue()


def _is_waiting() -> bool:
    mine = DBTaskResult.objects.filter(task_path=screen_waiting.module_path)
    return mine.filter(status=TaskResultStatus.READY).exists()
