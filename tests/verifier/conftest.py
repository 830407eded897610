"""A small bundle made by the real writer, and the tools to spoil it."""

import hashlib
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.ledger import checkpoint, format, merkle
from casework.ledger.event import Event, commit
from casework.ledger.signing import Signer
from casework.ledger.tree import Tree
from evidence.dossier import bundle
from evidence.dossier.bundle import BundleFile, BundleInput, LedgerChain, LedgerEvent, LedgerExtract
from tests.ledger import regenerate_vectors

ORIGIN = "casework.example/port-unit"
OTHER = UUID("0d9f6c1e-6b0a-4f38-9c37-5b1f8f6f0a09")
NAME = "KE-MSA-2026-0042-D1"
Made = tuple[format.Object, format.Openings]


def chain_of(exhibit: UUID, label: str, length: int) -> list[Made]:
    made: list[Made] = []
    previous: bytes | None = None
    for values in regenerate_vectors.story()[:length]:
        salt = hashlib.sha256(f"{label} {values['sequence']}".encode()).digest()
        event = Event(previous=previous, **(values | {"exhibit": exhibit, "label": label}))
        made.append(commit(event, salt))
        previous = format.event_digest(made[-1][0])
    return made


@pytest.fixture(scope="session")
def signer() -> Signer:
    return Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))


def extract_of(signer: Signer, chains: dict[str, list[Made]]) -> LedgerExtract:
    events = [made for chain in chains.values() for made in chain]
    digests = [format.event_digest(event) for event, _ in events]
    leaves = [merkle.leaf_hash(format.leaf_data(format.CUSTODY_LEAF, each)) for each in digests]
    tree, start, out = Tree(leaves), 0, []
    for label, chain in chains.items():
        proved = [
            LedgerEvent(event, openings, start + place, tree.inclusion(start + place))
            for place, (event, openings) in enumerate(chain)
        ]
        out.append(LedgerChain(chain[0][0]["exhibit"], label, proved))
        start += len(chain)
    heads = [signer.sign(str(checkpoint.Head(ORIGIN, n, tree.root(n)))) for n in (4, len(tree))]
    return LedgerExtract(out, heads[1], heads[0], tree.consistency(4))


@pytest.fixture(scope="session")
def extract(signer: Signer) -> LedgerExtract:
    labels = {"KE-MSA-2026-0042/E7": (regenerate_vectors.EXHIBIT, 7), "KE/E8": (OTHER, 3)}
    chains = {label: chain_of(who, label, n) for label, (who, n) in labels.items()}
    return extract_of(signer, chains)


@pytest.fixture
def given(signer: Signer, extract: LedgerExtract, tmp_path: Path) -> BundleInput:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"\xff\xd8photograph" * 40)
    digest = hashlib.sha256(photo.read_bytes()).hexdigest()
    return BundleInput(
        name=NAME,
        case_reference="KE-MSA-2026-0042",
        organisation="Port Unit, Tamarind Coast",
        issued_at=datetime(2026, 3, 20, tzinfo=UTC),
        files=[
            bundle.from_bytes("dossier/volume-1.pdf", b"%PDF-1.7 dossier"),
            BundleFile("exhibits/E7/photo.jpg", photo, digest),
        ],
        ledger=extract,
        signer=signer,
    )


@pytest.fixture
def write(given: BundleInput, tmp_path: Path) -> Callable[..., Path]:
    """Write the bundle, with parts of the input replaced."""

    def writer(**changes: object) -> Path:
        path = tmp_path / "bundle.zip"
        bundle.write(replace(given, **changes), path)  # type: ignore[arg-type]
        return path

    return writer


@pytest.fixture
def good(write: Callable[..., Path]) -> Path:
    return write()


def repack(path: Path, change: Callable[[dict[str, bytes]], object], listed: bool = True) -> Path:
    """Another zip with changed files; `listed` brings both lists of the bag up to date again."""
    with zipfile.ZipFile(path) as archive:
        files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    change(files)
    if listed:
        relist(files)
    out = path.with_name("changed.zip")
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(f"{NAME}/{name}")
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, files[name])
    return out


def relist(files: dict[str, bytes]) -> None:
    def listing(names: list[str]) -> bytes:
        lines = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(names)]
        return "".join(lines).encode()

    files[bundle.MANIFEST] = listing([name for name in files if name.startswith("data/")])
    files.pop(bundle.TAG_MANIFEST, None)
    files[bundle.TAG_MANIFEST] = listing([n for n in files if not n.startswith("data/")])
