"""Who indexes what and when: on a server only the worker, so that nobody waits for it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from casework import cases
from casework.models import Case, User
from search import index, run, sync
from search.engines import Engine, IndexLostError
from search.engines.elastic_server import Address
from search.models import OutboxEntry
from search.scope import WHOLE_CASE
from tests.search import elastic_edge
from tests.search.conftest import Committed, Find

GONE = b'{"error": {"type": "index_not_found_exception", "reason": "no such index"}}'
pytestmark = pytest.mark.usefixtures("case")


def open_case(actor: User, title: str = "Pangolin scales in beans") -> None:
    cases.open_case(title=title, tier="port", actor=actor)


@pytest.fixture
def queue(settings: Settings) -> Callable[[], list[str]]:
    """The tasks that wait, where they can wait."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    def waiting() -> list[str]:
        ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
        return [path.rpartition(".")[2] for path in ready.values_list("task_path", flat=True)]

    return waiting


def work() -> None:
    """The worker's turn, on the connection of the test."""
    while row := DBTaskResult.objects.ready().first():
        row.claim("worker")
        row.task.call()
        if DBTaskResult.objects.filter(pk=row.pk).exists():
            row.set_successful(None)


@pytest.fixture
def slow_server(settings: Settings) -> Iterator[elastic_edge.Wire]:
    with elastic_edge.answering(after=20) as url, elastic_edge.wire(url) as counted:
        settings.ELASTICSEARCH_URL = counted.url
        yield counted


def test_nobody_waits_for_a_slow_server(
    queue: Callable[[], list[str]],
    slow_server: elastic_edge.Wire,
    committed: Committed,
    investigator: User,
) -> None:
    with committed():
        open_case(investigator)
        open_case(investigator)
    assert slow_server.asked == 0
    assert queue() == ["catch_up_later"]
    assert list(DBTaskResult.objects.ready()), "it would have to wait"
    assert OutboxEntry.objects.exists()


def test_while_the_server_is_away_one_task_waits_half_a_minute(
    queue: Callable[[], list[str]], settings: Settings, committed: Committed, investigator: User
) -> None:
    settings.ELASTICSEARCH_URL = elastic_edge.dead_port()
    for _ in range(3):
        with committed():
            open_case(investigator)
        work()
    assert queue() == ["catch_up_later"]
    assert not DBTaskResult.objects.ready().exists()
    assert DBTaskResult.objects.count() <= 2


def test_the_worker_brings_it_to_the_server(
    queue: Callable[[], list[str]],
    on_elasticsearch: Address,
    committed: Committed,
    investigator: User,
    find: Find,
) -> None:
    with committed():
        open_case(investigator)
    work()
    assert find(investigator, "pangolin") == {"case: Pangolin scales in beans"}
    assert not any(sync.drift().values())


def test_trouble_of_the_server_is_no_reason_to_build_anew(
    settings: Settings, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuilt: list[bool] = []
    monkeypatch.setattr(sync, "rebuild", lambda: rebuilt.append(True))
    open_case(investigator)
    for status in (404, 403, 503):
        with elastic_edge.answering(status, b'{"error": {"reason": "trouble"}}') as url:
            settings.ELASTICSEARCH_URL = url
            sync.catch_up_later.call()
    assert not rebuilt
    with elastic_edge.answering(404, GONE) as url:
        settings.ELASTICSEARCH_URL = url
        with pytest.raises(IndexLostError):
            index.engine().verify()


def test_a_damaged_index_is_mended_though_nothing_changes(
    engine: Engine,
    queue: Callable[[], list[str]],
    investigator: User,
    find: Find,
    settings: Settings,
) -> None:
    [meta] = Path(settings.SEARCH_DIR).glob("index-*/meta.json")
    meta.write_text("{")
    index._in_folder.cache_clear()
    assert run.search(investigator, run.Params(typed="tea")).is_lookup
    assert queue() == ["mend"]
    work()
    assert len(find(investigator)) == 1


def test_many_entries_are_worked_off_in_pieces(
    engine: Engine, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces: list[int] = []
    whole = type(engine).write

    def write(self: object, found: object, gone: object = ()) -> None:
        pieces.append(len(list(found)))  # type: ignore[call-overload]
        whole(self, found, gone)  # type: ignore[arg-type]

    for number in range(12):
        open_case(investigator, f"Pangolin {number}")
    sync.catch_up()
    monkeypatch.setattr("search.loading.AT_ONCE", 5)
    monkeypatch.setattr(type(engine), "write", write)
    for case in Case.objects.all():
        OutboxEntry.objects.create(kind=WHOLE_CASE, object_id=case.pk)
    sync.catch_up()
    assert max(pieces) <= 5
    assert sum(pieces) >= 13
