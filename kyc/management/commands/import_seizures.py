"""`manage.py import_seizures`: a register of seizures from a CSV file, by a mapping."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from casework.errors import DomainError, NotAllowed
from casework.models import User
from kyc.register import register_mapping, registers
from kyc.register.registers import Plan

NOT_ALLOWED = 2


class Command(BaseCommand):
    help = "Import a register of seizures. All or nothing, unless a reject file takes the bad rows."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--mapping", type=Path, required=True, help="TOML, see docs/import.md")
        parser.add_argument("--as", dest="username", required=True, help="who imports")
        parser.add_argument(
            "--dry-run", action="store_true", help="check and report, write nothing"
        )
        parser.add_argument("--reject-file", type=Path, help="where the rows that fail are written")

    def handle(self, *args: Any, **options: Any) -> None:
        actor = self._person(options["username"])
        try:
            mapping = register_mapping.load(options["mapping"])
            plan = registers.plan(options["file"], mapping, actor=actor, progress=self._progress)
            self._report(plan)
            if options["dry_run"]:
                self._list_failed(plan)
                self.stdout.write(_("A dry run: nothing was written."))
            else:
                self._write(plan, actor, options["reject_file"])
        except NotAllowed as refused:
            raise CommandError(str(refused.message), returncode=NOT_ALLOWED) from refused
        except DomainError as broken:
            raise CommandError(str(broken.message)) from broken

    def _person(self, username: str) -> User:
        person: User | None = User.objects.filter(username__iexact=username, is_active=True).first()
        if person is None:
            said = _("There is nobody called {name}.").format(name=username)
            raise CommandError(said, returncode=NOT_ALLOWED)
        return person

    def _progress(self, what: str, done: int, total: int) -> None:
        self.stderr.write(f"{done:,} / {total:,} {what}")

    def _report(self, plan: Plan) -> None:
        numbers = (
            (_("rows in the file"), plan.read),
            (_("excluded by the selection"), plan.excluded),
            (_("imported before"), plan.known),
            (_("that fail"), len(plan.failed)),
            (_("to import"), len(plan.planned)),
        )
        for word, number in numbers:
            self.stdout.write(f"{number:>9,} {word}")

    def _list_failed(self, plan: Plan) -> None:
        for failed in plan.failed:
            reasons = "; ".join(failed.reasons)
            self.stdout.write(_("line {n}: {why}").format(n=failed.line, why=reasons))

    def _write(self, plan: Plan, actor: User, rejects: Path | None) -> None:
        if plan.failed and rejects is None:
            self._list_failed(plan)
            raise CommandError(
                _("{n} rows fail, so nothing was imported. Correct them or give --reject-file.")
                .format(n=len(plan.failed))
            )  # fmt: skip
        if plan.failed and rejects is not None:
            self._write_rejects(plan, rejects)
        before = registers.totals_on_record(plan.digest)
        count = registers.write(plan, actor=actor, progress=self._progress)
        self._totals(plan, before)
        self.stdout.write(_("{n} seizures imported.").format(n=f"{count:,}"))

    def _write_rejects(self, plan: Plan, rejects: Path) -> None:
        try:
            registers.write_rejects(plan, rejects)
        except OSError as broken:
            said = _("The reject file cannot be written: {why}. Nothing was imported.")
            raise CommandError(said.format(why=broken.strerror)) from broken
        self.stdout.write(_("The rows that fail are in {name}.").format(name=rejects))

    def _totals(self, plan: Plan, before: dict[str, Decimal]) -> None:
        """Per unit: on the record before, what the file adds, on the record after."""
        added, after = plan.totals(), registers.totals_on_record(plan.digest)
        head = (_("unit"), _("before"), _("in the file"), _("after"))
        self.stdout.write(f"{head[0]:<6}{head[1]:>20}{head[2]:>20}{head[3]:>20}")
        for unit in sorted({*before, *added, *after}):
            cells = (figures.get(unit, Decimal()) for figures in (before, added, after))
            self.stdout.write(f"{unit:<6}" + "".join(f"{_plain(cell):>20}" for cell in cells))


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
