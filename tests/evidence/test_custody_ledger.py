"""Sequencer, heads, and verify_custody: what somebody does to the rows behind our back is found."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from pytest_django import Settings

from casework.ledger import checkpoint, signing
from casework.models import AuditEntry, User
from evidence import custody, sequencer
from evidence.dossier import bundle
from evidence.ledger_check import chains, whole
from evidence.models import (
    Exhibit,
    LedgerLeaf,
    PendingEntry,
    PendingLeaf,
    SignedHead,
)
from evidence.tree import older_rows
from evidence.verifier.check import verify
from tests.evidence.broken_ledgers import broken, past_the_triggers, result, sequence

Commit = Any  # django_capture_on_commit_callbacks


def test_an_act_is_sequenced_on_commit(
    key_file: Path, make: Callable[[], Exhibit], django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        exhibit = make()
    assert custody.chain(exhibit).is_verified
    notes = SignedHead.objects.order_by("tree_size").values_list("note", flat=True)
    assert Path(settings.HEADS_FILE).read_text() == "".join(notes)


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
    monkeypatch.setattr(chains, "check", lambda pk: pytest.fail(f"exhibit {pk}"))
    monkeypatch.setattr(whole, "_entry", lambda pk: pytest.fail(f"audit entry {pk}"))
    assert result()["ok"]
