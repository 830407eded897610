"""The database refuses to change what is written once, whoever asks it."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from casework import audit, triggers
from casework.errors import RuleBroken
from casework.models import AuditEntry, User


@pytest.fixture
def entry(investigator: User) -> AuditEntry:
    return audit.record("test.entry", actor=investigator)


def test_every_table_that_is_written_once_is_guarded(db: None) -> None:
    names = {model._meta.db_table for model in triggers.guarded()}
    assert {"evidence_custodyevent", "casework_auditentry", "casework_outcome"} <= names
    assert triggers.missing(connection) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE casework_auditentry SET actor_text = 'nobody'",
        "DELETE FROM casework_auditentry",
    ],
)
def test_the_database_refuses_update_and_delete(entry: AuditEntry, statement: str) -> None:
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        connection.cursor().execute(statement)
    assert AuditEntry.objects.filter(actor_text=entry.actor_text).exists()


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="DATABASE_URL is not PostgreSQL")
def test_postgresql_refuses_truncate(entry: AuditEntry) -> None:
    connection.check_constraints()
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        connection.cursor().execute("TRUNCATE casework_auditentry CASCADE")


def test_the_code_refuses_with_a_word_of_advice(entry: AuditEntry) -> None:
    with pytest.raises(RuleBroken):
        entry.save()
    with pytest.raises(RuleBroken):
        entry.delete()
    with pytest.raises(RuleBroken):
        AuditEntry.objects.update(actor_text="nobody")
    with pytest.raises(RuleBroken):
        AuditEntry.objects.filter(pk=entry.pk).delete()


def test_a_known_key_is_never_an_update(entry: AuditEntry) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEntry(pk=entry.pk, actor_text="nobody", action="x").save()


def test_a_missing_trigger_is_noticed(db: None) -> None:
    name = f"evidence_custodyevent_{'update' if connection.vendor == 'sqlite' else 'rows'}_once"
    on = "" if connection.vendor == "sqlite" else ' ON "evidence_custodyevent"'
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{name}"{on}')
    assert triggers.missing(connection) == [name]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite rebuilds tables")
@pytest.mark.django_db(transaction=True)
def test_migrate_makes_the_triggers_of_a_rebuilt_table_again() -> None:
    old = AuditEntry._meta.get_field("actor_text")
    wider = models.CharField(max_length=301)
    wider.set_attributes_from_name("actor_text")
    with connection.schema_editor() as editor:
        editor.alter_field(AuditEntry, old, wider)
    assert len(triggers.missing(connection)) == 3
    call_command("migrate", verbosity=0, run_syncdb=True)
    assert triggers.missing(connection) == []


def test_the_triggers_of_a_real_database_cannot_be_lifted(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict, "NAME", "casework")
    with pytest.raises(RuntimeError):
        triggers.remove(connection)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_flushed_database_has_its_triggers_again(turn: int) -> None:
    assert triggers.missing(connection) == []
