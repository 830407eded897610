"""Digests of rows that are written once, for the audit entry of the act that wrote them.

The entry stands in the signed tree, so a row that somebody changes behind the code no longer fits.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from django.db import models

from casework.ledger import audit_entry, format

TAG = b"casework rows v1\n"
Sealed = list[Any]  # name of the table, keys of its rows, digest over all of them


def of(rows: Iterable[models.Model]) -> list[Sealed]:
    """One digest for each table, of its rows as the database holds them now."""
    named = sorted(rows, key=lambda row: (row._meta.label_lower, row.pk))
    grouped = groupby(named, key=type)
    return [seal(model, [row.pk for row in group]) for model, group in grouped]


def seal(model: type[models.Model], keys: list[int]) -> Sealed:
    return [model._meta.label_lower, keys, digest(model, keys)]


def digest(model: type[models.Model], keys: list[int]) -> str:
    """Over every column of the rows with these keys, in the order of the keys."""
    names = [field.attname for field in model._meta.concrete_fields]
    found = model._default_manager.filter(pk__in=keys).order_by("pk").values(*names)
    made = {"table": model._meta.label_lower, "rows": [_plain(row) for row in found]}
    return hashlib.sha256(TAG + format.canonical(made)).hexdigest()


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: audit_entry.plain(_text(value)) for name, value in row.items()}


def _text(value: object) -> object:
    """Moments in one zone and one spelling, whatever the database gives."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value
