"""The web process and one worker as its sibling; when either ends, both end."""

import os
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

Process = subprocess.Popen[bytes]


class Command(BaseCommand):
    help = "Serve the pages and work off what was asked in the background."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bind", default="127.0.0.1:8000", help="address:port")
        parser.add_argument("--threads", type=int, default=8, help="for slow telephones")
        parser.add_argument("--processes", type=int, default=2)

    def handle(self, *args: Any, **options: Any) -> None:
        processes = [_web(options), _worker()]
        signal.signal(signal.SIGTERM, _stop)
        self.stdout.write(f"Serving on http://{options['bind']} (Ctrl+C ends it)")
        try:
            while all(process.poll() is None for process in processes):
                time.sleep(0.5)
        except KeyboardInterrupt:
            self.stdout.write("Ending.")
        finally:
            _end(processes)
        sys.exit(max(abs(process.returncode or 0) for process in processes) and 1)


def _web(options: dict[str, Any]) -> Process:
    arguments = [
        "-m", "gunicorn", "casework.wsgi:application",
        "--bind", options["bind"],
        "--workers", str(options["processes"]),
        "--threads", str(options["threads"]),
        "--timeout", "600",
        "--worker-tmp-dir", os.environ.get("TMPDIR", "/tmp"),  # noqa: S108  # gunicorn's own beat
        "--log-level", "warning",
    ]  # fmt: skip
    return _start(arguments)


def _worker() -> Process:
    return _start(
        ["manage.py", "db_worker", "--queue-name", "*", "--no-reload", "--verbosity", "0"]
    )


def _start(arguments: list[str]) -> Process:
    return subprocess.Popen([sys.executable, *arguments], cwd=settings.BASE_DIR)  # noqa: S603


def _stop(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _end(processes: list[Process]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
