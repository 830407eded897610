"""Writes the bundle that leaves the house: a BagIt zip with files, custody ledger and signature.

Pure but for reading the files it is given: the same input gives the same bytes, files are streamed,
and a file whose bytes are not those of its digest stops the build.
"""

import hashlib
import os
import re
import zipfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from casework.ledger import checkpoint, format
from casework.ledger.signing import Signer
from evidence.dossier.bundle_readme import readme

BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
SIGNATURE = "manifest.note"
SIGNED_AS = "casework bundle v1"
LEDGER_FORMAT = "casework-custody-ledger/1"
VOLUMES_FORMAT = "casework-dossier-volumes/1"
SEGMENT = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")
CHUNK = 1 << 20


class BundleError(Exception):
    """The bundle cannot be written as asked; the message names the file."""


@dataclass(frozen=True)
class BundleFile:
    """A file below `data/`: its path there, where its bytes are, and the digest they must have."""

    path: str
    source: Path | bytes
    sha256: str


@dataclass(frozen=True)
class LedgerEvent:
    event: format.Object
    openings: format.Openings  # of the fields that are disclosed; empty where all are withheld
    leaf_index: int
    proof: Sequence[bytes]

    @property
    def plain(self) -> format.Object:
        proof = [checkpoint.encode(node) for node in self.proof]
        plain = {"event": self.event, "openings": self.openings}
        return plain | {"leaf_index": self.leaf_index, "proof": proof}

    def without(self, words: Collection[str]) -> "LedgerEvent":
        """The same event with no opening whose text has one of the words in it."""
        kept = {
            field: opening
            for field, opening in self.openings.items()
            if not any(word.casefold() in opening["text"].casefold() for word in words)
        }
        return replace(self, openings=kept)


@dataclass(frozen=True)
class LedgerChain:
    """All events of one exhibit, oldest first."""

    exhibit: str
    label: str
    events: Sequence[LedgerEvent]

    @property
    def signed_line(self) -> str:
        last = format.event_digest(self.events[-1].event).hex()
        return f"chain {self.exhibit} {len(self.events)} {last}\n"

    @property
    def plain(self) -> format.Object:
        events = [event.plain for event in self.events]
        return {"exhibit": self.exhibit, "label": self.label, "events": events}


@dataclass(frozen=True)
class LedgerExtract:
    """Chains with their proofs under one signed head, and the head of the dossier before."""

    chains: Sequence[LedgerChain]
    checkpoint: str
    previous_checkpoint: str | None = None
    consistency: Sequence[bytes] = ()
    time_stamp: bytes | None = None  # RFC 3161, over the head as it was signed

    def withholding(self, words: Collection[str]) -> "LedgerExtract":
        """For a disclosure: every name and text that holds one of the words stays closed.

        The events keep their commitments, so the chains and their proofs are the same. A person's
        service number and agency are no names: they stand open in the event.
        """
        chains = [
            replace(chain, events=[event.without(words) for event in chain.events])
            for chain in self.chains
        ]
        return replace(self, chains=chains)

    def files(self) -> list[BundleFile]:
        content = {
            "format": LEDGER_FORMAT,
            "chains": [chain.plain for chain in self.chains],
            "consistency": [checkpoint.encode(node) for node in self.consistency],
        }
        made = {
            "custody.json": format.canonical(content),
            "checkpoint.note": self.checkpoint.encode(),
        }
        if self.previous_checkpoint is not None:
            made["previous-checkpoint.note"] = self.previous_checkpoint.encode()
        if self.time_stamp is not None:
            made["checkpoint.tsr"] = self.time_stamp
        return [from_bytes(f"ledger/{name}", data) for name, data in made.items()]


@dataclass(frozen=True)
class BundleInput:
    name: str  # the folder inside the zip, such as KE-MSA-2026-0042-D1
    case_reference: str
    organisation: str
    issued_at: datetime
    files: Sequence[BundleFile]
    ledger: LedgerExtract
    signer: Signer


def from_bytes(path: str, data: bytes) -> BundleFile:
    return BundleFile(path, data, hashlib.sha256(data).hexdigest())


