"""Statements that are made once: on PostgreSQL the server keeps them with the connection too."""

from datetime import datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

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


@pytest.mark.skipif(connection.vendor != "postgresql", reason="nobody pools files")
def test_nothing_is_kept_with_a_connection_that_a_pooler_shares(
    investigator: User,
) -> None:
    audit.record("tusk.counted", actor=investigator)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        (before,) = cursor.fetchone()
        connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"] = True
        try:
            query = Query(lambda pk: User.objects.filter(pk=pk).values_list("username"), pk=int)
            assert query.rows(pk=investigator.pk) == [(investigator.username,)]
        finally:
            connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"] = False
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        assert cursor.fetchone() == (before,)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only a server forgets")
def test_what_the_server_forgot_is_told_to_it_again(investigator: User) -> None:
    audit.record("tusk.counted", actor=investigator)
    _actions.rows(actor=investigator.pk)
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    with pytest.raises(DatabaseError), transaction.atomic():
        _actions.rows(actor=investigator.pk)
    assert _actions.rows(actor=investigator.pk)[-1] == ("tusk.counted",)


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


def test_two_queries_that_are_new_to_the_server_have_each_its_own_rows(
    investigator: User,
) -> None:
    audit.record("tusk.counted", actor=investigator)
    people = Query(lambda pk: User.objects.filter(pk=pk).values_list("username"), pk=int)
    acts = Query(lambda pk: AuditEntry.objects.filter(actor=pk).values_list("action"), pk=int)
    pk: dict[str, int | datetime] = {"pk": investigator.pk}
    with transaction.atomic():
        assert [rows[0] for rows in answers((people, pk), (acts, pk), (people, pk))] == [
            (investigator.username,), ("tusk.counted",), (investigator.username,),
        ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_closed_is_opened_again(investigator: User) -> None:
    audit.record("tusk.counted", actor=investigator)
    if connection.vendor == "postgresql":
        _end_the_server_side()
        with pytest.raises(DatabaseError):
            _actions.rows(actor=investigator.pk)
        connection.close_if_unusable_or_obsolete()
    assert _actions.rows(actor=investigator.pk)[-1] == ("tusk.counted",)


def _end_the_server_side() -> None:
    """As a restart of the server does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    other.close()


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
