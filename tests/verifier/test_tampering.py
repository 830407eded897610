"""Each kind of tampering with a bundle of a signed dossier, and the part that is named for it."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.ledger.format import Mismatch, canonical
from casework.ledger.signing import Signer
from evidence.dossier import bundle
from evidence.dossier.bundle import BundleFile, BundleInput
from evidence.verifier import cli
from evidence.verifier.check import HEAD, LEDGER, verify
from tests.verifier.conftest import NAME, relist, repack

Files = dict[str, bytes]
SECOND = "data/dossier/KE-dossier-2.pdf"
VOLUMES = "data/dossier/volumes.json"
PAGES = {1: b"%PDF-1.7 pages of the first", 2: b"%PDF-1.7 pages of the second"}


def row(number: int, first: str, last: str) -> dict[str, object]:
    built, signed = PAGES[number], PAGES[number] + b" and a signature"
    return {
        "file": f"KE-dossier-{number}.pdf", "number": number, "first": first, "last": last,
        "pages": 300, "sha256": hashlib.sha256(signed).hexdigest(),
        "unsigned_bytes": len(built), "unsigned_sha256": hashlib.sha256(built).hexdigest(),
    }  # fmt: skip


def of_volumes(rows: list[dict[str, object]]) -> list[BundleFile]:
    listed = canonical({"format": bundle.VOLUMES_FORMAT, "volumes": rows})
    made = [bundle.from_bytes("dossier/volumes.json", listed)]
    return made + [
        bundle.from_bytes(f"dossier/KE-dossier-{n}.pdf", data + b" and a signature")
        for n, data in PAGES.items()
    ]


@pytest.fixture
def signed(write: Callable[..., Path], given: BundleInput) -> Path:
    rows = [row(1, "1", "300"), row(2, "301", "57A")]
    return write(files=[*given.files, *of_volumes(rows)])


def part(path: Path) -> str:
    with pytest.raises(Mismatch) as caught:
        verify(path)
    return caught.value.part


def page(files: Files) -> None:
    files[SECOND] = files[SECOND].replace(b"pages", b"PAGES")


def later(files: Files) -> None:
    files[SECOND] += b"\n%%EOF something after the last signature"


def added(files: Files) -> None:
    files["data/dossier/KE-dossier-3.pdf"] = b"%PDF-1.7 of nobody"


def checkpoint(files: Files) -> None:
    files[HEAD] = files[HEAD].replace(b"\n10\n", b"\n11\n")


def swapped(files: Files) -> None:
    ledger = json.loads(files[LEDGER])
    events = ledger["chains"][0]["events"]
    events[2], events[3] = events[3], events[2]
    files[LEDGER] = canonical(ledger)


def reworded(files: Files) -> None:
    ledger = json.loads(files[LEDGER])
    ledger["chains"][1]["events"][1]["event"]["count"] = 40
    files[LEDGER] = canonical(ledger)


def proof(files: Files) -> None:
    ledger = json.loads(files[LEDGER])
    ledger["chains"][0]["events"][4]["leaf_index"] = 5
    files[LEDGER] = canonical(ledger)


def fewer(files: Files) -> None:
    ledger = json.loads(files[LEDGER])
    ledger["chains"].pop()
    files[LEDGER] = canonical(ledger)


def relabelled(files: Files) -> None:
    files[VOLUMES] = files[VOLUMES].replace(b'"57A"', b'"57B"')


KINDS: list[tuple[Callable[[Files], object], str]] = [
    (page, SECOND),
    (later, SECOND),
    (lambda files: files.pop(SECOND), SECOND),
    (added, "data/dossier/KE-dossier-3.pdf"),
    (checkpoint, "data/ledger/checkpoint.note, signature"),
    (swapped, "KE-MSA-2026-0042/E7, event 3, sequence"),
    (reworded, "KE/E8, event 3, previous"),
    (proof, "KE-MSA-2026-0042/E7, event 5, inclusion proof"),
    (fewer, LEDGER),
    (relabelled, VOLUMES),
    (lambda files: files.pop("data/exhibits/E7/photo.jpg"), "data/exhibits/E7/photo.jpg"),
    (lambda files: files.update({"README.txt": b"Trust me"}), "README.txt"),
]


@pytest.mark.parametrize(("change", "named"), KINDS)
@pytest.mark.parametrize("listed", [True, False])
def test_it_is_found_and_named(
    signed: Path, change: Callable[[Files], object], named: str, listed: bool
) -> None:
    assert part(repack(signed, change, listed=listed)).startswith(named)


def test_the_command_says_it_in_words(signed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([str(repack(signed, page))]) == 1
    assert f"NOT VERIFIED\n{SECOND}" in capsys.readouterr().out


def test_a_byte_changed_in_the_zip_names_the_volume(
    signed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    signed.write_bytes(signed.read_bytes().replace(b"of the second", b"of the sec0nd"))
    assert cli.main([str(signed)]) == 1
    assert SECOND in capsys.readouterr().out


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b'{"format": 1}', b'{"volumes": 7}'])
def test_a_list_of_volumes_that_is_nonsense_still_names_a_file(signed: Path, data: bytes) -> None:
    def spoil(files: Files) -> None:
        files[VOLUMES] = data
        page(files)

    path = repack(signed, spoil)
    assert cli.main([str(path)]) == 1
    assert part(path).startswith(SECOND)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, signer: Signer,
          extract: bundle.LedgerExtract) -> tuple[Path, Files]:  # fmt: skip
    """A bundle with volumes, and its files, written once."""
    folder = tmp_path_factory.mktemp("plain")
    rows = [row(1, "1", "300"), row(2, "301", "57A")]
    made = BundleInput(
        name=NAME, case_reference="KE-MSA-2026-0042", organisation="Port Unit",
        issued_at=datetime(2026, 3, 20, tzinfo=UTC), files=of_volumes(rows),
        ledger=extract, signer=signer,
    )  # fmt: skip
    bundle.write(made, folder / "plain.zip")
    with zipfile.ZipFile(folder / "plain.zip") as archive:
        names = archive.namelist()
        return folder / "plain.zip", {n.partition("/")[2]: archive.read(n) for n in names}


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drawn=st.data())
def test_any_bit_of_any_member_is_found(plain: tuple[Path, Files], drawn: st.DataObject) -> None:
    """Repacked as a whole zip, with its lists brought up to date: only the signature tells."""
    path, files = plain
    name = drawn.draw(st.sampled_from(sorted(files)))
    place = drawn.draw(st.integers(0, len(files[name]) - 1))
    bit = drawn.draw(st.integers(0, 7))

    def flip(changed: Files) -> None:
        data = bytearray(changed[name])
        data[place] ^= 1 << bit
        changed[name] = bytes(data)

    assert cli.main([str(repack(path, flip, listed=False))]) == 1
    again = dict(files)
    flip(again)
    relist(again)
    if again != files:  # the lists of the bag themselves come out as they were
        assert cli.main([str(repack(path, flip))]) == 1
