"""Nothing is lost: the outbox, an engine that is away, and the check for drift."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from casework import cases
from casework.models import Case, User
from search import index, loading, run, sync
from search.engines import Engine, EngineBusyError, EngineUnavailableError
from search.models import OutboxEntry
from tests.search.conftest import Committed, Find, Story


def open_case(actor: User, title: str = "Pangolin scales in beans") -> Case:
    return cases.open_case(title=title, tier="port", actor=actor)


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An engine that answers nothing and stores nothing; undo it and it is back."""

    def fail(*args: Any, **kwargs: Any) -> None:
        raise EngineUnavailableError("away")

    for name in ("search", "write", "rebuild", "digests"):
        monkeypatch.setattr(type(index.engine()), name, fail)
    return monkeypatch


def test_the_outbox_is_written_with_the_change(engine: Engine, investigator: User) -> None:
    with transaction.atomic():
        open_case(investigator)
        transaction.set_rollback(True)
    assert not OutboxEntry.objects.exists()
    open_case(investigator)
    assert OutboxEntry.objects.exists()


def test_what_was_indexed_leaves_the_outbox(
    engine: Engine, committed: Committed, investigator: User
) -> None:
    with committed():
        open_case(investigator)
    assert not OutboxEntry.objects.exists()
    assert not any(sync.drift().values())


@pytest.fixture
def empty_index(db: None) -> None:
    sync.rebuild()


def test_every_operation_tells_of_its_change(empty_index: None, story: Story) -> None:
    sync.catch_up()
    assert sync.drift() == {"missing": [], "different": [], "surplus": [], "parked": []}


def test_an_engine_that_is_away_fails_no_write(
    engine: Engine, away: pytest.MonkeyPatch, committed: Committed, investigator: User, find: Find
) -> None:
    with committed():
        made = open_case(investigator)
    assert Case.objects.filter(pk=made.pk).exists()
    assert OutboxEntry.objects.exists()
    away.undo()
    sync.catch_up()
    assert find(investigator, "pangolin") == {"case: Pangolin scales in beans"}


def test_a_busy_index_leaves_the_outbox_to_who_holds_it(
    engine: Engine, committed: Committed, investigator: User
) -> None:
    with engine.writing(), committed():
        open_case(investigator)
    assert OutboxEntry.objects.exists()
    with engine.writing(), pytest.raises(EngineBusyError):
        sync.catch_up()
    sync.catch_up()
    assert not any(sync.drift().values())


def test_a_deleted_folder_is_built_again_with_the_next_change(
    engine: Engine, committed: Committed, investigator: User, find: Find
) -> None:
    shutil.rmtree(settings.SEARCH_DIR)
    with committed():
        open_case(investigator)
    assert len(find(investigator)) == 2
    assert not any(sync.drift().values())


@pytest.mark.parametrize("pattern", ["meta.json", "*.idx", "*.term", "*.store"])
def test_a_damaged_index_is_built_again(
    engine: Engine, committed: Committed, investigator: User, find: Find, pattern: str
) -> None:
    for file in Path(settings.SEARCH_DIR).glob(f"index-*/{pattern}"):
        file.write_bytes(b"\x00" * 64)
    call_command("rebuild_search")
    with committed():
        open_case(investigator)
    assert len(find(investigator)) == 2


def test_changes_during_a_rebuild_wait_their_turn(
    engine: Engine, investigator: User, find: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = loading.everything

    def meanwhile(failures: loading.Failures) -> Any:
        yield from whole(failures)
        open_case(investigator)

    monkeypatch.setattr("search.loading.everything", meanwhile)
    sync.rebuild()
    monkeypatch.undo()
    assert OutboxEntry.objects.exists()
    sync.catch_up()
    assert not any(sync.drift().values())


def test_while_the_index_is_away_names_and_numbers_are_looked_up(
    story: Story, away: pytest.MonkeyPatch, investigator: User, outsider: User
) -> None:
    for typed in ("tea chests", "CU 558120", "fciu 523579 6", "E1", "tamarind", "Otieno"):
        answer = run.search(investigator, run.Params(typed=typed))
        assert answer.is_lookup
        assert answer.total == len(answer.results) > 0, typed
        assert run.search(outsider, run.Params(typed=typed)).total == 0


def test_the_look_up_is_never_wider(
    story: Story, away: pytest.MonkeyPatch, custodian: User
) -> None:
    assert run.search(custodian, run.Params(typed="informant")).total == 0


def test_an_index_too_far_behind_is_not_asked(
    engine: Engine, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.scope.MAX_LAG", 2)
    for _ in range(3):
        open_case(investigator)
    assert run.search(investigator, run.Params(typed="pangolin")).is_lookup
    sync.catch_up()
    answer = run.search(investigator, run.Params(typed="pangolin"))
    assert (answer.is_lookup, answer.total) == (False, 3)


def test_the_check_names_drift(
    engine: Engine, investigator: User, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("rebuild_search", check=True)
    open_case(investigator)
    Case.objects.filter(title__contains="tea").update(title="Changed behind its back")
    with pytest.raises(SystemExit) as ended:
        call_command("rebuild_search", check=True)
    assert ended.value.code == 1
    shown = capsys.readouterr().out
    assert "missing: 1" in shown
    assert "different: 1" in shown


def test_the_worker_tries_again_later(
    engine: Engine, away: pytest.MonkeyPatch, investigator: User
) -> None:
    from django.test import override_settings
    from django_tasks_db.models import DBTaskResult

    open_case(investigator)
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}):
        sync.after_commit()
        sync.after_commit()
        assert DBTaskResult.objects.count() == 1
        sync.catch_up_later.call()
        assert DBTaskResult.objects.count() == 1
        away.undo()
        sync.catch_up_later.call()
    assert not OutboxEntry.objects.exists()
