"""Writes many rows of one model quickly: their keys are given out here, their values sent raw."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, models

# Only these need more than Python's own value; preparing each field of each row takes longer
# than writing it.
PREPARED = (
    models.DateTimeField,
    models.DateField,
    models.DecimalField,
    models.UUIDField,
    models.JSONField,
)


def insert(rows: Sequence[models.Model]) -> None:
    """Give each row the next key and write all of them in one statement, executed many times."""
    if not rows:
        return
    model = type(rows[0])
    last = model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0
    for key, row in enumerate(rows, last + 1):
        row.pk = key
    fields = model._meta.local_concrete_fields
    readers = [_reader(field) for field in fields]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"
    with connection.cursor() as cursor:
        cursor.executemany(statement, [[read(row) for read in readers] for row in rows])


def reset_sequences(used: Sequence[type[models.Model]]) -> None:
    """PostgreSQL must go on after the keys that were given out here."""
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(used)):
            cursor.execute(statement)


def _reader(field: models.Field[Any, Any]) -> Callable[[models.Model], Any]:
    name = field.attname
    if getattr(field, "auto_now", False):
        return lambda row: field.get_db_prep_save(field.pre_save(row, True), connection)
    if isinstance(field, PREPARED):
        return lambda row: field.get_db_prep_save(getattr(row, name), connection)
    return lambda row: getattr(row, name)
