"""Rows held until the transaction ends: who comes second waits, and sees what the first one did.

Not their keys: acts of custody and audit entries name rows that we may hold.
"""

from typing import Any

from django.db import models


def hold(row: models.Model) -> None:
    """Only hold it: for who writes rows that hang on it, one at a time."""
    _holding(row).values_list("pk").get(pk=row.pk)


def read_again(row: models.Model) -> None:
    """Hold it and read it as it stands now: it may have been read long ago."""
    row.refresh_from_db(from_queryset=_holding(row))


def _holding(row: models.Model) -> Any:
    # By its _meta: the person of a request is a lazy object, whose type is not its model.
    manager: Any = row._meta.default_manager
    return manager.select_for_update(of=("self",), no_key=True)
