"""What an administrator with the whole database does is found, and the first break is named.

Each test does it with plain SQL, past the code and the triggers.
"""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import Settings

from casework import audit, clock
from casework.ledger import signing
from casework.models import AuditEntry, User
from evidence import custody, files, sequencer
from evidence.models import CustodyEvent, Exhibit, LedgerLeaf, PendingEntry, SignedHead
from tests.evidence.broken_ledgers import (
    TABLES,
    begin_the_tree_anew,
    broken,
    past_the_triggers,
    put_back_the_database,
    rechain,
    result,
    sequence,
)
from tests.evidence.pictures import jpeg, upload


def change(statement: str, *values: Any, to: str = "") -> None:
    with past_the_triggers() as cursor:
        cursor.execute(statement.format(**TABLES, to=to), list(values))


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        ("UPDATE {e} SET count = 40 WHERE sequence = 1", "/E1, event 1, digest"),
        ("UPDATE {e} SET note = 'Weighed' WHERE sequence = 2", "/E1, event 2, digest"),
        ("UPDATE {e} SET to_name = 'Somebody' WHERE sequence = 4", "/E1, event 4, digest"),
        ("UPDATE {e} SET digest = replace(digest, 'a', 'b') WHERE sequence = 4", "event 4, digest"),
        ("UPDATE {e} SET label = 'X' WHERE sequence = 4", "/E1, event 4, digest"),
        ("UPDATE {e} SET salt = 'zz' WHERE sequence = 4", "/E1, "),
        ("UPDATE {e} SET format_version = 2 WHERE sequence = 4", "/E1, event 4, format"),
        ("UPDATE {l} SET leaf_hash = '" + "0" * 64 + "' WHERE leaf_index = 0", "event 1, leaf"),
        ("UPDATE {l} SET leaf_hash = '" + "0" * 64 + "' WHERE leaf_index = 7", "audit entry"),
        ("UPDATE {l} SET leaf_index = 99 WHERE leaf_index = 7", "leaf index"),
        ("UPDATE {h} SET root_hash = '" + "0" * 64 + "'", "row"),
        ("UPDATE {h} SET note = replace(note, 'a', 'b') WHERE id = (SELECT max(id) FROM {h})", ""),
        ("DELETE FROM {h}", "newest head"),
        ("DELETE FROM {h} WHERE id = (SELECT max(id) FROM {h})", "newest head"),
    ],
)
def test_a_changed_row_is_named(ledger: list[Exhibit], statement: str, part: str) -> None:
    change(statement)
    assert part in broken()


@pytest.mark.parametrize(
    "values", ["previous_digest = 'zz'", "related = '[\"x\"]'", "salt = ''", "file_digests = '5'"]
)
def test_columns_that_no_event_can_have_are_a_break_and_no_crash(
    ledger: list[Exhibit], values: str
) -> None:
    change("UPDATE {e} SET {to} WHERE sequence = 2", to=values)
    shown = custody.chain(ledger[0])
    assert shown.break_ is not None
    assert "event 2" in shown.break_.part
    assert "event 2" in broken()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite keeps such a text")
@pytest.mark.parametrize(
    ("statement", "part"),
    [
        ("UPDATE {e} SET note = CAST(x'ff' AS TEXT) WHERE sequence = 3", "/E1, events"),
        ("UPDATE {e} SET to_agency = CAST(x'ff' AS TEXT) WHERE sequence = 3", "/E1, events"),
        ("UPDATE {e} SET recorder_number = x'31' WHERE sequence = 3", "/E1, event 3"),
        ("UPDATE {e} SET authority = x'31' WHERE sequence = 3", "/E1, events"),
    ],
)
def test_a_text_that_is_none_is_a_break_and_no_crash(
    ledger: list[Exhibit], statement: str, part: str
) -> None:
    change(statement)
    assert broken().endswith(part)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite keeps such a text")
def test_a_text_of_the_audit_trail_that_is_none_is_a_break_too(ledger: list[Exhibit]) -> None:
    entry = AuditEntry.objects.order_by("pk")[2]
    change("UPDATE {a} SET actor_text = CAST(x'ff' AS TEXT) WHERE id = %s", entry.pk)
    assert broken() == f"audit entry {entry.pk}"


