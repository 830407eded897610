"""What a file is, told from its bytes, and who reads it. Pure."""

from typing import IO, Final

from evidence.filestore import media_types
from evidence.sealed.refusal import Refused
from evidence.sealed.words import compound, mail, paper, plain, zips
from evidence.sealed.words.said import Said

HEAD: Final = 8192
_ZIPS: Final = (media_types.ZIP, "application/vnd.openxml", "application/vnd.oasis.")
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
    elif media_type in _READERS:
        _READERS[media_type](source, said)
    else:
        raise Refused("picture" if media_type.startswith("image/") else "no_reader")
