"""`retire_signing_key`: note the present key among the former ones, before it is changed."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from casework.errors import DomainError
from evidence import sequencer
from evidence.tree import trusted_keys


class Command(BaseCommand):
    help = "Writes the present verifier key, and the size it signed up to, to CASEWORK_FORMER_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.FORMER_KEYS:
            raise CommandError("Set CASEWORK_FORMER_KEYS to the file that keeps former keys.")
        try:
            head, key = sequencer.run(), sequencer.signer().key
        except DomainError as error:
            raise CommandError(str(error)) from error
        path = Path(settings.FORMER_KEYS)
        if head is None or key in [one.key for one in trusted_keys.former()]:
            raise CommandError("This key has signed nothing, or it was retired before.")
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{key} {head.tree_size}\n")
            file.flush()
            os.fsync(file.fileno())
        Path(settings.SIGNING_KEY_FILE).rename(f"{settings.SIGNING_KEY_FILE}.retired")
        self.stdout.write(f"The key signed up to {head.tree_size} records. Run create_signing_key.")
