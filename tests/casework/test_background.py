"""What follows a commit: at once in a command, behind the answer in a server, and never lost."""

import logging
import os
import time
from collections.abc import Callable, Iterator

import pytest
from django.db import connections, transaction

from casework import background


@pytest.fixture
def serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """This process serves, with one job that notes its turns; nothing else is run."""
    turns: list[str] = []
    monkeypatch.setattr(background, "_jobs", [])
    monkeypatch.setattr(background, "_runner", background._Runner())
    monkeypatch.setattr(background, "GATHER", 0.05)
    monkeypatch.setattr(background, "RETRY", 0.05)
    background.begin()
    yield turns
    background._runner.is_ended = True


def soon(happens: Callable[[], bool]) -> bool:
    end = time.monotonic() + 60
    while not happens() and time.monotonic() < end:
        time.sleep(0.01)
    return happens()


def job(turns: list[str], name: str = "job") -> background.Job:
    def _job() -> None:
        turns.append(name)

    return background.register(_job)


@pytest.mark.django_db(transaction=True)
def test_a_command_does_it_before_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "_jobs", [])
    turns: list[str] = []
    with transaction.atomic():
        background.after_commit(job(turns))
        assert turns == []
    assert turns == ["job"]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_wakes_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "_jobs", [])
    turns: list[str] = []
    with transaction.atomic():
        background.after_commit(job(turns))
        transaction.set_rollback(True)
    assert turns == []


def test_acts_of_one_moment_share_a_batch(
    serving: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "GATHER", 0.5)
    work = job(serving)
    for _ in range(10):
        background._wake(work)
    assert soon(lambda: bool(serving))
    time.sleep(0.7)
    assert serving == ["job"]


def test_jobs_are_done_in_their_order(serving: list[str]) -> None:
    first, second = job(serving, "first"), job(serving, "second")
    background._wake(second)
    background._wake(first)
    assert soon(lambda: len(serving) == 2)
    assert serving == ["first", "second"]


def test_a_failure_is_told_and_tried_again(
    serving: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    def fails_once() -> None:
        serving.append("turn")
        if len(serving) == 1:
            raise OSError("the disk is full")

    with caplog.at_level(logging.ERROR):
        background._wake(background.register(fails_once))
        assert soon(lambda: len(serving) > 1)
    assert "is tried again" in caplog.text


def test_a_server_takes_what_others_left(serving: list[str]) -> None:
    job(serving)
    background.begin()
    assert soon(lambda: serving == ["job"])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_process_starts_a_thread_of_its_own(serving: list[str]) -> None:
    work = job(serving)
    background._wake(work)
    assert soon(lambda: serving == ["job"])
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        serving.clear()
        background._wake(work)
        os.write(writing, b"1" if soon(lambda: serving == ["job"]) else b"0")
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(reading, 1) == b"1"


def test_a_connection_that_cannot_be_closed_ends_nothing(
    serving: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> None:
        raise OSError("the server went away")

    monkeypatch.setattr(connections, "close_all", gone)
    work = job(serving)
    background._wake(work)
    assert soon(lambda: serving == ["job"])
    first = background._runner.thread
    background._wake(work)
    assert soon(lambda: serving == ["job", "job"])
    assert background._runner.thread is first


@pytest.mark.parametrize(("longest", "turns"), [(60.0, 4), (0.0, 1)])
def test_a_storm_is_gathered_while_it_lasts_but_not_for_ever(
    monkeypatch: pytest.MonkeyPatch, longest: float, turns: int
) -> None:
    runner, slept = background._Runner(), list[float]()

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        runner.calls += background.STORM if len(slept) < 4 else background.STORM - 1

    monkeypatch.setattr(background, "LONGEST", longest)
    monkeypatch.setattr("casework.background.time.sleep", sleep)
    runner._gather()
    assert len(slept) == turns
