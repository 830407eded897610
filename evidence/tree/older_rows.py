"""After `migrate`: what was written before the tree held it is put in line for it."""

from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS

from casework.models import AuditEntry
from evidence.models import PendingEntry
from evidence.tree import tree_store


def after_migrate(sender: AppConfig, using: str, **kwargs: Any) -> None:
    if using == DEFAULT_DB_ALIAS:
        enqueue()
        tree_store.store_missing()


def enqueue() -> int:
    """Only entries without a salt are that old: a later one outside the tree is a fault to tell."""
    older = AuditEntry.objects.filter(salt="", leaf__isnull=True, pending__isnull=True)
    keys = list(older.order_by("pk").values_list("pk", flat=True))
    PendingEntry.objects.bulk_create((PendingEntry(pk=pk) for pk in keys), batch_size=1000)
    return len(keys)
