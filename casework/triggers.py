"""Triggers by which the database itself refuses to change rows that are written once.

Every concrete AppendOnlyModel has them. SQLite loses them when a table is rebuilt, so they are
made again after every migrate, and `missing` is asked by verify_custody and by a test.
"""

from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from casework.models.append_only import AppendOnlyModel

FUNCTION = "casework_append_only"
# The function's whole body: a weaker one of the same name counts as missing.
BODY = "BEGIN RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME; END;"
POSTGRES_EVENTS = {"rows": "UPDATE OR DELETE", "truncate": "TRUNCATE"}


def guarded() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if issubclass(model, AppendOnlyModel)]


def install(connection: BaseDatabaseWrapper) -> None:
    """Make every trigger whose table exists; doing it twice changes nothing."""
    tables = set(connection.introspection.table_names())
    present = [model._meta.db_table for model in guarded() if model._meta.db_table in tables]
    with connection.cursor() as cursor:
        for statement in _statements(connection, present):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Only for a test database that is about to be emptied."""
    if not str(connection.settings_dict["NAME"]).startswith(("test_", "file:memory")):
        raise RuntimeError("the triggers of a real database stay")
    with connection.cursor() as cursor:
        for model in guarded():
            table = model._meta.db_table
            for name in _names(connection, table):
                on = "" if connection.vendor == "sqlite" else f' ON "{table}"'
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}')


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that are absent, weakened or switched off."""
    tables = [model._meta.db_table for model in guarded()]
    if connection.vendor == "sqlite":
        return _missing_in_sqlite(connection, tables)
    wanted = {name for table in tables for name in _names(connection, table)}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE t.tgenabled = 'A' AND p.proname = %s AND p.prosrc = %s",
            [FUNCTION, BODY],
        )
        return sorted(wanted - {name for (name,) in cursor.fetchall()})


def _missing_in_sqlite(connection: BaseDatabaseWrapper, tables: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = dict(cursor.fetchall())
    wanted = {name: text for table in tables for name, text in _sqlite(table).items()}
    return sorted(name for name, text in wanted.items() if found.get(name) != text)


def _statements(connection: BaseDatabaseWrapper, tables: list[str]) -> list[str]:
    if connection.vendor == "sqlite":
        texts = [item for table in tables for item in _sqlite(table).items()]
        return [part for name, text in texts for part in (f'DROP TRIGGER IF EXISTS "{name}"', text)]
    function = f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS"
    made = [f"{function} $${BODY}$$"]
    for table in tables:
        for kind, event in POSTGRES_EVENTS.items():
            name, each = f"{table}_{kind}_once", "ROW" if kind == "rows" else "STATEMENT"
            made += [
                f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"',
                f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}"'
                f" FOR EACH {each} EXECUTE FUNCTION {FUNCTION}()",
                # also for a session that calls itself a replica
                f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{name}"',
            ]
    return made


def _names(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    if connection.vendor == "sqlite":
        return list(_sqlite(table))
    return [f"{table}_{kind}_once" for kind in POSTGRES_EVENTS]


def _sqlite(table: str) -> dict[str, str]:
    return {
        f"{table}_{event.lower()}_once": (
            f'CREATE TRIGGER "{table}_{event.lower()}_once" BEFORE {event} ON "{table}"'
            f" BEGIN SELECT RAISE(ABORT, 'rows of {table} are written once'); END"
        )
        for event in ("UPDATE", "DELETE")
    }


def after_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    install(connections[using])
