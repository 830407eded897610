"""One tree, several kinds of records: none can be passed off as another."""

import json
from datetime import UTC, datetime

import pytest

from casework.ledger import audit_entry, format, merkle
from casework.ledger.audit_entry import AUDIT_LEAF, Entry
from casework.ledger.format import CUSTODY_LEAF, Mismatch
from casework.ledger.tree import Tree
from tests.ledger import regenerate_vectors


@pytest.fixture
def entry() -> Entry:
    return Entry(
        salt="00" * 32,
        at=datetime(2026, 3, 14, 5, 40, tzinfo=UTC),
        actor="Amina Wekesa",
        actor_id="7",
        action="custody.offered",
        case="KE-MSA-2026-0042",
        subject_kind="evidence.exhibit",
        subject_id="9",
        subject_text="E7",
        detail={"event": 3},
    )


def leaf(kind: str, digest: bytes) -> bytes:
    return merkle.leaf_hash(format.leaf_data(kind, digest))


def test_the_same_digest_is_another_leaf_for_each_kind() -> None:
    digest = bytes(32)
    assert leaf(CUSTODY_LEAF, digest) != leaf(AUDIT_LEAF, digest)
    assert {CUSTODY_LEAF, AUDIT_LEAF} == {"custody-event", "audit-entry"}


def test_an_audit_entry_is_no_event(entry: Entry) -> None:
    with pytest.raises(Mismatch, match="the keys of casework-custody-event/1"):
        format.event_digest(json.loads(format.canonical(audit_entry.made(entry))))


def test_the_proof_of_an_entry_is_none_for_an_event(entry: Entry) -> None:
    digest = audit_entry.digest(entry)
    tree = Tree([leaf(AUDIT_LEAF, digest), *(bytes([n]) * 32 for n in range(6))])
    proof = tree.inclusion(0)
    merkle.verify_inclusion(audit_entry.leaf(entry), 0, 7, tree.root(), proof)
    with pytest.raises(Mismatch, match="inclusion proof"):
        merkle.verify_inclusion(leaf(CUSTODY_LEAF, digest), 0, 7, tree.root(), proof)


def test_an_event_s_digest_is_that_of_no_entry(entry: Entry) -> None:
    event = regenerate_vectors.events()[0]
    assert format.EVENT_TAG != audit_entry.ENTRY_TAG
    assert audit_entry.digest(entry).hex() != event["digest"]


def test_a_node_is_never_a_leaf(entry: Entry) -> None:
    left, right = audit_entry.leaf(entry), bytes(32)
    assert merkle.leaf_hash(left + right) != merkle.node_hash(left, right)
