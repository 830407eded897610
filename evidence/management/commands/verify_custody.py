"""`verify_custody`: re-compute chains, tree and heads; exit 1 and the first break named."""

import json
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.ledger.format import Mismatch
from evidence import custody_check
from evidence.models import Exhibit


class Command(BaseCommand):
    help = "Re-computes chains of custody, the tree and the signed heads; names the first break."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--exhibit", metavar="CASE/LABEL", help="only this exhibit's chain")
        parser.add_argument("--heads", type=Path, metavar="FILE", help="a witness's copy of heads")
        parser.add_argument("--json", action="store_true", help="the result as data")

    def handle(self, *args: Any, **options: Any) -> None:
        exhibit = _exhibit(options["exhibit"]) if options["exhibit"] else None
        found = _found(exhibit, options["heads"])
        if isinstance(found, Mismatch):
            self._broken(found, as_json=options["json"])
        report = found
        if options["json"]:
            self.stdout.write(json.dumps({"ok": True, **report.plain()}))
            return
        self.stdout.write(
            f"{report.events} events of {report.exhibits} exhibits: every chain is whole.\n"
            f"{report.heads} signed heads agree with the tree of {report.tree_size} events.\n"
            f"{report.pending} events are pending."
        )
        if not report.is_signer_checked:
            self.stdout.write("No signing key here: the signatures were not checked.")

    def _broken(self, fault: Mismatch, *, as_json: bool) -> NoReturn:
        values = {"part": fault.part, "expected": fault.expected, "found": fault.computed}
        if as_json:
            self.stdout.write(json.dumps({"ok": False, "break": values}))
        raise CommandError(
            f"BROKEN: {fault.part}\n  expected: {fault.expected}\n  found:    {fault.computed}",
            returncode=1,
        )


def _found(exhibit: Exhibit | None, heads: Path | None) -> custody_check.Report | Mismatch:
    """The report or the first fault, without the frames that hold a half-read cursor open."""
    try:
        return custody_check.check(exhibit, heads)
    except Mismatch as fault:
        return Mismatch(fault.part, fault.expected, fault.computed)


def _exhibit(name: str) -> Exhibit:
    reference, _, label = name.partition("/")
    found = Exhibit.objects.filter(case__reference=reference, label=label).first()
    if found is None:
        raise CommandError(f"There is no exhibit {name}. Write it as CASE/LABEL.", returncode=1)
    return found
