"""A row as it stands now, held until the transaction ends: it may have been read long ago."""

from typing import Any

from django.db import models


def read_again(row: models.Model) -> None:
    """Not its key is held: acts of custody and audit entries name rows that we may hold."""
    # By its _meta: the person of a request is a lazy object, whose type is not its model.
    manager: Any = row._meta.default_manager
    row.refresh_from_db(from_queryset=manager.select_for_update(of=("self",), no_key=True))
