"""Forks a child for each job, kills those it is told to kill, and says what they had told.

A program: one line of JSON in, one line out. Forking keeps a hundred kills within seconds; nothing
is connected to the database before the fork.
"""

import ctypes
import importlib
import json
import os
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

from django.conf import settings

from tests import race

JOBS = "tests.adversity.jobs"


def main() -> None:
    race.start_without_tables()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in
    importlib.import_module(JOBS)
    importlib.import_module("casework.root_urls")
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_round(json.loads(line))) + "\n")
        sys.stdout.flush()


def _round(orders: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All of them at once; the answers when all have ended."""
    children = [_Child(order) for order in orders]
    return [child.ended() for child in children]


class _Child:
    def __init__(self, order: dict[str, Any]) -> None:
        self.order = order
        self.kill_after = order.get("kill_after")
        handle, path = tempfile.mkstemp()
        self.path = Path(path)
        self.begun = time.monotonic()
        self.pid = os.fork()
        if not self.pid:
            _live(order, handle)
        os.close(handle)

    def ended(self) -> dict[str, Any]:
        if self.kill_after is not None:
            time.sleep(max(0.0, self.begun + self.kill_after - time.monotonic()))
            os.kill(self.pid, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        lines = self.path.read_text().splitlines()
        self.path.unlink()
        said = [json.loads(line) for line in lines]
        told = [item["told"] for item in said if "told" in item]
        error = next((item["error"] for item in said if "error" in item), "")
        return {"told": told, "status": status, "error": error}


def _live(order: dict[str, Any], handle: int) -> None:
    """The child: does its job and never returns."""

    def say(**what: Any) -> None:
        os.write(handle, json.dumps(what).encode() + b"\n")

    status = 0
    try:
        job = getattr(importlib.import_module(JOBS), order["job"])
        if "rule" in order:
            ctypes.CDLL(None).shim_arm(order["rule"].encode())
        job(lambda what: say(told=what), **order.get("arguments", {}))
    except BaseException:
        if "rule" in order:
            ctypes.CDLL(None).shim_arm(b"")
        say(error=traceback.format_exc())
        status = 1
    os._exit(status)


if __name__ == "__main__":
    main()