def test_an_event_taken_from_the_middle_is_named(ledger: list[Exhibit]) -> None:
    gone = ledger[0].custody.get(sequence=2)
    place = gone.leaf.leaf_index
    change("DELETE FROM {l} WHERE event_id = %s", gone.pk)
    change("DELETE FROM {e} WHERE id = %s", gone.pk)
    assert broken() == "leaf index"
    last = LedgerLeaf.objects.latest("leaf_index")
    change("UPDATE {l} SET leaf_index = %s WHERE id = %s", place, last.pk)  # to close the gap
    assert broken() == f"{ledger[0]}, event 2, sequence"


def test_an_event_that_is_neither_in_the_tree_nor_pending_is_named(
    ledger: list[Exhibit], custodian: User
) -> None:
    waiting = custody.examine(ledger[1], actor=custodian)
    change("DELETE FROM evidence_pendingleaf WHERE event_id = %s", waiting.pk)
    assert broken() == f"{ledger[1]}, event {waiting.sequence}"


def test_events_in_another_order_are_named(ledger: list[Exhibit]) -> None:
    change("UPDATE {e} SET sequence = 9 WHERE sequence = 2 AND exhibit_id = %s", ledger[0].pk)
    change("UPDATE {e} SET sequence = 2 WHERE sequence = 3 AND exhibit_id = %s", ledger[0].pk)
    change("UPDATE {e} SET sequence = 3 WHERE sequence = 9 AND exhibit_id = %s", ledger[0].pk)
    assert broken().startswith(f"{ledger[0]}, event 2, ")


def test_leaves_in_another_order_are_named(ledger: list[Exhibit]) -> None:
    change("UPDATE {l} SET leaf_index = -1 WHERE leaf_index = 0")
    change("UPDATE {l} SET leaf_index = 0 WHERE leaf_index = 1")
    change("UPDATE {l} SET leaf_index = 1 WHERE leaf_index = -1")
    assert broken().endswith(", root")


def test_a_truncated_chain_is_found_by_the_heads(ledger: list[Exhibit]) -> None:
    last = ledger[1].custody.order_by("sequence").last()
    after = last.leaf.leaf_index if last else 0
    put_back_the_database(after, heads_too=False)
    assert broken().startswith("head of ")


def test_a_truncated_chain_with_its_heads_is_found_by_the_heads_file(ledger: list[Exhibit]) -> None:
    sizes = list(SignedHead.objects.order_by("tree_size").values_list("tree_size", flat=True))
    put_back_the_database(sizes[-2])
    found = result()["break"]
    assert found["part"] == f"heads.txt, head of {sizes[-1]}, records"
    assert "some were removed, or an old copy was restored" in found["found"]


def test_a_chain_written_anew_is_found_by_the_heads(ledger: list[Exhibit]) -> None:
    with past_the_triggers():
        rechain(ledger[0], 40)
    assert custody.chain(ledger[0]).break_ is None
    first = SignedHead.objects.order_by("tree_size")[0]
    assert broken() == f"head of {first.tree_size}, root"


def test_a_ledger_signed_anew_with_the_stolen_key_is_found_by_a_witness(
    ledger: list[Exhibit], witness_file: Path
) -> None:
    first = SignedHead.objects.order_by("tree_size")[0].tree_size
    with past_the_triggers():
        rechain(ledger[0], 40)
    begin_the_tree_anew()
    assert result()["ok"]
    assert broken(heads=witness_file) == f"witness.txt, head of {first}, root"


def test_a_ledger_signed_anew_with_another_key_is_found_by_a_witness(
    ledger: list[Exhibit], witness_file: Path, key_file: Path
) -> None:
    first = SignedHead.objects.order_by("tree_size")[0].tree_size
    with past_the_triggers():
        rechain(ledger[0], 40)
    key_file.unlink()
    call_command("create_signing_key", stdout=StringIO())
    begin_the_tree_anew()
    assert result()["ok"]
    assert broken(heads=witness_file) == f"witness.txt, head of {first}, root"


def test_an_exhibit_whose_chain_is_gone_is_named(ledger: list[Exhibit]) -> None:
    with past_the_triggers() as cursor:
        cursor.execute("DELETE FROM evidence_ledgerleaf")
        cursor.execute("UPDATE evidence_custodyevent SET answers_id = NULL")
        cursor.execute("DELETE FROM evidence_custodyevent")
    assert broken().endswith("/E1, events")


