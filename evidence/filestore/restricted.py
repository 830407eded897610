"""Starts the walled process that opens hostile bytes, and takes its result or its failure.

The process gets one read-only descriptor, no environment and no secret; it has limits of memory,
processor time, output and wall-clock time (evidence/sealed/limits.py). Nothing it does reaches this
process but the bytes it returns.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

SECONDS: Final = 20
AT_ONCE: Final = 2  # per web process: each may take the memory that limits.py allows
SECONDS_IN_LINE: Final = 30
ROOT: Final = Path(__file__).resolve().parents[2]
PROGRAM: Final = (
    "import json, sys; sys.path += json.loads(sys.argv.pop());"
    " from evidence.sealed import main; main.main()"
)
STARTER: Final = (
    "import json, sys; sys.path += json.loads(sys.argv.pop());"
    " from evidence.sealed import starter; starter.main()"
)
RECOGNITION_SECONDS: Final = 40  # of the processor, for one picture
RECOGNISED: Final = 1 << 20
WORDS: Final = {
    "bomb", "memory", "unreadable", "password", "no page", "damaged", "many", "form", "portfolio",
    "moving",
}  # fmt: skip

_places = threading.BoundedSemaphore(AT_ONCE)


class Failed(Exception):
    """No result. `reason` is one of WORDS, or "time", "crash", "busy", "missing"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def run(job: str, path: Path, **values: Any) -> bytes:
    """The result of a job of evidence/sealed/main.py on one file. Raises Failed."""
    if not _places.acquire(timeout=SECONDS_IN_LINE):
        raise Failed("busy")
    try:
        return _run([job, json.dumps(values)], path)
    finally:
        _places.release()


def written(job: str, path: Path, target: Path, *, seconds: int, **values: Any) -> None:
    """The result of a job, however large, in a file of its own; no file after Failed.

    `seconds` are of the processor; by the clock it may take twice as long.
    """
    arguments = command([job, json.dumps(values | {"seconds": seconds})])
    with _opened(path) as source, target.open("w+b") as result:
        try:
            status = _wait(arguments, source, result.fileno(), seconds=2 * seconds)
            result.seek(0)
            if status:
                raise Failed(_reason(status, result.read(100)))
        except BaseException:
            target.unlink()
            raise


def told(job: str, content: bytes, *, until: float, **values: Any) -> bytes:
    """The result of a job on bytes that lie in no file; `until` by the clock. Raises Failed."""
    if not _places.acquire(timeout=SECONDS_IN_LINE):
        raise Failed("busy")
    try:
        return _told([job, json.dumps(values)], content, until)
    finally:
        _places.release()


def _told(job: list[str], content: bytes, until: float) -> bytes:
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as result:
        source.write(content)
        source.seek(0)
        status = _wait(command(job), source.fileno(), result.fileno(), seconds=until)
        result.seek(0)
        if status:
            raise Failed(_reason(status, result.read(100)))
        return result.read()


def words(path: Path, *, seconds: int, until: float, draws: bool = False) -> tuple[bytes, str]:
    """The lines that evidence/sealed/words said of a file before it ended, and why it did not
    come to its end ("", or a reason as of Failed). `seconds` are of the processor, `until` by the
    clock.

    Raises Failed where nothing could be started.
    """
    job = command(["words", json.dumps({"seconds": seconds, "draws": draws})])
    with _opened(path) as source, tempfile.TemporaryFile() as result:
        try:
            status = _wait(job, source, result.fileno(), seconds=until)
            reason = _reason(status, b"") if status else ""
        except Failed as failed:
            reason = failed.reason
        result.seek(0)
        return result.read(), reason


def recognised(picture: bytes, *, program: str, languages: str) -> str:
    """What a program for the recognition of text reads in a picture. Raises Failed."""
    arguments = [program, "stdin", "stdout", "-l", languages]
    job = _command(STARTER, [json.dumps(arguments), str(RECOGNITION_SECONDS)])
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as result:
        source.write(picture)
        source.seek(0)
        status = _wait(job, source.fileno(), result.fileno(), seconds=2 * RECOGNITION_SECONDS)
        if status:
            raise Failed(_reason(status, b""))
        result.seek(0)
        return result.read(RECOGNISED).decode("utf-8", "replace")


def _run(job: list[str], path: Path) -> bytes:
    with _opened(path) as source, tempfile.TemporaryFile() as result:
        status = _wait(command(job), source, result.fileno())
        result.seek(0)
        if status == 0:
            return result.read()
        raise Failed(_reason(status, result.read(100)))


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[int]:
    try:
        source = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        raise Failed("missing") from error
    try:
        yield source
    finally:
        os.close(source)


def command(job: list[str]) -> list[str]:
    return _command(PROGRAM, job)


def _command(program: str, job: list[str]) -> list[str]:
    """Isolated: neither the environment nor the current folder chooses what is imported."""
    packages = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    folders = json.dumps([str(ROOT), *packages])
    return [sys.executable, "-I", "-S", "-B", "-c", program, *job, folders]


def _wait(arguments: list[str], source: int, result: int, *, seconds: float | None = None) -> int:
    with subprocess.Popen(  # noqa: S603 - our own interpreter and program
        arguments,
        stdin=source,
        stdout=result,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    ) as process:
        try:
            return process.wait(SECONDS if seconds is None else seconds)
        except subprocess.TimeoutExpired as error:
            raise Failed("time") from error
        finally:
            if process.returncode is None:
                os.killpg(process.pid, signal.SIGKILL)


def _reason(status: int, said: bytes) -> str:
    if status == -signal.SIGXCPU:
        return "time"
    word = said.decode("ascii", "replace")
    return word if status == 3 and word in WORDS else "crash"
