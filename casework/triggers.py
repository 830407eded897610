"""Triggers by which the database refuses to change rows that are written once, and fills queues.

Every concrete AppendOnlyModel and FedModel has them, and what lines of charges are made of.
SQLite loses them when a table is rebuilt, so they are made again after every migrate, and
`missing` is asked by verify_custody and by a test.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from casework import stale_lines
from casework.models.append_only import AppendOnlyModel, FedModel

FUNCTION = "casework_append_only"
# The function's whole body: a weaker one of the same name counts as missing.
BODY = "BEGIN RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME; END;"
POSTGRES_EVENTS = {"rows": "UPDATE OR DELETE", "truncate": "TRUNCATE"}


def guarded() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if issubclass(model, AppendOnlyModel)]


def fed() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if issubclass(model, FedModel)]


def install(connection: BaseDatabaseWrapper) -> None:
    """Make every trigger whose tables exist; doing it twice changes nothing."""
    tables = set(connection.introspection.table_names())
    made = _common(connection)
    for trigger in _all(connection):
        if trigger.needs <= tables:
            made += [_drop(connection, trigger), *trigger.statements]
    # In one transaction: without, SQLite syncs the disk for each of a hundred statements.
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in made:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Only for a test database that is about to be emptied."""
    if not str(connection.settings_dict["NAME"]).startswith(("test_", "file:memory")):
        raise RuntimeError("the triggers of a real database stay")
    with connection.cursor() as cursor:
        for trigger in _all(connection):
            cursor.execute(_drop(connection, trigger))


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that are absent, weakened or switched off."""
    wanted = {(trigger.name, trigger.table): trigger.body for trigger in _all(connection)}
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT t.tgname, c.relname, p.prosrc FROM pg_trigger t"
                " JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_class c ON c.oid = t.tgrelid"
                " WHERE t.tgenabled = 'A' AND t.tgqual IS NULL"
            )
        found = {(name, table): body for name, table, body in cursor.fetchall()}
    return sorted(key[0] for key, body in wanted.items() if found.get(key) != body)


@dataclass(frozen=True)
class Trigger:
    """How to make one, and the body by which the database shows that it is still the same."""

    name: str
    table: str
    body: str
    statements: tuple[str, ...]
    needs: frozenset[str]


def _all(connection: BaseDatabaseWrapper) -> list[Trigger]:
    is_sqlite = connection.vendor == "sqlite"
    once, fill = (_sqlite, _sqlite_fill) if is_sqlite else (_once, _fill)
    guards = [trigger for model in guarded() for trigger in once(model._meta.db_table)]
    lines = [(_sqlite_line if is_sqlite else _line)(*made) for made in stale_lines.each()]
    return guards + [fill(*_fed_from(model)) for model in fed()] + lines


def _fed_from(model: type[models.Model]) -> tuple[str, str, str]:
    key = model._meta.pk
    source: Any = key.related_model
    return model._meta.db_table, str(key.column), source._meta.db_table


def _drop(connection: BaseDatabaseWrapper, trigger: Trigger) -> str:
    on = "" if connection.vendor == "sqlite" else f' ON "{trigger.table}"'
    return f'DROP TRIGGER IF EXISTS "{trigger.name}"{on}'


def _common(connection: BaseDatabaseWrapper) -> list[str]:
    if connection.vendor == "sqlite":
        return []
    return [f"{_function(FUNCTION)} $${BODY}$$"]


def _function(name: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"


def _once(table: str) -> list[Trigger]:
    made = []
    for kind, event in POSTGRES_EVENTS.items():
        name, each = f"{table}_{kind}_once", "ROW" if kind == "rows" else "STATEMENT"
        statement = (
            f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}"'
            f" FOR EACH {each} EXECUTE FUNCTION {FUNCTION}()"
        )
        made.append(_postgres(name, table, BODY, (statement,), frozenset({table})))
    return made


def _fill(queue: str, column: str, source: str) -> Trigger:
    name, function = f"{queue}_filled", f"{queue}_fill"
    body = f"BEGIN {_put(queue, column)}; RETURN NULL; END;"
    statements = (
        f"{_function(function)} $${body}$$",
        f'CREATE TRIGGER "{name}" AFTER INSERT ON "{source}"'
        f" FOR EACH ROW EXECUTE FUNCTION {function}()",
    )
    return _postgres(name, source, body, statements, frozenset({queue, source}))


def _line(name: str, event: str, source: stale_lines.Source) -> Trigger:
    body, table = stale_lines.postgres(event, source), source.table
    statements = (
        f"{_function(name)} $${body}$$",
        f'CREATE TRIGGER "{name}" AFTER {event} ON "{table}"'
        f" FOR EACH ROW EXECUTE FUNCTION {name}()",
    )
    return _postgres(name, table, body, statements, frozenset({table, stale_lines.LINE}))


def _put(queue: str, column: str) -> str:
    return f'INSERT INTO "{queue}" ("{column}") VALUES (NEW.id)'  # noqa: S608  # our own tables


def _postgres(
    name: str, table: str, body: str, statements: tuple[str, ...], needs: frozenset[str]
) -> Trigger:
    """Also for a session that calls itself a replica."""
    always = f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{name}"'
    return Trigger(name, table, body, (*statements, always), needs)


def _sqlite(table: str) -> list[Trigger]:
    made = []
    for event in ("UPDATE", "DELETE"):
        name = f"{table}_{event.lower()}_once"
        text = (
            f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}"'
            f" BEGIN SELECT RAISE(ABORT, 'rows of {table} are written once'); END"
        )
        made.append(Trigger(name, table, text, (text,), frozenset({table})))
    return made


def _sqlite_fill(queue: str, column: str, source: str) -> Trigger:
    name = f"{queue}_filled"
    text = f'CREATE TRIGGER "{name}" AFTER INSERT ON "{source}" BEGIN {_put(queue, column)}; END'
    return Trigger(name, source, text, (text,), frozenset({queue, source}))


def _sqlite_line(name: str, event: str, source: stale_lines.Source) -> Trigger:
    body = stale_lines.sqlite(event, source)
    text = f'CREATE TRIGGER "{name}" AFTER {event} ON "{source.table}"{body}'
    return Trigger(name, source.table, text, (text,), frozenset({source.table, stale_lines.LINE}))


def after_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    install(connections[using])
