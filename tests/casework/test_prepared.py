"""Statements that are made once: on PostgreSQL the server keeps them with the connection too."""

import pytest
from django.db import IntegrityError, connection, transaction

from casework import audit
from casework.models import AuditEntry, User
from casework.prepared import Query, answers, together

_actions = Query(
    lambda actor: AuditEntry.objects.filter(actor=actor).order_by("pk").values_list("action"),
    actor=int,
)


def test_a_query_is_asked_with_new_values_each_time(investigator: User, custodian: User) -> None:
    audit.record("tusk.counted", actor=investigator)
    audit.record("tusk.weighed", actor=custodian)
    assert _actions.rows(actor=investigator.pk)[-1] == ("tusk.counted",)
    assert _actions.rows(actor=custodian.pk)[-1] == ("tusk.weighed",)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's driver does this itself")
def test_the_server_keeps_the_plan(investigator: User) -> None:
    audit.record("tusk.counted", actor=investigator)
    _actions.rows(actor=investigator.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        kept = " ".join(text for (text,) in cursor.fetchall())
    assert 'INSERT INTO "casework_auditentry"' in kept
    assert 'SELECT "casework_auditentry"."action"' in kept


def test_it_works_again_after_a_transaction_was_given_up(investigator: User) -> None:
    audit.record("tusk.counted", actor=investigator)
    with transaction.atomic():
        audit.record("tusk.lost", actor=investigator)
        transaction.set_rollback(True)
    audit.record("tusk.weighed", actor=investigator)
    assert _actions.rows(actor=investigator.pk)[-2:] == [("tusk.counted",), ("tusk.weighed",)]


def test_several_queries_have_each_its_own_rows(investigator: User, custodian: User) -> None:
    audit.record("tusk.counted", actor=investigator)
    audit.record("tusk.weighed", actor=custodian)
    ours, theirs = answers(
        (_actions, {"actor": investigator.pk}), (_actions, {"actor": custodian.pk})
    )
    assert (ours[-1], theirs[-1]) == (("tusk.counted",), ("tusk.weighed",))


def test_rows_that_are_written_together_know_their_keys(investigator: User) -> None:
    with transaction.atomic(), together():
        made = [audit.record(f"tusk.{n}", actor=investigator) for n in range(3)]
    assert [AuditEntry.objects.get(pk=row.pk).action for row in made] == [
        *("tusk.0", "tusk.1", "tusk.2")
    ]
    assert not any(row._state.adding for row in made)


def test_of_rows_that_are_written_together_all_or_none_are_kept(investigator: User) -> None:
    rows = [AuditEntry(actor_text=text, action="tusk.lost") for text in ("A", "B", "C")]
    rows[1].__dict__["actor_text"] = None
    with pytest.raises(IntegrityError):
        _write_together(rows)
    assert not AuditEntry.objects.filter(action__startswith="tusk").exists()
    audit.record("tusk.found", actor=investigator)
    assert _actions.rows(actor=investigator.pk)[-1] == ("tusk.found",)


@transaction.atomic
def _write_together(rows: list[AuditEntry]) -> None:
    with together():
        for row in rows:
            row.save()
