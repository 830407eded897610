"""`create_signing_key`: the key that signs heads and bundles; never written over another."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.ledger import signing


class Command(BaseCommand):
    help = "Creates the signing key of the ledger and prints its public half and fingerprint."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, help="by default CASEWORK_SIGNING_KEY_FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["out"] or settings.SIGNING_KEY_FILE
        if not path:
            raise CommandError("Set CASEWORK_SIGNING_KEY_FILE, or name a file with --out.")
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            made = signing.create_key(path, settings.LEDGER_ORIGIN)
        except FileExistsError as error:
            raise CommandError(f"{path.name} is there already. A key is never replaced.") from error
        public = path.with_suffix(".vkey")
        public.write_text(f"{made.key}\n", encoding="utf-8")
        self.stdout.write(f"{made.key}\n{made.key.fingerprint}")
        self.stdout.write(f"Public key written to {public.name}. Keep a copy of both elsewhere.")
