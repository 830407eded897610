"""RFC 6962 against the public vectors and against the recursive definition."""

import base64
import hashlib
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.ledger import merkle
from casework.ledger.format import Mismatch
from casework.ledger.tree import Frontier, Tree

LEAVES = [
    bytes.fromhex(data)
    for data in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]


def mth(leaves: list[bytes]) -> bytes:
    """The definition in RFC 6962, section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\1" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def tree_of(count: int) -> tuple[Tree, list[bytes]]:
    data = [str(number).encode() for number in range(count)]
    return Tree(map(merkle.leaf_hash, data)), data


def check(vector: dict[str, Any]) -> None:
    proof = [base64.b64decode(text) for text in vector["proof"] or []]
    if "size1" in vector:
        roots = [base64.b64decode(vector[name]) for name in ("root1", "root2")]
        merkle.verify_consistency(roots[0], vector["size1"], roots[1], vector["size2"], proof)
    elif "root1" in vector:
        roots = [base64.b64decode(vector[name]) for name in ("root1", "root2")]
        start, end, size = (vector.get(name, 0) for name in ("start", "end", "size"))
        merkle.verify_subtree(roots[0], start, end, size, roots[1], proof)
    else:
        leaf, root = (base64.b64decode(vector[name]) for name in ("leafHash", "root"))
        start = vector.get("start", 0)
        index, size = vector["leafIdx"], vector.get("treeSize", vector.get("end", 0) - start)
        if start and start % (1 << max(size - 1, 0).bit_length()):
            raise Mismatch("subtree", "an aligned start", start)
        merkle.verify_inclusion(leaf, index - start, size, root, proof)


def is_wrong(vector: dict[str, Any]) -> bool:
    """An empty range proves nothing: we refuse it also where the vectors let it pass."""
    empty = "start" in vector and vector["start"] == vector["end"]
    return bool(vector["wantErr"] or empty)


def test_every_public_vector(conformance: Path) -> None:
    seen = 0
    with tarfile.open(conformance / "rfc6962_merkle_vectors_518.tar.xz") as archive:
        for member in archive:
            handle = archive.extractfile(member) if member.name.endswith(".json") else None
            if handle is None:
                continue
            vector = json.load(handle)
            seen += 1
            try:
                check(vector)
            except Mismatch:
                assert is_wrong(vector), member.name
            else:
                assert not is_wrong(vector), member.name
    assert seen == 518


@pytest.mark.parametrize("count", range(9))
def test_root_is_the_definition(count: int) -> None:
    tree = Tree(map(merkle.leaf_hash, LEAVES[:count]))
    assert tree.root() == mth(LEAVES[:count])


@given(st.integers(1, 70), st.data())
def test_every_leaf_is_proved_in_every_size(count: int, data: st.DataObject) -> None:
    tree, leaves = tree_of(count)
    size = data.draw(st.integers(1, count))
    index = data.draw(st.integers(0, size - 1))
    root = mth(leaves[:size])
    proof = tree.inclusion(index, size)
    merkle.verify_inclusion(merkle.leaf_hash(leaves[index]), index, size, root, proof)
    with pytest.raises(Mismatch, match="inclusion proof"):
        merkle.verify_inclusion(merkle.leaf_hash(b"other"), index, size, root, proof)


@given(st.integers(1, 70), st.data())
def test_every_older_tree_is_a_beginning(count: int, data: st.DataObject) -> None:
    tree, leaves = tree_of(count)
    old = data.draw(st.integers(1, count))
    proof = tree.consistency(old)
    merkle.verify_consistency(mth(leaves[:old]), old, tree.root(), count, proof)
    if old < count:
        with pytest.raises(Mismatch, match="consistency proof"):
            merkle.verify_consistency(mth([b"x"]), old, tree.root(), count, proof)


def test_a_rewritten_leaf_is_no_beginning_any_more() -> None:
    tree, _ = tree_of(11)
    rewritten = Tree(merkle.leaf_hash(str(n or 99).encode()) for n in range(20))
    with pytest.raises(Mismatch) as caught:
        merkle.verify_consistency(tree.root(), 11, rewritten.root(), 20, rewritten.consistency(11))
    assert caught.value.expected.startswith(tree.root().hex())
    assert caught.value.computed.startswith(rewritten.root(11).hex())


def test_sizes_out_of_range_are_refused() -> None:
    tree, _ = tree_of(3)
    for call in (
        lambda: tree.root(4),
        lambda: tree.inclusion(3),
        lambda: tree.inclusion(-1),
        lambda: tree.consistency(0),
    ):
        with pytest.raises(IndexError):
            call()


@given(st.integers(0, 200))
def test_the_frontier_gives_the_root_of_the_whole_tree(count: int) -> None:
    frontier, tree = Frontier(), Tree()
    for number in range(count):
        leaf = merkle.leaf_hash(str(number).encode())
        tree.append(leaf)
        frontier.append(leaf)
    again = Frontier(frontier.size, frontier.nodes)
    assert (again.size, again.root()) == (len(tree), tree.root())


def test_a_frontier_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="perfect subtrees"):
        Frontier(3, [bytes(32)])
