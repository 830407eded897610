"""Presentations of PowerPoint 97 to 2003: the texts among its records ([MS-PPT], 2.3.1). Pure."""

import struct
from typing import Any, Final

from evidence.sealed.words.said import Lines, Said, numbered

CONTAINER: Final = 0xF
WIDE, NARROW, SLIDE_NAME = 0x0FA0, 0x0FA8, 0x0FBA


def read(held: Any, said: Said) -> None:
    data = held.openstream("PowerPoint Document").read()
    lines = Lines(said, numbered("paragraph", "text:"))
    at = 0
    while at + 8 <= len(data):
        version, kind, size = struct.unpack_from("<HHI", data, at)
        at += 8
        if version & 0xF == CONTAINER:
            continue  # its records follow
        if kind in (WIDE, NARROW, SLIDE_NAME):
            encoding = "cp1252" if kind == NARROW else "utf-16-le"
            for line in data[at : at + size].decode(encoding, "replace").split("\r"):
                lines.add(line.replace("\x0b", "\n"))
        at += size
        said.look_at_the_clock()
    lines.flush()
