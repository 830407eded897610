"""Queries and inserts whose SQL is made once: Django takes longer to write a statement than the
database takes to run it, which shows where one act needs several.

The queryset stays the only text of the query; here its SQL is kept, with the places of its values.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache
from types import NoneType
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models import Field

from casework import wires
from casework.wires import Row as Row


class Query:
    """Rows of a `values_list` queryset; its parameters are whole numbers or moments.

    `Query(lambda case: Exhibit.objects.filter(case=case).values_list("pk"), case=int)`.
    """

    def __init__(self, build: Callable[..., Any], **types: type[int] | type[datetime]) -> None:
        self._build, self._types = build, types
        self._made: dict[str, _Statement] = {}

    def rows(self, **values: int | datetime) -> list[Row]:
        (found,) = answers((self, values))
        return found

    def statement(self, ours: Any) -> "_Statement":
        made = self._made.get(ours.vendor)
        if made is None:
            made = self._made[ours.vendor] = _Statement(self._build, self._types)
        return made


class NextKey:
    """The key of a row that is still to be written, where the database hands keys out beforehand.

    PostgreSQL does: rows that name each other then go to it in one message (`together`). SQLite
    answers with no row.
    """

    def __init__(self, model: type[models.Model]) -> None:
        self._table, self._key = model._meta.db_table, model._meta.pk.column

    def statement(self, ours: Any) -> "_Fixed":
        if ours.vendor != "postgresql":
            return _Fixed("SELECT 1 WHERE 1 = 0")
        sequence = f"pg_get_serial_sequence('{ours.ops.quote_name(self._table)}', '{self._key}')"
        return _Fixed(f"SELECT nextval({sequence})")


Values = Mapping[str, int | datetime]
Question = tuple[Query, Values]


def answers(*questions: Question | tuple[NextKey, Values]) -> list[list[Row]]:
    """The rows of several queries, one after the other, which PostgreSQL is sent in one message.

    Each sees what was committed when its turn came: also while the one before waited for a lock.
    """
    ours = connections[DEFAULT_DB_ALIAS]
    made = [(query.statement(ours), values) for query, values in questions]
    found = wires.run(ours, *((one.sql, one.filled(ours, values)) for one, values in made))
    return [one.converted(rows) for (one, _values), rows in zip(made, found, strict=True)]


class _Statement:
    def __init__(
        self, build: Callable[..., Any], types: dict[str, type[int] | type[datetime]]
    ) -> None:
        marks = {name: _mark(number, kind) for number, (name, kind) in enumerate(types.items())}
        compiler = build(**marks).query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, params = compiler.as_sql()
        self.params = list(params)
        ours = connections[DEFAULT_DB_ALIAS]
        by_mark = {_adapted(ours, mark): name for name, mark in marks.items()}
        self.places = [(n, by_mark[p]) for n, p in enumerate(params) if p in by_mark]
        self.compiler = compiler
        self.converters = compiler.get_converters([column[0] for column in compiler.select])

    def filled(self, ours: Any, values: Values) -> list[Any]:
        params = self.params.copy()
        for place, name in self.places:
            params[place] = _adapted(ours, values[name])
        return params

    def converted(self, found: list[Row]) -> list[Row]:
        if not self.converters or not found:
            return found
        return [tuple(row) for row in self.compiler.apply_converters(found, self.converters)]


class _Fixed:
    """SQL without values, whose rows are read as they come."""

    def __init__(self, sql: str) -> None:
        self.sql = sql

    def filled(self, _ours: Any, _values: Values) -> list[Any]:
        return []

    def converted(self, found: list[Row]) -> list[Row]:
        return found


def _mark(number: int, kind: type[int] | type[datetime]) -> int | datetime:
    """A value that stands nowhere else in a statement, to find its place by."""
    if kind is datetime:
        return datetime(9000 + number, 1, 1, tzinfo=UTC)
    return 1_999_999_900 + number


def _adapted(ours: Any, value: int | datetime) -> Any:
    return ours.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def insert(*rows: models.Model) -> None:
    """Write new rows of one model, all with keys (`NextKey`) or all without, and learn their keys.

    No signals are sent: for tables written once.
    """
    ours, model = connections[DEFAULT_DB_ALIAS], type(rows[0])
    columns = _columns(model, has_keys=rows[0].pk is not None)
    values = [_stored(ours, row, *column) for row in rows for column in columns]
    fields = [field for field, _types in columns]
    statement = _insert_into(model, fields, len(rows))
    if (gathered := _gathered.get()) is not None:
        gathered.append((rows, statement, values))
        return
    (keys,) = wires.run(ours, (statement, values))
    _learn(rows, keys)


def _learn(rows: Iterable[models.Model], keys: list[Row]) -> None:
    for row, (key,) in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


Gathered = list[tuple[tuple[models.Model, ...], str, list[Any]]]
_gathered: ContextVar[Gathered | None] = ContextVar("gathered", default=None)


@contextmanager
def together() -> Iterator[None]:
    """What is inserted within goes to PostgreSQL in one message; keys that it did not hand out
    beforehand are known afterwards.

    Whoever reads the database within does not see it yet.
    """
    ours = connections[DEFAULT_DB_ALIAS]
    if _gathered.get() is not None or ours.vendor != "postgresql":
        yield
        return
    waiting: Gathered = []
    token = _gathered.set(waiting)
    try:
        yield
    finally:
        _gathered.reset(token)
    found = wires.run(ours, *((statement, values) for _rows, statement, values in waiting))
    for (rows, *_rest), keys in zip(waiting, found, strict=True):
        _learn(rows, keys)


@cache
def _columns(
    model: type[models.Model], *, has_keys: bool = False
) -> list[tuple[Any, tuple[type, ...]]]:
    """The fields to write, each with the types of values that go to the database as they are."""
    own = model._meta.local_concrete_fields
    fields = [field for field in own if has_keys or not field.primary_key]
    return [
        (field, () if type(field).pre_save is not Field.pre_save else _as_they_are(field))
        for field in fields
    ]


def _as_they_are(field: Any) -> tuple[type, ...]:
    match field:
        case models.CharField() | models.TextField():
            return (str,)
        case models.IntegerField() | models.ForeignKey():
            return (int, NoneType)
        case models.BooleanField():
            return (bool, NoneType)
    return ()


def _stored(ours: Any, row: models.Model, field: Any, plain: tuple[type, ...]) -> Any:
    """Django asks four methods whether a text is a text: asked once for each field instead."""
    value = row.__dict__.get(field.attname, row)
    if type(value) in plain:
        return value
    return field.get_db_prep_save(field.pre_save(row, True), ours)


_inserts: dict[tuple[str, type[models.Model], int, int], str] = {}


def _insert_into(model: type[models.Model], fields: list[Any], count: int) -> str:
    key = (connection.vendor, model, len(fields), count)
    if key not in _inserts:
        quote = connection.ops.quote_name
        columns = ", ".join(quote(field.column) for field in fields)
        marks = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * count)
        into = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES {marks}"  # noqa: S608
        _inserts[key] = f"{into} RETURNING {quote(str(model._meta.pk.column))}"
    return _inserts[key]
