"""What a file gives as pages, or the sentence why it gives none. Pure but for the walled process.

Files of other kinds than PDF and pictures stand in the bundle only.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pikepdf

from evidence.filestore import media_types, restricted

FORMS: Final = media_types.DRAWN
PAPER: Final = "PDF"
EDGE: Final = 2600  # pixels of the longer edge: A4 at about 220 to the inch
PIXELS: Final = 150_000_000
SECONDS: Final = 120  # of the processor, for one file
OUTPUT: Final = 768 << 20
KIND: Final = "kind"
FAULTS: Final = {
    KIND: "It is not a PDF or a picture, so it has no pages to print.",
    "password": "It asks for a password, which is not on record.",
    "unreadable": "It is damaged: it cannot be read as what it is.",
    "damaged": "It is damaged: two programs find a different number of pages in it.",
    "no page": "It has no pages.",
    "many": "It has more pages than one document of a dossier may have.",
    "form": "It is a form whose pages only the program that made it can draw.",
    "portfolio": "It is a collection of files without pages of its own.",
    "bomb": "It would unpack to more than is drawn here.",
    "memory": "It would unpack to more than is drawn here.",
    "time": "It takes too long to draw.",
    "crash": "The program that draws files failed on it.",
}


@dataclass(frozen=True)
class Inspected:
    pages: int  # 0 where it cannot be merged
    fault: str = ""  # the sentence why


def inspect(path: Path, media_type: str) -> Inspected:
    """How many pages a file would give. OSError where it cannot be looked at now."""
    form = FORMS.get(media_type)
    if form is None:
        return Inspected(0, FAULTS[KIND])
    try:
        found = json.loads(restricted.run("leaves", path, form=form, counts=True))
    except restricted.Failed as failed:
        return Inspected(0, _fault(failed))
    return Inspected(int(found["pages"]))


def make(path: Path, media_type: str, target: Path) -> Inspected:
    """Write the clean leaves of a file. OSError where it cannot be done now."""
    form = FORMS.get(media_type)
    if form is None:
        return Inspected(0, FAULTS[KIND])
    try:
        restricted.written(
            "leaves", path, target, seconds=SECONDS, output=OUTPUT, form=form, edge=EDGE,
            pixels=PIXELS,
        )  # fmt: skip
        with opened(target) as made:
            return Inspected(len(made.pages))
    except restricted.Failed as failed:
        return Inspected(0, _fault(failed))
    except pikepdf.PdfError:
        return Inspected(0, FAULTS["crash"])


def opened(leaves: Path) -> pikepdf.Pdf:
    """Leaves as they were written; nothing of them is repaired, and they stay on the disk."""
    return pikepdf.open(leaves, attempt_recovery=False, access_mode=pikepdf.AccessMode.stream)


def _fault(failed: restricted.Failed) -> str:
    """A file that is missing, or a busy machine, is no fault of the document."""
    if failed.reason not in FAULTS:
        raise OSError(f"the file could not be opened: {failed.reason}")
    return FAULTS[failed.reason]
