"""`verify_custody`: re-compute chains, audit trail, tree and heads; exit 1 and the first break."""

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.ledger.format import Mismatch
from evidence import custody_check
from evidence.custody_check import Report
from evidence.ledger_check.meaning import meaning
from evidence.models import Exhibit
from evidence.tree.trusted_keys import BadKeyFile


class Command(BaseCommand):
    help = "Re-computes chains of custody, the tree and the signed heads; names the first break."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--exhibit", metavar="CASE/LABEL", help="only this exhibit's chain")
        parser.add_argument("--heads", type=Path, metavar="FILE", help="a witness's copy of heads")
        parser.add_argument("--json", action="store_true", help="the result as data")

    def handle(self, *args: Any, **options: Any) -> None:
        exhibit = _exhibit(options["exhibit"]) if options["exhibit"] else None
        found = self._found(exhibit, options["heads"])
        if isinstance(found, Mismatch):
            self._broken(found, as_json=options["json"])
        if options["json"]:
            self.stdout.write(json.dumps({"ok": True, **found.plain()}))
        else:
            self._tell(found, exhibit)

    def _found(self, exhibit: Exhibit | None, heads: Path | None) -> Report | Mismatch:
        """The report or the first fault, without the frames that hold what was read."""
        try:
            return custody_check.check(exhibit, heads, self._progress)
        except Mismatch as fault:
            return Mismatch(fault.part, fault.expected, fault.computed)
        except BadKeyFile as error:
            raise CommandError(str(error), returncode=2) from error

    def _progress(self, done: int, of: int) -> None:
        """On a terminal only; the line is wiped when all is read."""
        if sys.stderr.isatty():
            told = f"{done:,} of {of:,} records read" if done < of else ""
            self.stderr.write(f"\r{told:40}\r", ending="")

    def _tell(self, report: Report, exhibit: Exhibit | None) -> None:
        whole = "its chain is whole" if exhibit else "every chain is whole"
        things = str(exhibit) if exhibit else f"{report.exhibits} exhibits"
        lines = [f"{report.events} events of {things}: {whole}."]
        if exhibit is None:
            lines.append(f"{report.audit_entries} audit entries are as they were recorded.")
            agree = f"{report.heads} signed heads agree with the tree of"
        else:
            agree = "What is sequenced is under the newest signed head, of"
        if report.heads:
            lines.append(f"{agree} {report.tree_size} records.")
        waiting = f"{report.pending} events"
        if exhibit is None:
            waiting += f" and {report.pending_entries} audit entries"
        lines.append(f"{waiting} are pending.")
        if report.cosignatures:
            lines.append(f"{report.cosignatures} cosignatures of witnesses are on heads of it.")
        if report.unpublished:
            told = "heads are not in the heads file yet: the next act writes them."
            lines.append(f"{report.unpublished} {told}")
        if not report.is_signer_checked:
            lines.append("No signing key here: the signatures were not checked.")
        lines += [f"FLAGGED: {told}" for told in report.warnings]
        self.stdout.write("\n".join(lines))

    def _broken(self, fault: Mismatch, *, as_json: bool) -> NoReturn:
        told = meaning(fault.part)
        values = {"part": fault.part, "expected": fault.expected, "found": fault.computed}
        values["meaning"] = told
        if as_json:
            self.stdout.write(json.dumps({"ok": False, "break": values}))
        raise CommandError(
            f"BROKEN: {fault.part}\n{told}\n"
            f"  expected: {fault.expected}\n  found:    {fault.computed}",
            returncode=1,
        )


def _exhibit(name: str) -> Exhibit:
    reference, _, label = name.partition("/")
    found = Exhibit.objects.filter(case__reference=reference, label=label).first()
    if found is None:
        raise CommandError(f"There is no exhibit {name}. Write it as CASE/LABEL.", returncode=1)
    return found
