"""Sequencer, heads, and verify_custody: what somebody does to the rows behind our back is found."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from casework import audit, triggers
from casework.ledger import checkpoint, format, signing
from casework.models import AuditEntry, Case, Code, User
from evidence import chain, custody, exhibits, older_rows, sequencer
from evidence.dossier import bundle
from evidence.exhibits import Thing
from evidence.ledger_check import whole
from evidence.models import (
    CustodyEvent,
    Exhibit,
    LedgerLeaf,
    PendingEntry,
    PendingLeaf,
    SignedHead,
)
from evidence.verifier.check import verify

Commit = Any  # django_capture_on_commit_callbacks


@pytest.fixture
def key_file(settings: Settings, tmp_path: Path) -> Path:
    path = tmp_path / "signing.pem"
    settings.SIGNING_KEY_FILE, settings.LEDGER_ORIGIN = str(path), "casework.example/test"
    call_command("create_signing_key", stdout=StringIO())
    return path


@pytest.fixture
def make(case: Case, investigator: User) -> Callable[[], Exhibit]:
    kind = Code.objects.filter(kind="exhibit_kind").first()
    assert kind
    thing = Thing(kind=kind, description="Tusks", count=41, seal_number="KWS 000318")
    return lambda: exhibits.register(case, thing, actor=investigator)


@pytest.fixture
def ledger(
    key_file: Path,
    make: Callable[[], Exhibit],
    investigator: User,
    custodian: User,
) -> list[Exhibit]:
    """Two exhibits with eight events, all sequenced with what the audit says, under some heads."""
    made = [make(), make()]
    sequence()
    for exhibit in made:
        custody.examine(exhibit, actor=investigator, note="Counted", place="Quay 11")
        offer = custody.offer(exhibit, to=custodian, actor=investigator)
        sequence()
        custody.acknowledge(offer, actor=custodian, seal_number="KWS 000318")
        sequence()
    return made


def sequence() -> None:
    """What happens on commit, without the search index that listens there too."""
    sequencer.run()
    sequencer.publish(Path(settings.HEADS_FILE))


def test_an_act_is_sequenced_on_commit(
    key_file: Path, make: Callable[[], Exhibit], django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        exhibit = make()
    assert custody.chain(exhibit).is_verified
    notes = SignedHead.objects.order_by("tree_size").values_list("note", flat=True)
    assert Path(settings.HEADS_FILE).read_text() == "".join(notes)


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


def test_every_event_has_its_leaf_under_a_signed_head(ledger: list[Exhibit]) -> None:
    count = 8 + AuditEntry.objects.count()
    assert list(LedgerLeaf.objects.values_list("leaf_index", flat=True)) == list(range(count))
    assert LedgerLeaf.objects.filter(kind="custody-event").count() == 8
    assert not PendingLeaf.objects.exists()
    assert not PendingEntry.objects.exists()
    head = SignedHead.objects.latest()
    signed = checkpoint.open_checkpoint(head.note, sequencer.signer().key)
    assert (signed.size, signed.root.hex()) == (count, head.root_hash)
    assert custody.chain(ledger[0]).is_verified


def test_heads_are_kept_outside_the_database(ledger: list[Exhibit], settings: Settings) -> None:
    notes = list(signing.split_notes(Path(settings.HEADS_FILE).read_text()))
    assert notes == list(SignedHead.objects.values_list("note", flat=True))


def test_a_whole_ledger_is_verified(ledger: list[Exhibit]) -> None:
    found = result()
    assert found["ok"]
    assert (found["events"], found["pending"]) == (8, 0)
    assert found["tree_size"] == 8 + AuditEntry.objects.count()
    assert result(exhibit=str(ledger[0]))["events"] == 4
    out = StringIO()
    call_command("verify_custody", stdout=out)
    assert "every chain is whole" in out.getvalue()


def test_without_a_key_events_stay_pending_and_nothing_stops(
    make: Callable[[], Exhibit], settings: Settings, django_capture_on_commit_callbacks: Commit
) -> None:
    settings.SIGNING_KEY_FILE = ""
    with django_capture_on_commit_callbacks(execute=True):
        shown = custody.chain(make())
    assert (shown.pending, shown.is_verified, shown.break_) == (1, False, None)
    found = result()
    assert (found["ok"], found["pending"], found["is_signer_checked"]) == (True, 1, False)
    assert "evidence.W001" in [message.id for message in run_checks(tags=["casework"])]
    with pytest.raises(sequencer.NoSigningKey):
        custody.extract([])


def test_a_key_that_is_none_is_an_error(settings: Settings, tmp_path: Path) -> None:
    settings.SIGNING_KEY_FILE = str(tmp_path / "key.pem")
    Path(settings.SIGNING_KEY_FILE).write_text("nothing")
    assert "evidence.E001" in [message.id for message in run_checks(tags=["casework"])]


def test_a_key_is_never_replaced(key_file: Path) -> None:
    before = key_file.read_bytes()
    with pytest.raises(CommandError, match="never replaced"):
        call_command("create_signing_key")
    assert key_file.read_bytes() == before
    assert key_file.with_suffix(".vkey").read_text().startswith("casework.example/test+")


TABLES = {
    "e": "evidence_custodyevent",
    "l": "evidence_ledgerleaf",
    "h": "evidence_signedhead",
    "a": "casework_auditentry",
}


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        ("UPDATE {e} SET count = 40 WHERE sequence = 1", "/E1, event 1, digest"),
        ("UPDATE {e} SET note = 'Weighed' WHERE sequence = 2", "/E1, event 2, digest"),
        ("UPDATE {e} SET to_name = 'Somebody' WHERE sequence = 4", "/E1, event 4, digest"),
        ("UPDATE {e} SET digest = replace(digest, 'a', 'b') WHERE sequence = 4", "event 4, digest"),
        ("UPDATE {e} SET sequence = sequence + 10 WHERE sequence > 2", "/E1, event 3, sequence"),
        ("UPDATE {e} SET label = 'X' WHERE sequence = 4", "/E1, event 4, digest"),
        ("UPDATE {e} SET salt = 'zz' WHERE sequence = 4", "/E1, "),
        ("UPDATE {l} SET leaf_hash = '" + "0" * 64 + "' WHERE leaf_index = 0", "/E1, event 1, leaf"),
        ("UPDATE {l} SET leaf_hash = '" + "0" * 64 + "' WHERE leaf_index = 7", "audit entry"),
        ("UPDATE {l} SET leaf_index = 99 WHERE leaf_index = 7", "leaf index"),
        ("UPDATE {h} SET root_hash = '" + "0" * 64 + "'", "row"),
        ("UPDATE {h} SET note = replace(note, 'a', 'b') WHERE id = (SELECT max(id) FROM {h})", ""),
        ("DELETE FROM {h}", "newest head"),
        ("DELETE FROM {h} WHERE id = (SELECT max(id) FROM {h})", "newest head"),
        ("UPDATE evidence_exhibit SET holder_id = NULL", "/E1, holder"),
    ],
)
def test_a_changed_row_is_named(ledger: list[Exhibit], statement: str, part: str) -> None:
    with past_the_triggers() as cursor:
        cursor.execute(statement.format(**TABLES))
    assert part in broken()


def test_removed_last_events_are_found(ledger: list[Exhibit], settings: Settings) -> None:
    last = ledger[1].custody.order_by("sequence").last()
    assert last
    after = [last.leaf.leaf_index]
    with past_the_triggers() as cursor:
        cursor.execute(
            "DELETE FROM casework_auditentry WHERE id IN"
            " (SELECT entry_id FROM evidence_ledgerleaf WHERE leaf_index > %s)",
            after,
        )
        cursor.execute("DELETE FROM evidence_ledgerleaf WHERE leaf_index >= %s", after)
        cursor.execute("DELETE FROM evidence_custodyevent WHERE id = %s", [last.pk])
        holder = ledger[1].custody.get(sequence=1).to_user_id
        cursor.execute(
            "UPDATE evidence_exhibit SET holder_id = %s WHERE id = %s", [holder, ledger[1].pk]
        )
    assert broken().startswith("head of ")
    with past_the_triggers() as cursor:  # and the head that knew them
        cursor.execute("DELETE FROM evidence_signedhead WHERE tree_size > %s", after)
    assert broken().startswith("heads.txt, head of ")


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


def test_a_chain_written_anew_is_found_by_the_heads(
    ledger: list[Exhibit], settings: Settings
) -> None:
    with past_the_triggers():
        rechain(ledger[0], 40)
    assert custody.chain(ledger[0]).break_ is None
    first = SignedHead.objects.order_by("tree_size").first()
    assert first
    assert broken() == f"head of {first.tree_size}, root"


def test_also_with_new_heads_a_witness_finds_it(
    ledger: list[Exhibit], settings: Settings, tmp_path: Path
) -> None:
    kept = tmp_path / "witness.txt"
    kept.write_bytes(Path(settings.HEADS_FILE).read_bytes())
    first = SignedHead.objects.order_by("tree_size")[0].tree_size
    with past_the_triggers() as cursor:
        rechain(ledger[0], 40)
        cursor.execute("DELETE FROM evidence_signedhead")
        cursor.execute("DELETE FROM evidence_ledgerleaf")
    PendingLeaf.objects.bulk_create(
        PendingLeaf(event=event) for event in CustodyEvent.objects.all()
    )
    PendingEntry.objects.bulk_create(
        PendingEntry(entry=entry) for entry in AuditEntry.objects.all()
    )
    Path(settings.HEADS_FILE).unlink()
    head = sequencer.run()
    assert head
    sequencer.publish(Path(settings.HEADS_FILE))
    assert result()["ok"]
    assert broken(heads=kept) == f"witness.txt, head of {first}, root"


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


def test_a_missing_heads_file_is_a_break(ledger: list[Exhibit], settings: Settings) -> None:
    Path(settings.HEADS_FILE).unlink()
    assert broken() == "heads file"


def test_an_old_copy_of_the_database_signs_nothing(
    ledger: list[Exhibit], settings: Settings, investigator: User, custodian: User
) -> None:
    ours = sequencer.signer()
    with Path(settings.HEADS_FILE).open("a") as file:
        file.write(ours.sign(str(checkpoint.Head(ours.name, 99, bytes(32)))))
    custody.examine(ledger[0], actor=custodian)
    with pytest.raises(sequencer.LedgerForked):
        sequencer.run()
    assert custody.chain(ledger[0]).pending == 1


def test_an_exhibit_that_is_not_there_is_said(db: None) -> None:
    with pytest.raises(CommandError, match="CASE/LABEL"):
        call_command("verify_custody", exhibit="KE-X/E1")


@pytest.mark.parametrize(
    "change", ["previous_digest = 'zz'", "related = '[\"x\"]'", "salt = ''", "file_digests = '5'"]
)
def test_columns_that_no_event_can_have_are_a_break_and_no_crash(
    ledger: list[Exhibit], change: str
) -> None:
    with past_the_triggers() as cursor:
        statement = "UPDATE evidence_custodyevent SET {} WHERE sequence = 2"
        cursor.execute(statement.format(change))
    shown = custody.chain(ledger[0])
    assert shown.break_ is not None
    assert "event 2" in shown.break_.part
    assert "event 2" in broken()


def test_a_broken_chain_is_shown_and_never_bundled(ledger: list[Exhibit]) -> None:
    with past_the_triggers() as cursor:
        cursor.execute("UPDATE evidence_custodyevent SET count = 40 WHERE sequence = 1")
    shown = custody.chain(ledger[0])
    assert shown.break_ is not None
    assert shown.break_.part == "event 1, digest"
    with pytest.raises(sequencer.LedgerBroken):
        custody.extract(ledger)


def test_an_extract_makes_a_bundle_that_verifies(
    ledger: list[Exhibit], custodian: User, tmp_path: Path
) -> None:
    first = SignedHead.objects.order_by("tree_size").first()
    custody.examine(ledger[0], actor=custodian, note="Just now")  # still pending
    extract = custody.extract(ledger, since=first)
    signer = sequencer.signer()
    given = bundle.BundleInput(
        name="KE-MSA-2026-0001-D1",
        case_reference="KE-MSA-2026-0001",
        organisation="Wildlife Service",
        issued_at=ledger[0].registered_at,
        files=[],
        ledger=extract,
        signer=signer,
    )
    bundle.write(given, tmp_path / "bundle.zip")
    told = "\n".join(verify(tmp_path / "bundle.zip", signer.key))
    assert "/E1: 5 custody events, unbroken" in told
    assert f"the signed head is of {LedgerLeaf.objects.count()} records" in told
    assert first
    assert f"it continues the head of {first.tree_size} records" in told


def test_an_extract_costs_the_same_queries_for_1_and_2_exhibits(
    ledger: list[Exhibit], django_assert_max_num_queries: Any
) -> None:
    for wanted in (ledger[:1], ledger):
        with django_assert_max_num_queries(9):
            custody.extract(wanted)


@pytest.mark.parametrize(
    "change",
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
def test_an_edited_audit_entry_is_named(ledger: list[Exhibit], change: str) -> None:
    entry = AuditEntry.objects.get(action="custody.examined", subject_text=str(ledger[0]))
    with past_the_triggers() as cursor:
        statement = "UPDATE casework_auditentry SET {} WHERE id = {}"
        cursor.execute(statement.format(change, entry.pk))
    assert broken() == f"audit entry {entry.pk}"


def test_a_removed_audit_entry_is_named(ledger: list[Exhibit]) -> None:
    entry = AuditEntry.objects.get(action="custody.examined", subject_text=str(ledger[0]))
    with past_the_triggers() as cursor:
        cursor.execute("DELETE FROM evidence_ledgerleaf WHERE entry_id = %s", [entry.pk])
        cursor.execute("DELETE FROM casework_auditentry WHERE id = %s", [entry.pk])
    assert broken() == "leaf index"


def test_an_audit_entry_outside_the_tree_is_named(
    ledger: list[Exhibit], investigator: User
) -> None:
    entry = audit.record("exhibit.read", actor=investigator)
    assert result()["ok"]
    PendingEntry.objects.all().delete()
    assert broken() == f"audit entry {entry.pk}"


def test_entries_that_are_written_in_bulk_wait_for_the_tree(db: None) -> None:
    made = AuditEntry.objects.bulk_create(
        AuditEntry(actor_text="system", action="test.bulk") for _ in range(3)
    )
    assert PendingEntry.objects.count() >= len(made)
    assert len({entry.salt for entry in made}) == len(made)


def test_entries_of_before_the_tree_are_put_in_line(
    ledger: list[Exhibit], django_capture_on_commit_callbacks: Commit
) -> None:
    with past_the_triggers() as cursor:
        cursor.execute(
            "INSERT INTO casework_auditentry (at, actor_text, action, subject_kind, subject_id,"
            " subject_text, detail, salt) VALUES ('2026-01-01 00:00:00+00:00', 'system', 'old.act',"
            " '', '', '', '{\"weight\": 0.5}', '')"
        )
    entry = AuditEntry.objects.get(action="old.act")
    assert broken() == f"audit entry {entry.pk}"
    assert older_rows.enqueue() == 1
    sequence()
    assert entry.leaf.kind == "audit-entry"
    assert result()["ok"]


def test_a_plain_ledger_needs_no_second_look(
    ledger: list[Exhibit], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the quick way suspects without cause would be found by nobody but a stopwatch."""
    monkeypatch.setattr(whole.chains, "check", lambda pk: pytest.fail(f"exhibit {pk}"))
    monkeypatch.setattr(whole, "_entry", lambda pk: pytest.fail(f"audit entry {pk}"))
    assert result()["ok"]
