"""`prove_consistency OLD [NEW]`: that the head of NEW records continues the one of OLD records."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.errors import DomainError
from evidence.tree import consistency


class Command(BaseCommand):
    help = "Prints two signed heads and the proof that the later one continues the earlier one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("old", type=int, metavar="OLD", help="records under the earlier head")
        parser.add_argument("new", type=int, metavar="NEW", nargs="?", help="by default the newest")
        parser.add_argument("--json", action="store_true", help="the heads and the proof as data")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = consistency.prove(options["old"], options["new"]).plain()
        except DomainError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(made))
            return
        self.stdout.write(f"The earlier head:\n\n{made['old']['checkpoint']}")
        self.stdout.write(f"The later head:\n\n{made['new']['checkpoint']}")
        self.stdout.write(f"Proof of {len(made['proof'])} hashes, in the order of RFC 6962:\n")
        for value in made["proof"]:
            self.stdout.write(value)
