"""The tree as rows: the same proofs as the tree in memory, out of few rows, at any size."""

import json
import re
from base64 import b64decode
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.ledger import merkle
from casework.ledger.tree import Frontier, Tree
from casework.models import AuditEntry
from evidence import sequencer
from evidence.models import LedgerLeaf, LedgerNode, SignedHead
from evidence.tree import tree_store
from evidence.tree.consistency import prove
from evidence.tree.tree_store import StoredTree
from tests.evidence.broken_ledgers import past_the_triggers

SIZE = 700  # two full tiles and a part of one


@pytest.fixture
def tree(db: None) -> Tree:
    """Leaves of the audit trail, as the sequencer would place them."""
    made = Tree()
    entries = AuditEntry.objects.bulk_create(
        AuditEntry(actor_text="system", action="test.leaf") for _ in range(SIZE)
    )
    leaves, nodes, frontier = [], [], Frontier()
    for index, entry in enumerate(entries):
        value = merkle.leaf_hash(str(index).encode())
        made.append(value)
        nodes += tree_store.kept(index, frontier.append(value))
        kind = LedgerLeaf.Kind.AUDIT
        leaves.append(LedgerLeaf(leaf_index=index, kind=kind, entry=entry, leaf_hash=value.hex()))
    LedgerLeaf.objects.bulk_create(leaves)
    LedgerNode.objects.bulk_create(nodes)
    return made


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 512, 513, 699, 700])
def test_proofs_are_those_of_the_tree_in_memory(tree: Tree, size: int) -> None:
    stored = StoredTree(size)
    assert stored.root() == tree.root(size)
    for index in {0, size // 3, size // 2, size - 1}:
        assert stored.inclusion(index) == tree.inclusion(index, size)
        assert stored.consistency(index + 1) == tree.consistency(index + 1, size)


def test_one_proof_reads_few_rows(tree: Tree) -> None:
    with CaptureQueriesContext(connection) as asked:
        StoredTree(SIZE).inclusion(300)
    assert len(asked) <= 4


def test_many_proofs_are_read_together(tree: Tree) -> None:
    stored = StoredTree(SIZE)
    with CaptureQueriesContext(connection) as asked:
        stored.prepare(range(SIZE))
        for index in range(SIZE):
            stored.inclusion(index)
    assert len(asked) <= 4


def test_nodes_that_were_not_stored_are_made_of_the_leaves(tree: Tree) -> None:
    with past_the_triggers() as cursor:
        cursor.execute("DELETE FROM evidence_ledgernode")
    assert StoredTree(SIZE).inclusion(3) == tree.inclusion(3)
    assert tree_store.store_missing() == SIZE // tree_store.TILE
    assert tree_store.store_missing() == 0
    stored = LedgerNode.objects.get(level=8, index=1)
    assert stored.hash == tree.node(8, 1).hex()


def test_a_missing_leaf_is_no_proof(tree: Tree) -> None:
    with pytest.raises(KeyError):
        StoredTree(SIZE + 1).root()


@pytest.fixture
def heads(db: None, settings: Any, tmp_path: Path) -> list[SignedHead]:
    settings.SIGNING_KEY_FILE = str(tmp_path / "key.pem")
    call_command("create_signing_key", stdout=StringIO())
    for _ in range(3):
        AuditEntry.objects.bulk_create(
            AuditEntry(actor_text="system", action="test.leaf") for _ in range(5)
        )
        sequencer.run()
    return list(SignedHead.objects.order_by("tree_size"))


def told(*sizes: int) -> dict[str, Any]:
    out = StringIO()
    call_command("prove_consistency", *sizes, json=True, stdout=out)
    made: dict[str, Any] = json.loads(out.getvalue())
    return made


def test_anybody_can_check_that_a_head_continues_another(heads: list[SignedHead]) -> None:
    """With the program of docs/custody-chain.md alone."""
    page = Path(__file__).parents[2] / "docs" / "custody-chain.md"
    program = re.findall(r"```python\n(.*?)```", page.read_text(), re.DOTALL)[0]
    names: dict[str, Any] = {}
    exec(program, names)  # noqa: S102  # it is our own page
    made = told(heads[0].tree_size, heads[1].tree_size)
    old, new = made["old"], made["new"]
    roots = [b64decode(head["checkpoint"].split("\n")[2]) for head in (old, new)]
    proof = [b64decode(value) for value in made["proof"]]
    assert names["continues"](old["size"], roots[0], new["size"], roots[1], proof)
    assert not names["continues"](old["size"], roots[1], new["size"], roots[1], proof)


def test_the_program_of_the_page_agrees_with_ours(tree: Tree) -> None:
    page = Path(__file__).parents[2] / "docs" / "custody-chain.md"
    names: dict[str, Any] = {}
    exec(re.findall(r"```python\n(.*?)```", page.read_text(), re.DOTALL)[0], names)  # noqa: S102
    for old in (1, 2, 3, 4, 7, 8, 255, 256, 257, 699, 700):
        for new in (old, old + 1, 512, 699, 700):
            if old <= new <= SIZE:
                proof = tree.consistency(old, new)
                assert names["continues"](old, tree.root(old), new, tree.root(new), proof)
                assert not names["continues"](old, bytes(32), new, tree.root(new), proof)


def test_the_newest_head_is_meant_where_none_is_named(heads: list[SignedHead]) -> None:
    assert told(heads[0].tree_size)["new"]["size"] == heads[-1].tree_size
    out = StringIO()
    call_command("prove_consistency", heads[0].tree_size, stdout=out)
    assert heads[-1].note in out.getvalue()


def test_a_head_that_was_never_signed_is_named(heads: list[SignedHead]) -> None:
    with pytest.raises(CommandError, match="nearest"):
        told(heads[0].tree_size + 1)
    with pytest.raises(CommandError, match="Turn them round"):
        told(heads[1].tree_size, heads[0].tree_size)


def test_an_edited_leaf_proves_nothing(heads: list[SignedHead]) -> None:
    statement = "UPDATE evidence_ledgerleaf SET leaf_hash = %s WHERE leaf_index = 0"
    with past_the_triggers() as cursor:
        cursor.execute(statement, ["0" * 64])
    with pytest.raises(sequencer.LedgerBroken):
        prove(heads[0].tree_size)
