"""A ledger for tests, what an administrator does behind its back, and what verify_custody says."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from casework import triggers
from casework.ledger import format
from casework.models import AuditEntry
from evidence import chain, custody, sequencer
from evidence.ledger_check import chains
from evidence.models import CustodyEvent, Exhibit, PendingEntry, PendingLeaf

TABLES = {
    "e": "evidence_custodyevent",
    "l": "evidence_ledgerleaf",
    "n": "evidence_ledgernode",
    "h": "evidence_signedhead",
    "a": "casework_auditentry",
}


def sequence() -> None:
    """What happens on commit, without the search index that listens there too."""
    sequencer.run()
    sequencer.publish(Path(settings.HEADS_FILE))


@contextmanager
def past_the_triggers() -> Iterator[Any]:
    """As somebody with the database's own password would: and the triggers put back after it."""
    connection.check_constraints()  # PostgreSQL alters no table with checks outstanding
    triggers.remove(connection)
    with connection.cursor() as cursor:
        yield cursor
    connection.check_constraints()
    triggers.install(connection)


def result(**options: Any) -> dict[str, Any]:
    out, code = StringIO(), 0
    try:
        call_command("verify_custody", json=True, stdout=out, stderr=StringIO(), **options)
    except CommandError as error:
        code = error.returncode
    found: dict[str, Any] = json.loads(out.getvalue())
    assert code == (0 if found["ok"] else 1)
    return found


def broken(**options: Any) -> str:
    found = result(**options)
    assert not found["ok"]
    return str(found["break"]["part"])


def rechain(exhibit: Exhibit, count: int) -> None:
    """Rewrite a whole chain with digests that fit, as only the administrator could."""
    previous = ""
    for row in custody.chain(exhibit).events:
        event = CustodyEvent.objects.select_related("exhibit", "answers", "corrects").get(pk=row.pk)
        event.count, event.previous_digest = count, previous
        event.digest = previous = format.event_digest(chain.hashed(event)[0]).hex()
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE evidence_custodyevent SET count = %s, previous_digest = %s, digest = %s"
                " WHERE id = %s",
                [count, event.previous_digest, event.digest, event.pk],
            )
            leaf = sequencer.leaf_of(event.digest).hex()
            cursor.execute(
                "UPDATE evidence_ledgerleaf SET leaf_hash = %s WHERE event_id = %s",
                [leaf, event.pk],
            )


# What stands after a place of the tree, children first.
AFTER = (
    "UPDATE {e} SET answers_id = NULL"
    " WHERE id IN (SELECT event_id FROM {l} WHERE leaf_index >= %s)",
    "DELETE FROM {a} WHERE id IN (SELECT entry_id FROM {l} WHERE leaf_index >= %s)",
    "DELETE FROM {e} WHERE id IN (SELECT event_id FROM {l} WHERE leaf_index >= %s)",
    "DELETE FROM {l} WHERE leaf_index >= %s",
)


def put_back_the_database(size: int, *, heads_too: bool = True) -> None:
    """As it was when the tree had this size: what a restored copy looks like."""
    for queue in (PendingLeaf, PendingEntry):
        queue.objects.all().delete()
    with past_the_triggers() as cursor:
        for statement in AFTER:
            cursor.execute(statement.format(**TABLES), [size])
        if heads_too:
            cursor.execute("DELETE FROM evidence_signedhead WHERE tree_size > %s", [size])
    for exhibit in Exhibit.objects.all():
        holder, place = chains.held(exhibit.custody.order_by("sequence"))
        values = {"holder_id": holder, "storage_place": place}
        Exhibit.objects.filter(pk=exhibit.pk).update(**values)


def begin_the_tree_anew() -> None:
    """Leaves, nodes, heads and heads file made again from the rows, with the key that is there."""
    with past_the_triggers() as cursor:
        for statement in ("DELETE FROM {l}", "DELETE FROM {n}", "DELETE FROM {h}"):
            cursor.execute(statement.format(**TABLES))
    PendingLeaf.objects.bulk_create(PendingLeaf(event=row) for row in CustodyEvent.objects.all())
    PendingEntry.objects.bulk_create(PendingEntry(entry=row) for row in AuditEntry.objects.all())
    Path(settings.HEADS_FILE).unlink()
    sequence()
