"""The words of one stored file, read behind the walls: places in order, and why there are not more.

Knows no rows but the file's own, and writes none.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from evidence import files
from evidence.filestore import images, restricted
from evidence.models import StoredFile
from search.reading import pictures, reasons, reply
from search.reading.reply import Piece

SECONDS: Final = 30  # of the processor, for one file
UNTIL: Final = 90.0  # by the clock
PICTURES_UNTIL: Final = 600.0  # by the clock, for all scanned pages of one file
READER: Final = "1"  # raised when files are read better than before


@dataclass
class Found:
    """What was read: pairs of place and text. `reason` is why it is not all, or empty."""

    places: list[tuple[str, str]] = field(default_factory=list)
    reason: str = ""
    missed: str = ""  # a reason that something in it could not be read

    @property
    def characters(self) -> int:
        return sum(len(text) for _, text in self.places)


def read(stored: StoredFile) -> Found:
    """Never raises for what lies in the file."""
    path = files.path_of(stored.digest)
    try:
        if files.digest_of(path) != stored.digest:
            return Found(reason="altered")
    except OSError:
        return Found(reason="missing")
    try:
        if stored.media_type in images.SHOWN_TYPES:
            return _picture(stored, path)
        return _words(path)
    except restricted.Failed as failed:
        return Found(reason=failed.reason)


def reader() -> str:
    """What reads here, to tell later what would be read better."""
    version = pictures.version()
    return f"{READER}, tesseract {version}"[:60] if version else READER


def _picture(stored: StoredFile, path: Path) -> Found:
    if not pictures.version():
        return Found(reason=reasons.NO_OCR)
    text = pictures.of_picture(stored, path)
    return Found([("picture:", reply.kept(text).strip())] if _says_something(text) else [])


def _words(path: Path) -> Found:
    said, ended = restricted.words(
        path, seconds=SECONDS, until=UNTIL, draws=bool(pictures.version())
    )
    found = Found(reason=ended or "crash")  # until the end was said
    for piece in reply.pieces(said):
        if piece.text:
            found.places.append((piece.place, piece.text))
        elif piece.picture:
            _picture_within(piece, found)
        elif piece.is_end:
            found.reason = piece.reason or found.missed
            _scans(path, found, piece.scans)
            break
    return found


def _picture_within(piece: Piece, found: Found) -> None:
    """A picture in a message or an archive, which was drawn where the file was read."""
    try:
        text = pictures.recognised(piece.picture)
    except restricted.Failed:
        found.missed = found.missed or "scan"
        return
    if _says_something(text):
        found.places.append((piece.place, reply.kept(text).strip()))


def _scans(path: Path, found: Found, scans: Sequence[int]) -> None:
    """Pages that are pictures go where they belong; one that cannot be read is missed alone."""
    if not scans:
        return
    if not pictures.version():
        found.reason = found.reason or reasons.NO_OCR
        return
    until = time.monotonic() + PICTURES_UNTIL
    for number in scans[: pictures.PAGES]:
        if time.monotonic() > until:
            found.reason = found.reason or "pages"
            break
        try:
            text = pictures.of_page(path, number)
        except restricted.Failed:
            found.reason = found.reason or "scan"
            continue
        if _says_something(text):
            found.places.append((f"scan:{number}", reply.kept(text).strip()))
    if len(scans) > pictures.PAGES:
        found.reason = found.reason or "pages"
    found.places.sort(key=lambda place: _page_number(place[0]))


def _page_number(place: str) -> int:
    """Pages in their order, before what is attached to them; the rest stays as it came."""
    code, _, value = place.partition(":")
    if code == "about":
        return 0
    return int(value) if code in ("page", "scan") and value.isdecimal() else 1 << 30


def _says_something(text: str) -> bool:
    """A photograph of leaves yields a few stray signs, which are no words."""
    words = [word for word in text.split() if sum(c.isalnum() for c in word) > 2]
    return len(words) >= 2 or any(len(word) >= 8 for word in words)
