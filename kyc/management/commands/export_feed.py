"""`manage.py export_feed`: the feed of parties for carriers, as CSV."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from casework.errors import NotAllowed
from casework.models import User
from kyc.watch import feed_export

NOT_ALLOWED = 2


class Command(BaseCommand):
    help = "Write the feed of parties that carriers are warned of: no case data is in it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, required=True)
        parser.add_argument(
            "--as", dest="username", help="who takes it; else the command line does"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = feed_export.export(actor=self._person(options["username"]))
        except NotAllowed as refused:
            said = _("This person does not decide whom carriers are warned of.")
            raise CommandError(said, returncode=NOT_ALLOWED) from refused
        self._write(options["out"], text)
        lines = text.count("\r\n") - 1
        self.stdout.write(_("%(n)s parties in %(name)s.") % {"n": lines, "name": options["out"]})

    def _person(self, username: str | None) -> User | None:
        if username is None:
            return None
        person: User | None = User.objects.filter(username__iexact=username, is_active=True).first()
        if person is None:
            said = _("There is nobody called {name}.").format(name=username)
            raise CommandError(said, returncode=NOT_ALLOWED)
        return person

    def _write(self, path: Path, text: str) -> None:
        beside = path.with_name(f".{path.name}.part")
        try:
            beside.write_text(text, encoding="utf-8", newline="")
            beside.replace(path)
        except OSError as broken:
            raise CommandError(f"{path}: {broken.strerror}") from broken
