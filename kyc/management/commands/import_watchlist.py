"""Importing watch-lists: its name is kept, its work comes with a later version."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Import a watch-list (comes with a later version)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--name", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError("Watch-lists come with a later version.", returncode=2)
