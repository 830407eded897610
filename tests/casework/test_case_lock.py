"""Whoever writes the court record keeps nobody from an act of custody in the same case."""

from threading import Thread

import pytest
from django.db import connection, transaction

from casework import audit, stages
from casework.models import AuditEntry, Case, User
from tests.race import needs_postgresql


@pytest.mark.postgres
@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_an_audit_entry_of_a_case_waits_for_nobody_who_holds_it(
    case: Case, investigator: User
) -> None:
    """Custody locks an exhibit, then names its case; the court record locks the case, then names
    an exhibit. If both waited for the other, one act would be lost."""
    with transaction.atomic():
        stages.lock(case)
        other = Thread(target=_write, args=(case, investigator))
        other.start()
        other.join(timeout=60)
        assert not other.is_alive()
    assert AuditEntry.objects.filter(case=case, action="lock.tried").exists()


def _write(case: Case, actor: User) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '3s'")
        with transaction.atomic():
            audit.record("lock.tried", actor=actor, case=case, subject=case)
    finally:
        connection.close()
