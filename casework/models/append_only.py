"""Rows that are written once. The database refuses the same as triggers (triggers.py)."""

from typing import Any, NoReturn

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.signals import post_save

from casework import prepared
from casework.errors import RuleBroken


class AppendOnlyRows:
    """Mixed into a queryset before its base: refuses what would change or remove rows."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise RuleBroken("These rows are written once. Record a correction instead.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise RuleBroken("These rows are written once. Record a correction instead.")

    def delete(self) -> NoReturn:
        raise RuleBroken("These rows are never deleted.")


class AppendOnlyQuerySet(AppendOnlyRows, models.QuerySet[Any]):
    pass


class AppendOnlyModel(models.Model):
    """Base of every table that refuses update and delete."""

    Rows = AppendOnlyQuerySet

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise RuleBroken("These rows are written once. Record a correction instead.")
        if not kwargs:
            prepared.insert(self)
            post_save.send(
                sender=type(self), instance=self, created=True, update_fields=None, raw=False,
                using=DEFAULT_DB_ALIAS,
            )  # fmt: skip
            return
        kwargs["force_insert"] = True  # with a key of its own Django would try an update first
        super().save(*args, **kwargs)

    def delete(self, using: str | None = None, keep_parents: bool = False) -> NoReturn:
        raise RuleBroken("These rows are never deleted.")


class FedModel(models.Model):
    """Base of a queue that the database itself fills: a row for each new row of its source.

    The primary key points at the source, so that no way of inserting there can pass it by.
    """

    class Meta:
        abstract = True
