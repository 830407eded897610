"""Screening parties against lists: its name is kept, its work comes with a later version."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Screen parties against watch-lists (comes with a later version)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--party")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError("Screening comes with a later version.", returncode=2)
