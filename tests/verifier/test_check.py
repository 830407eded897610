"""A true bundle passes; whatever is changed in it is found, and named."""

import json
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID
from zipfile import BadZipFile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.ledger import checkpoint
from casework.ledger.format import Mismatch, Object, canonical
from casework.ledger.signing import Signer
from evidence.dossier.bundle import LedgerChain, LedgerEvent, LedgerExtract
from evidence.verifier.check import LEDGER, verify
from evidence.verifier.cli import BROKEN
from tests.verifier.conftest import ORIGIN, chain_of, extract_of, repack

Write = Callable[..., Path]
SEVEN = "KE-MSA-2026-0042/E7"
REFUSED = (Mismatch, OSError, EOFError, BadZipFile, *BROKEN)  # what cli.py answers


def changed_events(
    extract: LedgerExtract, change: Callable[[list[LedgerEvent]], object]
) -> LedgerExtract:
    """The extract with the first exhibit's events changed, as a dishonest signer would write it."""
    first, *rest = extract.chains
    events = list(first.events)
    change(events)
    return replace(extract, chains=[LedgerChain(first.exhibit, first.label, events), *rest])


def fault(path: Path, key: checkpoint.Key | None = None, known: str | None = None) -> str:
    with pytest.raises(Mismatch) as caught:
        verify(path, key, known)
    return caught.value.part


def odd_lines(path: Path) -> str:
    """The two lines that the verifier shows where a list of files is not as it should be."""
    with pytest.raises(Mismatch, match="line") as caught:
        verify(path)
    return str(caught.value)


def test_a_true_bundle_is_verified(good: Path, signer: Signer) -> None:
    assert verify(good, signer.key) == [
        "12 files, every byte covered by the signature",
        "the signed head is of 10 records",
        "it continues the head of 4 records, of the last dossier",
        f"{SEVEN}: 7 custody events, unbroken, each under the signed head; withheld: nothing",
        "KE/E8: 3 custody events, unbroken, each under the signed head; withheld: nothing",
        f"signed by {ORIGIN}, fingerprint\n  {signer.key.fingerprint}",
    ]


def test_every_byte_of_every_file_is_covered(good: Path) -> None:
    with zipfile.ZipFile(good) as archive:
        names = [name.partition("/")[2] for name in archive.namelist()]
    assert {"bagit.txt", "signer.vkey", "manifest.note", LEDGER} < set(names)
    for name in names:
        for place in (0, -1):

            def flip(files: dict[str, bytes], name: str = name, place: int = place) -> None:
                data = bytearray(files[name])
                data[place] ^= 1
                files[name] = bytes(data)

            with pytest.raises(REFUSED):
                verify(repack(good, flip, listed=False))
            if name not in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
                with pytest.raises(REFUSED):
                    verify(repack(good, flip))


def test_every_byte_of_the_zip_itself_is_covered(good: Path, tmp_path: Path) -> None:
    data = good.read_bytes()
    table = data.index(b"PK\1\2")
    places = [*range(60), *random.Random(7).sample(range(len(data)), 300)]
    places += range(table, table + 120)
    for place in places:
        spoilt = bytearray(data)
        spoilt[place] ^= 1 << (place % 8)
        path = tmp_path / "spoilt.zip"
        path.write_bytes(spoilt)
        with pytest.raises(REFUSED):
            verify(path)


def test_a_changed_file_is_named(good: Path) -> None:
    def change(files: dict[str, bytes]) -> None:
        files["data/exhibits/E7/photo.jpg"] = b"another"

    for listed in (True, False):
        told = odd_lines(repack(good, change, listed=listed))
        assert told.startswith("data/exhibits/E7/photo.jpg: manifest.note: ")
        assert told.count("data/exhibits/E7/photo.jpg") == 3


def test_a_file_too_many_and_a_missing_file_are_named(good: Path) -> None:
    extra = repack(good, lambda files: files.update({"data/extra.pdf": b"x"}))
    assert odd_lines(extra).startswith("data/extra.pdf: ")
    missing = repack(good, lambda files: files.pop("data/dossier/volume-1.pdf"))
    assert odd_lines(missing).startswith("data/dossier/volume-1.pdf: ")
    unlisted = repack(good, lambda files: files.update({"note.txt": b"x"}), listed=False)
    assert odd_lines(unlisted).startswith("note.txt: ")


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (lambda events: events.reverse(), "KE-MSA-2026-0042/E7, event 1, sequence"),
        (lambda events: events.insert(2, events.pop(3)), "KE-MSA-2026-0042/E7, event 3, sequence"),
        (lambda events: events.pop(3), "KE-MSA-2026-0042/E7, event 4, sequence"),
    ],
)
def test_a_signer_cannot_reorder_or_leave_out(
    write: Write, extract: LedgerExtract, change: Callable[[list[LedgerEvent]], object], part: str
) -> None:
    assert fault(write(ledger=changed_events(extract, change))) == part


