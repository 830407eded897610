"""What a file is, told from its bytes, and who reads it. Pure."""

from typing import IO, Final

from PIL import Image

from evidence.filestore import media_types
from evidence.sealed import pictures
from evidence.sealed.refusal import Refused
from evidence.sealed.words import compound, mail, paper, plain, zips
from evidence.sealed.words.said import Said

HEAD: Final = 8192
PICTURES: Final = {
    "image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF", "image/tiff": "TIFF",
    "image/webp": "WEBP", "image/bmp": "BMP",
}  # fmt: skip
NARROWEST, SMALLEST = 80, 60_000  # points
DRAWN: Final = {"edge": paper.EDGE, "pixels": 100_000_000, "quality": paper.QUALITY}
_ZIPS: Final = (media_types.ZIP, "application/vnd.openxml", "application/vnd.oasis.")
_TEXTS: Final = (media_types.PLAIN, media_types.UNKNOWN)
_READERS: Final = {
    "application/pdf": paper.read,
    media_types.OLE: compound.read,
    media_types.MAIL: mail.read,
    media_types.PLAIN: plain.read,
    media_types.UNKNOWN: plain.read,  # text in a character set of its own, or no text
}


def read(source: IO[bytes], said: Said) -> None:
    """Say all that a file says. Raises Refused, Enough, and whatever its reader raises."""
    head = source.read(HEAD)
    source.seek(0)
    media_type = media_types.sniff(head)
    if media_type.startswith(_ZIPS):
        zips.read(source, said)
    elif media_type in _TEXTS and mail.is_one(head):
        mail.read(source, said)
    elif media_type in _READERS:
        _READERS[media_type](source, said)
    elif media_type in PICTURES and said.is_inside:
        _picture(source, PICTURES[media_type], said)
    else:
        raise Refused("picture" if media_type.startswith("image/") else "no_reader")


def _picture(source: IO[bytes], form: str, said: Said) -> None:
    """One that is large enough to hold words: signs and logos do not."""
    with Image.open(source, formats=[form]) as opened:
        width, height = opened.size
    source.seek(0)
    if min(width, height) >= NARROWEST and width * height >= SMALLEST:
        said.show("picture:", lambda: pictures.redrawn(source, form=form, **DRAWN))