def test_missing_triggers_are_named(ledger: list[Exhibit]) -> None:
    with past_the_triggers():
        assert broken() == "triggers"
    assert result()["ok"]


def test_what_was_changed_behind_missing_triggers_is_named_too(ledger: list[Exhibit]) -> None:
    with past_the_triggers() as cursor:
        cursor.execute("UPDATE evidence_custodyevent SET count = 40 WHERE sequence = 2")
        found = result()["break"]
    assert found["part"] == f"{ledger[0]}, event 2, digest"
    assert "triggers are missing, too: " in found["found"]
    assert "evidence_custodyevent_" in found["found"].partition("too: ")[2]


def test_disabled_triggers_are_named(ledger: list[Exhibit]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            connection.check_constraints()
            cursor.execute("ALTER TABLE evidence_custodyevent DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER evidence_custodyevent_update_once")
    assert "evidence_custodyevent" in result()["break"]["found"]


def test_a_swapped_file_is_named(ledger: list[Exhibit], investigator: User) -> None:
    photo = upload(jpeg())
    kept = files.attach(
        ledger[0].case, upload=photo, kind="photograph", exhibit=ledger[0], actor=investigator
    )
    path = files.path_of(kept.file.digest)
    path.chmod(0o640)
    path.write_bytes(jpeg(width=20))
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_files", stdout=out)
    assert f"altered: {kept.file.digest}" in out.getvalue()
    assert str(ledger[0]) in out.getvalue()


def test_an_old_copy_of_the_database_is_told_by_the_heads_file(ledger: list[Exhibit]) -> None:
    sizes = list(SignedHead.objects.order_by("tree_size").values_list("tree_size", flat=True))
    put_back_the_database(sizes[0])
    found = result()["break"]
    assert found["part"] == f"heads.txt, head of {sizes[1]}, records"
    assert found["found"].startswith(f"{sizes[0]} records: ")


def test_old_copies_of_database_and_heads_are_told_by_a_witness(
    ledger: list[Exhibit], witness_file: Path, settings: Settings
) -> None:
    sizes = list(SignedHead.objects.order_by("tree_size").values_list("tree_size", flat=True))
    notes = list(signing.split_notes(witness_file.read_text()))
    put_back_the_database(sizes[0])
    Path(settings.HEADS_FILE).write_text(notes[0])
    assert result()["ok"]
    found = result(heads=witness_file)["break"]
    assert found["part"] == f"witness.txt, head of {sizes[1]}, records"
    assert "an old copy was restored" in found["found"]


def test_a_clock_turned_back_is_flagged_and_no_break(
    ledger: list[Exhibit], make: Callable[[], Exhibit], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = clock.now
    assert result()["warnings"] == []
    with monkeypatch.context() as patched:
        patched.setattr(clock, "now", lambda: real() - timedelta(days=400))
        make()
        sequence()
    found = result()
    assert found["ok"]
    told = " ".join(found["warnings"])
    assert "the clock went back" in told
    assert "before the one that it continues" in told


def test_an_event_of_the_future_is_flagged(
    ledger: list[Exhibit], custodian: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = clock.now
    with monkeypatch.context() as patched:
        patched.setattr(clock, "now", lambda: real() + timedelta(days=2))
        custody.examine(ledger[0], actor=custodian)
        sequence()
    assert f"{ledger[0]}, event 5, was recorded" in result()["warnings"][0]
    out = StringIO()
    call_command("verify_custody", stdout=out)
    assert "FLAGGED: " in out.getvalue()


@pytest.mark.parametrize(
    "values",
    [
        "action = 'custody.nothing'",
        "actor_text = 'Somebody'",
        "actor_id = (SELECT max(id) FROM casework_user)",
        "at = '2026-01-01 00:00:00+00:00'",
        "case_id = NULL",
        "subject_id = '99'",
        "subject_text = 'E9'",
        "detail = '{}'",
        "salt = ''",
    ],
)
def test_an_edited_audit_entry_is_named(ledger: list[Exhibit], values: str) -> None:
    entry = AuditEntry.objects.get(action="custody.examined", subject_text=str(ledger[0]))
    change("UPDATE {a} SET {to} WHERE id = %s", entry.pk, to=values)
    assert broken() == f"audit entry {entry.pk}"


def test_a_removed_audit_entry_is_named(ledger: list[Exhibit]) -> None:
    entry = AuditEntry.objects.get(action="custody.examined", subject_text=str(ledger[0]))
    change("DELETE FROM {l} WHERE entry_id = %s", entry.pk)
    change("DELETE FROM {a} WHERE id = %s", entry.pk)
    assert broken() == "leaf index"


def test_an_audit_entry_outside_the_tree_is_named(
    ledger: list[Exhibit], investigator: User
) -> None:
    entry = audit.record("exhibit.read", actor=investigator)
    assert result()["ok"]
    PendingEntry.objects.all().delete()
    assert broken() == f"audit entry {entry.pk}"


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ("to_user_id = recorder_id", "event 3, account of to"),
        ("from_user_id = to_user_id", "event 3, account of from"),
        ("recorder_id = to_user_id", "event 3, account of recorder"),
        ("to_user_id = NULL", "event 3, account of to"),
    ],
)
def test_an_account_that_contradicts_its_name_is_found(
    ledger: list[Exhibit], values: str, part: str
) -> None:
    offer = ledger[0].custody.get(kind="offered").pk
    change("UPDATE {e} SET {to} WHERE id = %s", offer, to=values)
    assert broken() == f"{ledger[0]}, {part}"
    assert broken(exhibit=str(ledger[0])) == f"{ledger[0]}, {part}"


def test_a_person_who_is_renamed_is_no_contradiction(
    ledger: list[Exhibit], custodian: User
) -> None:
    custodian.name, custodian.service_number = "Joseph Kilonzi Mutua", "SN-new"
    custodian.save()
    assert result()["ok"]


def test_an_answer_to_an_offer_of_another_chain_is_named(ledger: list[Exhibit]) -> None:
    mine, other = (one.custody.get(kind="offered") for one in ledger)
    change("UPDATE {e} SET answers_id = NULL WHERE answers_id = %s", other.pk)
    change("UPDATE {e} SET answers_id = %s WHERE answers_id = %s", other.pk, mine.pk)
    assert broken() == f"{ledger[0]}, event 4, answers"


@pytest.mark.parametrize(
    ("values", "part"), [("holder_id = NULL", "holder"), ("storage_place = 'Home'", "place")]
)
def test_an_exhibit_that_contradicts_its_chain_is_named(
    ledger: list[Exhibit], values: str, part: str
) -> None:
    change("UPDATE evidence_exhibit SET {to}", to=values)
    assert broken() == f"{ledger[0]}, {part}"
    assert broken(exhibit=str(ledger[1])) == f"{ledger[1]}, {part}"


def test_a_stored_node_that_is_not_of_the_tree_is_named(
    ledger: list[Exhibit], investigator: User
) -> None:
    for _ in range(300 - LedgerLeaf.objects.count()):
        audit.record("exhibit.read", actor=investigator)
    sequence()
    assert result()["ok"]
    change("UPDATE evidence_ledgernode SET hash = '" + "0" * 64 + "'")
    assert broken() == "node 8/0"
    change("DELETE FROM evidence_ledgernode")
    assert "1 stored nodes of the tree are missing" in result()["warnings"][0]


def test_one_exhibit_is_proved_without_reading_the_tree(
    ledger: list[Exhibit],
    investigator: User,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    for _ in range(300):
        audit.record("exhibit.read", actor=investigator)
    sequence()
    with django_assert_max_num_queries(25):
        assert result(exhibit=str(ledger[0]))["ok"]
    change("UPDATE {l} SET leaf_hash = '" + "0" * 64 + "' WHERE leaf_index = 3")
    assert "proof" in broken(exhibit=str(ledger[0])) or "leaf" in broken(exhibit=str(ledger[0]))


def test_a_truncated_heads_file_of_a_witness_is_said(ledger: list[Exhibit], tmp_path: Path) -> None:
    (tmp_path / "torn.txt").write_bytes(b"\xff\xfe")
    assert broken(heads=tmp_path / "torn.txt") == "heads file"
    assert broken(heads=tmp_path / "none.txt") == "heads file"


def test_no_event_was_lost_on_the_way(ledger: list[Exhibit]) -> None:
    assert result()["events"] == CustodyEvent.objects.count()
    assert sequencer.run() == SignedHead.objects.latest()
