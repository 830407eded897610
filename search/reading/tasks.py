"""The worker's turns at reading: each finds its work in the database."""

from django_tasks import default_task_backend, task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from casework import background
from search.reading import keeping, working

BEHIND_OTHERS = -10  # a dossier that somebody waits for is built first


@task(priority=BEHIND_OTHERS)
def read_waiting() -> None:
    """A turn, and another one in line while something waits."""
    working.work(seconds=working.TURN)
    wake()


@background.register
def wake() -> None:
    """Leave what waits to the worker: one task in the queue, however often it is asked for.

    A server asks every half minute, so that what a kill left behind is read. Where nothing can
    wait in a queue (in tests), files are read when `working.work` is called.
    """
    if not default_task_backend.supports_defer or not keeping.waiting().exists():
        return
    mine = DBTaskResult.objects.filter(task_path=read_waiting.module_path)
    if not mine.filter(status=TaskResultStatus.READY).exists():
        read_waiting.enqueue()
