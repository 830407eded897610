"""What a snapshot would not print as it stands: named before anything is signed."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from evidence.dossier.annex import Prepared

FILE = "findings.json"


@dataclass(frozen=True)
class Finding:
    mark: str
    title: str
    why: str


def of(documents: Prepared) -> list[Finding]:
    """Documents that cannot be merged: a slip of one page stands for each."""
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
    ]


def keep(documents: Prepared, folder: Path) -> None:
    """Beside the volumes, for those who preview and those who sign."""
    (folder / FILE).write_text(json.dumps([asdict(one) for one in of(documents)]))


def read(folder: Path) -> list[Finding]:
    with suppress(OSError, ValueError, TypeError):
        return [Finding(**each) for each in json.loads((folder / FILE).read_text())]
    return []
