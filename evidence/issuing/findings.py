"""What a snapshot would not print as it stands: named before anything is signed."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from evidence.dossier.annex import Prepared
from evidence.dossier.missing import missing_in
from evidence.dossier.snapshot import Snapshot

FILE = "findings.json"
MOST, MOST_NAMED, LONGEST = 50, 6, 120


@dataclass(frozen=True)
class Finding:
    mark: str
    title: str
    why: str


def of(taken: Snapshot, documents: Prepared) -> list[Finding]:
    """Letters that no face can draw, and documents that cannot be merged."""
    return [*_undrawable(taken), *_unmerged(documents)]


def _undrawable(taken: Snapshot) -> list[Finding]:
    found = missing_in(taken)
    return [
        Finding(
            "half",
            _("No letters here for %(points)s") % {"points": ", ".join(each.points[:MOST_NAMED])},
            _("They are printed by their number in: %(text)s") % {"text": each.text[:LONGEST]},
        )
        for each in found[:MOST]
    ]


def _unmerged(documents: Prepared) -> list[Finding]:
    """A slip of one page stands for each of them."""
    held = [*documents.documents, *documents.replacements]
    return [
        Finding(
            "half",
            _("%(name)s cannot be merged") % {"name": one.document.title},
            _("%(fault)s A page that says so stands for it; the file is in the bundle.")
            % {"fault": one.fault},
        )
        for one in held
        if one.fault
    ][:MOST]


def keep(taken: Snapshot, documents: Prepared, folder: Path) -> None:
    """Beside the volumes, for those who preview and those who sign."""
    (folder / FILE).write_text(json.dumps([asdict(one) for one in of(taken, documents)]))


def read(folder: Path) -> list[Finding]:
    with suppress(OSError, ValueError, TypeError):
        return [Finding(**each) for each in json.loads((folder / FILE).read_text())]
    return []
