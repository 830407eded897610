"""Re-hash the stored files and name every one that is missing or altered."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from casework import display
from evidence import files
from evidence.filestore import file_check
from evidence.filestore.file_check import WITHOUT_ROW, Fault, Progress
from evidence.models import FileCheck

SECONDS_BETWEEN_LINES = 60.0


class Command(BaseCommand):
    help = "Re-hash stored files; exit 1 when one is missing or altered."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="the result as JSON")
        begin = parser.add_mutually_exclusive_group()
        begin.add_argument(
            "--resume", action="store_true", help="go on where a stopped check came to"
        )
        begin.add_argument(
            "--restart", action="store_true", help="begin anew without a word about a stopped one"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.told_at = time.monotonic()
        removed = files.settle()
        check, faults = self._check(options)
        before = check.n_intact + check.n_broken
        for found in file_check.run(check):
            if isinstance(found, Progress):
                self._show(found)
            else:
                faults.append(found)
        if options["json"]:
            self.stdout.write(json.dumps(_told(check, faults, removed, before), indent=1))
        else:
            self._say(check, faults, removed)
        if check.n_broken:
            raise SystemExit(1)

    def _check(self, options: dict[str, Any]) -> tuple[FileCheck, list[Fault]]:
        """The check to run, and what it found before it was stopped."""
        stopped = file_check.unfinished()
        if stopped is None:
            return file_check.begin(), []
        if options["resume"]:
            return stopped, list(file_check.faults_of(stopped))
        if not options["restart"]:
            seen = stopped.n_intact + stopped.n_broken
            self.stderr.write(
                f"A check stopped after {seen} files; --resume would go on there. Beginning anew.",
                style_func=str,
            )
        return file_check.begin(), []

    def _show(self, progress: Progress) -> None:
        """In place on a terminal; elsewhere a line a minute."""
        if self.stderr.isatty():
            self.stderr.write(f"\r\x1b[K{_line(progress)}", style_func=str, ending="")
            if progress.files >= progress.all_files:
                self.stderr.write("", style_func=str)
        elif time.monotonic() - self.told_at >= SECONDS_BETWEEN_LINES:
            self.told_at = time.monotonic()
            self.stderr.write(_line(progress), style_func=str)

    def _say(self, check: FileCheck, faults: Iterable[Fault], removed: int) -> None:
        for fault in faults:
            self.stdout.write(f"{fault.what}: {fault.digest}")
            for use in fault.uses:
                self.stdout.write(f"  {use}")
        if removed:
            self.stdout.write(f"{removed} abandoned uploads removed")
        self.stdout.write(f"{check.n_intact} files intact, {check.n_broken} missing or altered")


def _line(progress: Progress) -> str:
    left = progress.seconds_left
    parts = [
        f"{progress.files} of {progress.all_files} files",
        f"{display.size(progress.bytes)} of {display.size(progress.all_bytes)}",
        f"{display.size(int(progress.rate))}/s",
        f"{display.duration(int(left))} left" if left else "",
    ]
    return ", ".join(part for part in parts if part)


def _told(check: FileCheck, faults: list[Fault], removed: int, before: int) -> dict[str, Any]:
    assert check.finished_at is not None  # noqa: S101 - the check came to its end
    return {
        "intact": check.n_intact,
        "faults": [asdict(fault) for fault in faults],
        "abandoned_uploads_removed": removed,
        "broken": check.n_broken,
        "without_row": sum(fault.what == WITHOUT_ROW for fault in faults),
        "bytes": check.n_bytes,
        "resumed_after": before,
        "started_at": check.started_at.isoformat(),
        "finished_at": check.finished_at.isoformat(),
    }
