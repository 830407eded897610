"""A test's hand on the nursery: a program on the test's own database whose children get killed."""

import json
import os
import random
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tests import race
from tests.adversity import website

# How often each kind of act is killed: 25 times in passing, hundreds where somebody has an hour.
KILLS = int(os.environ.get("CASEWORK_TEST_KILLS", "25"))


@dataclass(frozen=True)
class Ended:
    """What a child had told, and how it ended."""

    told: list[Any]
    status: int
    error: str

    @property
    def was_killed(self) -> bool:
        return self.status == -9


@dataclass
class Nursery:
    folder: Path
    url: str
    preload: Path | None = None

    def __enter__(self) -> Self:
        own = race.environment(self.url, self.folder)
        own["CASEWORK_SECRET_KEY"] = website.secret(self.folder)
        if self.preload:
            own["LD_PRELOAD"] = str(self.preload)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.adversity.nursery"],
            cwd=race.ROOT,
            env=own,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.told: list[Any] = []
        return self

    def __exit__(self, *args: object) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.wait(timeout=180)
        self.process.stdout.close()

    def together(self, *orders: dict[str, Any]) -> list[Ended]:
        """All these jobs at once; the answers when all have ended."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(orders) + "\n")
        self.process.stdin.flush()
        answers = json.loads(self.process.stdout.readline())
        return [Ended(**answer) for answer in answers]

    def attempt(self, job: str, /, rule: str = "", **arguments: Any) -> Ended:
        order = {"job": job, "arguments": arguments} | ({"rule": rule} if rule else {})
        return self.together(order)[0]

    def run(self, job: str, /, **arguments: Any) -> list[Any]:
        ended = self.together({"job": job, "arguments": arguments})[0]
        assert ended.status == 0, ended.error
        return ended.told

    def kill_some(self, *jobs: dict[str, Any], within: float, rng: random.Random) -> None:
        """Start these and kill each a moment later; what they told is remembered."""
        orders = [{**job, "kill_after": rng.uniform(0, within)} for job in jobs]
        for ended in self.together(*orders):
            assert ended.was_killed, ended.error
            self.told += ended.told

    def check(self) -> dict[str, Any]:
        """Fail where anything told is gone, half there or unverified."""
        found: dict[str, Any] = self.run("check", told=self.told)[-1]
        assert found["custody"]["ok"]
        assert found["custody"]["pending"] == 0
        assert found["files"]["faults"] == []
        assert (found["unknown_files"], found["unattached"]) == (0, 0)
        return found
