"""Documents of Word 97 to 2003: the pieces of text that the document's table names, in order.

Offsets are those of [MS-DOC], sections 2.5 and 2.9.38 (Clx). Pure.
"""

import struct
from collections.abc import Iterator
from typing import Any, Final

from evidence.sealed.refusal import Refused
from evidence.sealed.words.said import Lines, Said, numbered

MAGIC: Final = 0xA5EC
ENCRYPTED, TABLE_1 = 0x0100, 0x0200
_COMPRESSED = 0x40000000
_FIELD = {"\x13": "", "\x14": "", "\x15": "", "\x01": "", "\x08": "", "\x05": "", "\x02": ""}
_SIGNS = str.maketrans(
    {"\x07": "\n", "\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x1e": "-", **_FIELD}
)


def read(held: Any, said: Said) -> None:
    document = held.openstream("WordDocument").read()
    magic, flags = struct.unpack_from("<H8xH", document)
    if magic != MAGIC:
        raise Refused("unreadable")
    if flags & ENCRYPTED:
        raise Refused("password")
    table = held.openstream("1Table" if flags & TABLE_1 else "0Table").read()
    at, size = struct.unpack_from("<II", document, 0x01A2)
    lines = Lines(said, numbered("paragraph", "text:"))
    rest = ""
    for piece in _pieces(document, table[at : at + size]):
        said.look_at_the_clock()
        *whole, rest = (rest + piece.translate(_SIGNS)).split("\n")
        for line in filter(str.strip, whole):
            lines.add(line)
    lines.add(rest)
    lines.flush()


def _pieces(document: bytes, index: bytes) -> Iterator[str]:
    at = 0
    while index[at : at + 1] == b"\x01":  # formatting, which says nothing
        at += 3 + struct.unpack_from("<H", index, at + 1)[0]
    if index[at : at + 1] != b"\x02":
        raise Refused("unreadable")
    size = struct.unpack_from("<I", index, at + 1)[0]
    index = index[at + 5 : at + 5 + size]
    count = (len(index) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", index)
    for n in range(count):
        where = struct.unpack_from("<I", index, 4 * (count + 1) + 8 * n + 2)[0]
        length = max(0, ends[n + 1] - ends[n])
        if where & _COMPRESSED:
            begin = (where & ~_COMPRESSED) // 2
            yield document[begin : begin + length].decode("cp1252", "replace")
        else:
            yield document[where : where + 2 * length].decode("utf-16-le", "replace")