def test_a_removed_last_event_contradicts_the_signed_length(good: Path) -> None:
    def shorten(files: dict[str, bytes]) -> None:
        ledger = json.loads(files[LEDGER])
        ledger["chains"][0]["events"].pop()
        files[LEDGER] = canonical(ledger)

    assert LEDGER in odd_lines(repack(good, shorten))


def test_swapped_proofs_are_found(write: Write, extract: LedgerExtract) -> None:
    def swap(events: list[LedgerEvent]) -> None:
        events[0], events[5] = (
            replace(events[0], proof=events[5].proof),
            replace(events[5], proof=events[0].proof),
        )

    assert fault(write(ledger=changed_events(extract, swap))) == (
        "KE-MSA-2026-0042/E7, event 1, inclusion proof"
    )


def test_an_event_that_was_never_in_the_ledger_is_found(
    write: Write, extract: LedgerExtract
) -> None:
    other = chain_of(extract_uuid(extract), "KE-MSA-2026-0042/E7", 1)[0]
    changed = other[0] | {"count": 40}

    def forge(events: list[LedgerEvent]) -> None:
        events[:] = [replace(events[0], event=changed)]

    assert fault(write(ledger=changed_events(extract, forge))).endswith("event 1, inclusion proof")


def extract_uuid(extract: LedgerExtract) -> UUID:
    return UUID(extract.chains[0].exhibit)


def test_a_disclosed_text_that_was_not_recorded_is_found(
    write: Write, extract: LedgerExtract
) -> None:
    def reword(events: list[LedgerEvent]) -> None:
        opening = events[0].openings["place"] | {"text": "Another berth"}
        events[0] = replace(events[0], openings=events[0].openings | {"place": opening})

    assert fault(write(ledger=changed_events(extract, reword))).endswith("disclosed place")


def test_withheld_texts_leave_the_proofs_whole(write: Write, extract: LedgerExtract) -> None:
    def withhold(events: list[LedgerEvent]) -> None:
        events[:] = [replace(event, openings={}) for event in events]

    told = verify(write(ledger=changed_events(extract, withhold)))[3]
    assert "withheld: event 1 place, event 1 recorder.name, event 1 to.name, event 2" in told


def test_a_head_of_another_ledger_is_found(
    write: Write, extract: LedgerExtract, signer: Signer
) -> None:
    strange = extract_of(signer, {"X/1": chain_of(extract_uuid(extract), "X/1", 5)})
    assert fault(write(ledger=replace(extract, checkpoint=strange.checkpoint))) == (
        "consistency proof"
    )
    alone = replace(extract, checkpoint=strange.checkpoint, previous_checkpoint=None)
    assert "inclusion proof" in fault(write(ledger=alone))
    older = replace(extract, previous_checkpoint=strange.checkpoint)
    assert fault(write(ledger=older)) == "consistency proof"


def test_only_the_trusted_key_will_do(good: Path, signer: Signer) -> None:
    other = Signer(ORIGIN, Ed25519PrivateKey.generate())
    assert fault(good, other.key) == "signer"
    assert "signed by" in verify(good)[-1]


def test_a_checkpoint_that_the_reader_kept(
    good: Path, extract: LedgerExtract, signer: Signer
) -> None:
    for kept in (extract.checkpoint, extract.previous_checkpoint):
        verify(good, signer.key, kept)
    forged = signer.sign(str(checkpoint.Head(ORIGIN, 10, bytes(32))))
    assert fault(good, signer.key, forged) == "your checkpoint"
    unknown = signer.sign(str(checkpoint.Head(ORIGIN, 7, bytes(32))))
    assert fault(good, signer.key, unknown) == "your checkpoint"
    assert fault(good, None, "no checkpoint") == "checkpoint"


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"chains": [1.5]}', b'{"chains":[{}]}']
)
def test_a_ledger_of_nonsense_is_a_fault_and_no_crash(good: Path, data: bytes) -> None:
    with pytest.raises(REFUSED):
        verify(repack(good, lambda files: files.update({LEDGER: data})))


def test_the_label_belongs_to_the_signed_event(write: Write, extract: LedgerExtract) -> None:
    first, *rest = extract.chains
    renamed = replace(extract, chains=[replace(first, label="KE-MSA-2026-0042/E1"), *rest])
    assert fault(write(ledger=renamed)) == "KE-MSA-2026-0042/E1, event 1, label"


def test_an_empty_chain_is_refused(good: Path) -> None:
    def empty(files: dict[str, bytes]) -> None:
        ledger: Object = json.loads(files[LEDGER])
        ledger["chains"][0]["events"] = []
        files[LEDGER] = canonical(ledger)

    with pytest.raises(REFUSED):
        verify(repack(good, empty))
