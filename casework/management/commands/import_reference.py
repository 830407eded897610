"""`manage.py import_reference KIND FILE`: bring a reference table to what a file says."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework import reference
from casework.reference_files import COLUMNS, ReferenceFileError


class Command(BaseCommand):
    help = "Load a reference table or a table of the law. Rows edited by people are kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=list(COLUMNS))
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = reference.load(options["kind"], options["file"])
        except ReferenceFileError as broken:
            raise CommandError(str(broken.message)) from broken
        self.stdout.write(f"{options['kind']}: {loaded}")
