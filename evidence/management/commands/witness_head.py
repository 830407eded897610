"""`witness_head FILE --out FILE`: cosign a head that another agency brought on a stick."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.ledger import witness
from evidence.tree import watching
from evidence.tree.watching import CONFLICT


class Command(BaseCommand):
    help = "Checks a head from export_head against those seen before, keeps it, and cosigns it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--out", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = options["file"].read_text("utf-8")
            line = watching.add_checkpoint(text)
        except watching.Refused as refused:
            raise CommandError(_words(refused)) from refused
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        note = witness.parse(text).note
        options["out"].write_text(note + line, encoding="utf-8")
        head = witness.head_of(note)
        self.stdout.write(f"Cosigned the head of {head.size} records of {head.origin}.")


def _words(refused: watching.Refused) -> str:
    if refused.status == CONFLICT:
        size = refused.size
        return f"The last head cosigned here has {size} records. Export with --old {size}."
    return f"Not cosigned: {refused.told}"
