"""What lies in a ZIP: an Office document, or files that are each read for themselves. Pure.

Everything unpacked in one file counts against one limit, however it is nested.
"""

import zipfile
import zlib
from typing import IO, Final

from evidence.sealed.words import office, sheets
from evidence.sealed.words.said import Enough, Said

MEMBERS: Final = 1_000
LARGEST: Final = 50 << 20  # of one file in an archive
ENCRYPTED: Final = 0x1


def read(source: IO[bytes], said: Said) -> None:
    with zipfile.ZipFile(source) as packed:
        names = set(packed.namelist())
        if "xl/workbook.xml" in names:
            sheets.read(packed, said)
        elif names & office.MAIN.keys() or "content.xml" in names:
            office.read(packed, said)
        elif any(name.startswith("ppt/slides/") for name in names):
            office.slides(packed, said)
        else:
            _archive(packed, said)


def _archive(packed: zipfile.ZipFile, said: Said) -> None:
    members = [member for member in packed.infolist() if not member.is_dir()]
    said.say("archive:", "\n".join(member.filename for member in members[:MEMBERS]))
    for member in members[:MEMBERS]:
        if member.flag_bits & ENCRYPTED:
            said.miss("password")
        elif content := _member(packed, member, said):
            said.enclosed(member.filename, content)
    if len(members) > MEMBERS:
        raise Enough("limit")


def _member(packed: zipfile.ZipFile, member: zipfile.ZipInfo, said: Said) -> bytes:
    """The bytes, or none where they are damaged or too many."""
    try:
        with packed.open(member) as file:
            content = said.unpacked(file).read(LARGEST + 1)
    # zipfile says "not implemented" of a way of packing that it does not know.
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, zlib.error):
        said.miss("inside")
        return b""
    if len(content) > LARGEST:
        said.miss("inside")
        return b""
    return content
