"""`manage.py import_watchlist`: a list of names from a file, whole or not at all."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from casework.errors import DomainError, NotAllowed
from casework.models import User
from kyc.models import WatchlistVersion
from kyc.watch import list_files, watchlists
from kyc.watch.list_formats import detect

NOT_ALLOWED = 2
PARTS = ("aliases", "addresses", "comments")


class Command(BaseCommand):
    help = "Import a watch list. A broken list is refused whole, and the old version stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--name", required=True, help="the list's name, the same each time")
        parser.add_argument("--as", dest="username", help="who imports; else the command line does")
        parser.add_argument("--format", choices=detect.FORMATS, help="told from the file otherwise")
        for part in PARTS:
            parser.add_argument(f"--{part}", type=Path, help="OFAC; found beside FILE otherwise")
        parser.add_argument("--sheet", default="", help="of a workbook with several")
        parser.add_argument("--keeper", default="", help="who keeps the list")
        parser.add_argument("--trusted", action="store_true", help="a list of authorised traders")
        parser.add_argument("--accept-shrinking", action="store_true", help="more than half left")

    def handle(self, *args: Any, **options: Any) -> None:
        known = set(WatchlistVersion.objects.values_list("pk", flat=True))
        try:
            version = watchlists.import_file(
                options["file"],
                options["name"],
                actor=self._person(options["username"]),
                beside=self._beside(options),
                format=options["format"] or "",
                sheet=options["sheet"],
                keeper=options["keeper"],
                is_trusted=options["trusted"],
                accept_shrinking=options["accept_shrinking"],
                tell=self.stderr.write,
                progress=lambda done: self.stderr.write(
                    _("%(n)s entries read") % {"n": f"{done:,}"}
                ),
            )
        except NotAllowed as refused:
            raise CommandError(str(refused.message), returncode=NOT_ALLOWED) from refused
        except DomainError as broken:
            raise CommandError(str(broken.message)) from broken
        self._report(version, is_new=version.pk not in known)

    def _progress(self, done: int) -> None:
        self.stderr.write(_("%(n)s entries read") % {"n": f"{done:,}"})

    def _person(self, username: str | None) -> User | None:
        if username is None:
            return None
        person: User | None = User.objects.filter(username__iexact=username, is_active=True).first()
        if person is None:
            said = _("There is nobody called {name}.").format(name=username)
            raise CommandError(said, returncode=NOT_ALLOWED)
        return person

    def _beside(self, options: dict[str, Any]) -> dict[str, Path]:
        given = {part: options[part] for part in PARTS if options[part]}
        found = list_files.beside(options["file"])
        for part, path in found.items():
            if part not in given:
                self.stderr.write(_("Read beside it: %(name)s") % {"name": path.name})
        return {**found, **given}

    def _report(self, version: WatchlistVersion, *, is_new: bool) -> None:
        if not is_new:
            self.stdout.write(_("Nothing was changed."))
            return
        self.stdout.write(
            _("%(list)s, version %(number)s: %(entries)s entries (%(added)s added, "
              "%(changed)s changed, %(removed)s removed).")
            % {
                "list": version.watchlist.name,
                "number": version.number,
                "entries": f"{version.entries:,}",
                "added": f"{version.added:,}",
                "changed": f"{version.changed:,}",
                "removed": f"{version.removed:,}",
            }
        )  # fmt: skip
