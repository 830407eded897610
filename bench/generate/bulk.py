"""Rows of a few columns, millions of them: what a model's other columns hold is said once."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import connection, models

AT_ONCE = 20_000


def load(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write rows whose values stand in the order of `names` (columns); returns how many."""
    others = {
        str(field.column): _empty(field)
        for field in model._meta.local_concrete_fields
        if field.column not in names
    }
    columns = [*names, *others]
    rest = tuple(others.values())
    return _write(model._meta.db_table, columns, ((*row, *rest) for row in rows))


def _empty(field: Any) -> Any:
    """What a column holds that nothing is said of."""
    if field.has_default():
        return _stored(field.get_default())
    if field.null:
        return None
    kinds: tuple[tuple[type, Any], ...] = (
        (models.BooleanField, False),
        (models.DateTimeField, datetime(2020, 1, 1)),  # noqa: DTZ001
        (models.DateField, date(2020, 1, 1)),
        (models.IntegerField, 0),
    )
    return next((_stored(value) for kind, value in kinds if isinstance(field, kind)), "")


def _stored(value: Any) -> Any:
    return value.isoformat(" ") if isinstance(value, datetime) else value


def _write(table: str, columns: Sequence[str], rows: Iterator[Sequence[Any]]) -> int:
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    written = 0
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
                    written += 1
            return written
        marks = ", ".join(["%s"] * len(columns))
        while batch := list(islice(rows, AT_ONCE)):
            cursor.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({marks})", batch)
            written += len(batch)
    return written


def keep_history(model: Any, recorded: str) -> None:
    """A first version of every row in the model's history, written when `recorded` says."""
    past = model.history.model._meta
    own = [field.column for field in model._meta.local_concrete_fields]
    columns = ", ".join(own)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {past.db_table} ({columns}, history_date, history_type)"
            f" SELECT {columns}, {recorded}, '+' FROM {model._meta.db_table}"
            f" WHERE id NOT IN (SELECT id FROM {past.db_table})"
        )


def settle() -> None:
    """What a database does by itself overnight: sequences, statistics, visibility."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        return
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
