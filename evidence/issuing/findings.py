"""What a snapshot would not print as it stands: named before anything is signed."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from evidence.dossier.snapshot import Snapshot

FILE = "findings.json"


@dataclass(frozen=True)
class Finding:
    mark: str
    title: str
    why: str


def of(taken: Snapshot) -> list[Finding]:
    return []


def keep(taken: Snapshot, folder: Path) -> None:
    """Beside the volumes, for those who sign."""
    (folder / FILE).write_text(json.dumps([asdict(one) for one in of(taken)]))


def read(folder: Path) -> list[Finding]:
    with suppress(OSError, ValueError, TypeError):
        return [Finding(**each) for each in json.loads((folder / FILE).read_text())]
    return []
