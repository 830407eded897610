"""The bundle of a dossier: what it needs is kept when the dossier is built, and packed when issued.

Between the two people sign; the record and the ledger go on, and the bundle is of the moment of the
build.
"""

import json
from pathlib import Path
from typing import Any

from casework import clock
from casework.ledger import checkpoint, format
from evidence import files, sequencer
from evidence.dossier import bundle
from evidence.dossier.bundle import (
    BundleFile,
    BundleInput,
    LedgerChain,
    LedgerEvent,
    LedgerExtract,
)
from evidence.dossier.snapshot import Snapshot
from evidence.issuing import storing
from evidence.models import Dossier, DossierVolume

PACKING, LEDGER = "packing.json", "ledger"


def keep(taken: Snapshot, extract: LedgerExtract, folder: Path) -> list[Path]:
    """Write the list of files and the extract of the ledger beside the volumes."""
    found = [*taken.files, *(file for exhibit in taken.exhibits for file in exhibit.files)]
    once = {file.bundle_path.lower(): (file.bundle_path, file.digest) for file in found}
    plan = taken.plan
    for document in (*plan.documents, *(each.document for each in plan.replacements)):
        once[document.bundle_path.lower()] = (document.bundle_path, document.digest)
    listed = {
        "organisation": taken.agency,
        "reference": taken.reference,
        "files": [{"path": path, "digest": digest} for path, digest in once.values()],
    }
    written = {PACKING: json.dumps(listed, indent=1).encode()}
    written |= {file.path: bytes(file.source) for file in extract.files()}
    made = []
    (folder / LEDGER).mkdir()
    for name, data in written.items():
        path = folder / name
        path.write_bytes(data)
        made.append(path)
    return made


def write(dossier: Dossier, path: Path) -> str:
    """Pack the volumes as they are signed; the digest of the zip. BundleError, OSError."""
    issued_at = dossier.issued_at or clock.now()
    folder = storing.folder_of(dossier.name)
    listed = json.loads((folder / PACKING).read_text())
    packed = [
        BundleFile(each["path"], files.path_of(each["digest"]), each["digest"])
        for each in listed["files"]
    ]
    volumes = list(dossier.volumes.all())
    packed += [
        BundleFile(f"dossier/{name_of(dossier, volume)}", storing.absolute(volume.path),
                   volume.digest)
        for volume in volumes
    ]  # fmt: skip
    packed.append(bundle.from_bytes("dossier/volumes.json", _listed(dossier, volumes)))
    put = BundleInput(
        name=folder.name,
        case_reference=listed["reference"],
        organisation=listed["organisation"],
        issued_at=issued_at,
        files=packed,
        ledger=_extract(folder / LEDGER),
        signer=sequencer.signer(),
    )
    return bundle.write(put, path)


def _listed(dossier: Dossier, volumes: list[DossierVolume]) -> bytes:
    """Which pages are in which volume, and what it was before anybody signed: docs/bundle.md."""
    rows = [
        {
            "file": name_of(dossier, volume),
            "number": volume.number,
            "first": volume.first_label,
            "last": volume.last_label,
            "pages": volume.pages,
            "sha256": volume.digest,
            "unsigned_bytes": volume.unsigned_size,
            "unsigned_sha256": volume.unsigned_digest,
        }
        for volume in volumes
    ]
    return format.canonical({"format": bundle.VOLUMES_FORMAT, "volumes": rows})


def name_of(dossier: Dossier, volume: Any) -> str:
    """What a volume is called where people have it; the path on the disk has the turn in it."""
    return f"{bundle.safe_segment(dossier.name)}-dossier-{volume.number}.pdf"


def _extract(folder: Path) -> LedgerExtract:
    held = json.loads((folder / "custody.json").read_bytes())
    previous, stamp = folder / "previous-checkpoint.note", folder / "checkpoint.tsr"
    return LedgerExtract(
        chains=[_chain(each) for each in held["chains"]],
        checkpoint=(folder / "checkpoint.note").read_text(),
        previous_checkpoint=previous.read_text() if previous.exists() else None,
        consistency=[checkpoint.decode(each, "consistency") for each in held["consistency"]],
        time_stamp=stamp.read_bytes() if stamp.exists() else None,
    )


def _chain(held: format.Object) -> LedgerChain:
    events = [
        LedgerEvent(
            event=each["event"],
            openings=each["openings"],
            leaf_index=each["leaf_index"],
            proof=[checkpoint.decode(node, "inclusion proof") for node in each["proof"]],
        )
        for each in held["events"]
    ]
    return LedgerChain(held["exhibit"], held["label"], events)