def safe_segment(name: str) -> str:
    """A name as it may stand in a path of the bundle: ASCII letters, digits, - _ and dots."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name).lstrip(".-")
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:80]}.{ending[:10]}" if dot and stem and ending else plain[:90] or "unnamed"


def write(bundle: BundleInput, path: Path) -> str:
    """Write the zip beside its place, then move it there; the SHA-256 of the zip."""
    files = _all_files(bundle)
    beside = path.with_name(f"{path.name}.part")
    try:
        with beside.open("wb") as out:
            with zipfile.ZipFile(out, "w") as archive:
                for file in files:
                    _add(archive, f"{bundle.name}/{file.path}", file)
            out.flush()
            os.fsync(out.fileno())
        digest = _file_digest(beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return digest


def _all_files(bundle: BundleInput) -> list[BundleFile]:
    """Every file of the bag, sorted by path."""
    given = [*bundle.files, *bundle.ledger.files()]
    payload = [BundleFile(f"data/{file.path}", file.source, file.sha256) for file in given]
    _check_paths(bundle.name, payload)
    key = bundle.signer.key
    tags = [
        from_bytes("bagit.txt", BAGIT),
        from_bytes("bag-info.txt", _bag_info(bundle, payload)),
        from_bytes("README.txt", readme(bundle.case_reference, key).encode()),
        from_bytes("signer.vkey", f"{key}\n".encode()),
        from_bytes(MANIFEST, _digest_list(payload)),
    ]
    note = bundle.signer.sign(_signed_text(bundle, payload + tags))
    tags.append(from_bytes(SIGNATURE, note.encode()))
    tags.append(from_bytes(TAG_MANIFEST, _digest_list(tags)))
    return sorted(payload + tags, key=lambda file: file.path)


def _signed_text(bundle: BundleInput, files: list[BundleFile]) -> str:
    """What the signature covers: every file's digest, and how long each chain is."""
    lines = [f"{SIGNED_AS}\n{bundle.signer.name}\n{bundle.name}\n"]
    ordered = sorted(files, key=lambda file: file.path)
    lines += [f"file {file.sha256} {file.path}\n" for file in ordered]
    lines += [chain.signed_line for chain in bundle.ledger.chains]
    return "".join(lines)


def _check_paths(name: str, files: list[BundleFile]) -> None:
    seen: set[str] = set()
    for path in [name, *(file.path for file in files)]:
        if not all(SEGMENT.fullmatch(part) for part in path.split("/")) or "/" in name:
            raise BundleError(f"{path}: not a path that every system can write")
        if path.lower() in seen:
            raise BundleError(f"{path}: two files with this path")
        seen.add(path.lower())


def _digest_list(files: list[BundleFile]) -> bytes:
    ordered = sorted(files, key=lambda file: file.path)
    return "".join(f"{file.sha256}  {file.path}\n" for file in ordered).encode()


def _bag_info(bundle: BundleInput, payload: list[BundleFile]) -> bytes:
    octets = sum(_size(file) for file in payload)
    values = {
        "Source-Organization": bundle.organisation,
        "External-Identifier": bundle.name,
        "External-Description": f"Dossier in case {bundle.case_reference}",
        "Bagging-Date": bundle.issued_at.strftime("%Y-%m-%d"),
        "Payload-Oxum": f"{octets}.{len(payload)}",
    }
    lines = [f"{label}: {' '.join(value.split())}\n" for label, value in values.items()]
    return "".join(lines).encode()


def _size(file: BundleFile) -> int:
    if isinstance(file.source, bytes):
        return len(file.source)
    try:
        return file.source.stat().st_size
    except OSError as error:
        raise BundleError(f"{file.path}: the file cannot be read") from error


def _add(archive: zipfile.ZipFile, name: str, file: BundleFile) -> None:
    """Stored, not packed, with a fixed time: the bytes depend on the content alone."""
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, 0o644 << 16
    info.file_size = _size(file)
    digest = hashlib.sha256()
    with archive.open(info, "w") as out:
        for chunk in _chunks(file.source):
            digest.update(chunk)
            out.write(chunk)
    if digest.hexdigest() != file.sha256:
        raise BundleError(f"{file.path}: its bytes are not those of {file.sha256}")


def _chunks(source: Path | bytes) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
        return
    with source.open("rb") as file:
        yield from _read(file)


def _read(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
