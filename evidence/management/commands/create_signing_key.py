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
        parser.add_argument(
            "--witness", action="store_true", help="the key that we cosign others' heads with"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        is_witness = options["witness"]
        setting = "WITNESS_KEY_FILE" if is_witness else "SIGNING_KEY_FILE"
        path = options["out"] or getattr(settings, setting)
        if not path:
            raise CommandError(f"Set CASEWORK_{setting}, or name a file with --out.")
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            name = settings.WITNESS_NAME if is_witness else settings.LEDGER_ORIGIN
            made = signing.create_key(path, name)
        except FileExistsError as error:
            raise CommandError(f"{path.name} is there already. A key is never replaced.") from error
        public = path.with_suffix(".vkey")
        key = made.witness_key if is_witness else made.key
        public.write_text(f"{key}\n", encoding="utf-8")
        self.stdout.write(f"{key}\n{key.fingerprint}")
        self.stdout.write(f"Public key written to {public.name}. Keep a copy of both elsewhere.")
