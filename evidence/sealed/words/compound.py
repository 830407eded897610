"""The older Office files, which are little file systems, told apart by what they hold. Pure."""

from typing import IO, Final

import olefile

from evidence.sealed.refusal import Refused
from evidence.sealed.words import old_message, old_sheets, old_slides, old_text
from evidence.sealed.words.said import Said

LARGEST: Final = 200 << 20


def read(source: IO[bytes], said: Said) -> None:
    held = olefile.OleFileIO(source)
    if held.exists("EncryptedPackage"):
        raise Refused("password")
    if held.exists("__properties_version1.0"):
        old_message.read(held, said)
    elif held.exists("WordDocument"):
        old_text.read(held, said)
    elif held.exists("Workbook") or held.exists("Book"):
        source.seek(0)
        old_sheets.read(source.read(LARGEST), said)
    elif held.exists("PowerPoint Document"):
        old_slides.read(held, said)
    else:
        raise Refused("no_reader")
