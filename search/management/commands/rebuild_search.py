"""Build the search index anew beside the one in use, or say how the two differ."""

import sys
import time
from argparse import ArgumentParser
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import outbox, sync
from search.engines import EngineBusyError, EngineUnavailableError

SHOWN = 10
PATIENCE = 200  # tenths of a second


class Command(BaseCommand):
    help = "Rebuild the search index from the database and swap it in, or check it for drift."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; exit 1 where the index differs"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["check"]:
                self._check()
            else:
                self._rebuild()
        except EngineUnavailableError as error:
            raise CommandError(f"The index cannot be used: {error}") from error

    def _rebuild(self) -> None:
        count = self._patiently()
        with suppress(EngineBusyError):  # who writes now indexes what came meanwhile
            sync.catch_up()
        self.stdout.write(f"Indexed {count:,} documents.")

    def _patiently(self) -> int:
        """Somebody may be indexing a change just now, which takes moments."""
        for _ in range(PATIENCE):
            with suppress(EngineBusyError):
                return sync.rebuild(lambda done: self.stdout.write(f"{done:,} documents"))
            time.sleep(0.1)
        raise CommandError("Another rebuild is going on. Let it finish.")

    def _check(self) -> None:
        drift = sync.drift()
        if any(drift.values()):  # perhaps of records that were changed while they were compared
            again = sync.drift()
            drift = {what: sorted({*keys} & {*again[what]}) for what, keys in drift.items()}
        if not any(drift.values()):
            self.stdout.write("The index agrees with the database.")
            return
        for what, keys in drift.items():
            if keys:
                more = f" and {len(keys) - SHOWN:,} more" if len(keys) > SHOWN else ""
                self.stdout.write(f"{what}: {len(keys):,} ({', '.join(keys[:SHOWN])}{more})")
        for entry in outbox.parked()[:SHOWN]:
            self.stdout.write(f"{outbox.key(entry)} is not indexed as it is: {entry.error}")
        sys.exit(1)
