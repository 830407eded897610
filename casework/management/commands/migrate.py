"""`migrate` as Django has it, with a short way for an empty database (casework/fresh_tables.py)."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from casework import fresh_tables

OTHERWISE = ("app_label", "fake", "fake_initial", "plan", "run_syncdb", "check_unapplied", "prune")


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> str | None:
        if not any(options.get(name) for name in OTHERWISE):
            made = fresh_tables.make(connections[options["database"]])
            if made and options["verbosity"]:
                self.stdout.write(f"The database was empty: {made} tables made.")
        done: str | None = super().handle(*args, **options)
        return done
