"""`export_head FILE`: our newest head with its proof, to be carried to a witness on a stick."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.errors import DomainError
from evidence import sequencer
from evidence.tree import trusted_keys, witnesses


class Command(BaseCommand):
    help = "Writes the newest signed head, and the proof that it continues an earlier one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--witness", help="begin from the last head that this witness cosigned")
        parser.add_argument("--old", type=int, help="begin from the head of so many records")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            head = sequencer.run()
            if head is None:
                raise CommandError("There is no head yet: nothing was recorded.")
            text = str(witnesses.request(head, _old(options)))
        except DomainError as error:
            raise CommandError(str(error)) from error
        options["file"].write_text(text, encoding="utf-8")
        self.stdout.write(f"Head of {head.tree_size} records written to {options['file'].name}.")


def _old(options: dict[str, Any]) -> int:
    if options["old"] is not None:
        return int(options["old"])
    if not options["witness"]:
        return 0
    for one in trusted_keys.witnesses():
        if one.name == options["witness"]:
            return witnesses.known_size(one)
    raise CommandError(f"{options['witness']} is not in the file of CASEWORK_WITNESSES.")
