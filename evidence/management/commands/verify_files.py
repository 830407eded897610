"""Re-hash the stored files and name every one that is missing or altered."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from evidence import files
from evidence.files import Fault


class Command(BaseCommand):
    help = "Re-hash stored files; exit 1 when one is missing or altered."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        results = list(files.verify())
        faults = [result for result in results if isinstance(result, Fault)]
        broken = [fault for fault in faults if fault.what != "without a row"]
        intact = len(results) - len(faults)
        removed = files.settle()
        if options["json"]:
            found = {
                "intact": intact,
                "faults": [asdict(fault) for fault in faults],
                "abandoned_uploads_removed": removed,
            }
            self.stdout.write(json.dumps(found, indent=1))
        else:
            self._say(intact, faults, removed)
        if broken:
            raise SystemExit(1)

    def _say(self, intact: int, faults: list[Fault], removed: int) -> None:
        for fault in faults:
            self.stdout.write(f"{fault.what}: {fault.digest}")
            for use in fault.uses:
                self.stdout.write(f"  {use}")
        if removed:
            self.stdout.write(f"{removed} abandoned uploads removed")
        broken = sum(fault.what != "without a row" for fault in faults)
        self.stdout.write(f"{intact} files intact, {broken} missing or altered")
