"""`import_cosignatures FILE`: take back a head that a witness has cosigned on a stick."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.ledger.format import Mismatch
from evidence.tree import witnesses


class Command(BaseCommand):
    help = "Keeps the cosignatures of known witnesses on one of our own heads."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = witnesses.import_file(options["file"].read_text("utf-8"), actor=None)
        except (Mismatch, OSError, UnicodeDecodeError) as error:
            raise CommandError(f"Nothing was kept. {error}") from error
        for one in made:
            size = one.head.tree_size
            self.stdout.write(f"{one.witness} cosigned the head of {size} at {one.cosigned_at}.")
