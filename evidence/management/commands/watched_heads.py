"""`watched_heads --out FILE`: the heads that were cosigned here, for verify_custody --heads."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from evidence.models import WatchedHead


class Command(BaseCommand):
    help = "Writes the heads that were cosigned here for one ledger, oldest first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("origin", help="the name that the ledger signs under")
        parser.add_argument("--out", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        rows = WatchedHead.objects.filter(origin=options["origin"]).order_by("tree_size")
        notes = list(rows.values_list("note", flat=True))
        if not notes:
            raise CommandError(f"Nothing of {options['origin']} was cosigned here.")
        options["out"].write_text("".join(notes), encoding="utf-8")
        self.stdout.write(f"{len(notes)} heads written to {options['out'].name}.")
