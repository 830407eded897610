"""`manage.py load_starter_reference`: the reference tables that come with the product."""

from typing import Any

from django.core.management.base import BaseCommand

from casework import reference


class Command(BaseCommand):
    help = "Load the shipped reference tables; `migrate` does so too. Edited rows are kept."

    def handle(self, *args: Any, **options: Any) -> None:
        for kind, loaded in reference.load_starter().items():
            self.stdout.write(f"{kind}: {loaded}")
