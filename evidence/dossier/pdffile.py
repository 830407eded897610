"""A PDF file written from its first byte to its last: objects go out as they come, nothing is kept.

Pure but for the stream it writes to. The same objects give the same bytes; the identifier in the
trailer is the digest of all bytes before it.
"""

import hashlib
import zlib
from array import array
from collections.abc import Mapping, Sequence
from typing import BinaryIO

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"  # the second line says that bytes follow
MISSING = 0
LEVEL = 6


class PdfFile:
    def __init__(self, out: BinaryIO) -> None:
        self._out, self._at = out, 0
        self._digest = hashlib.sha256()
        self._offsets = array("Q", [MISSING])  # by number; the first object is number 1
        self._write(HEADER)

    def reserve(self, count: int = 1) -> int:
        """The first of some numbers whose objects follow."""
        first = len(self._offsets)
        self._offsets.extend([MISSING] * count)
        return first

    def put(self, body: bytes, number: int = 0) -> int:
        """An object, under a reserved number or a new one."""
        number = number or self.reserve()
        self._offsets[number] = self._at
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        return number

    def stream(
        self, data: bytes, entries: Mapping[str, bytes] | None = None, number: int = 0
    ) -> int:
        """Bytes as they are; `entries` say how they are encoded."""
        said = dictionary({**(entries or {}), "Length": b"%d" % len(data)})
        return self.put(b"%b\nstream\n%b\nendstream" % (said, data), number)

    def flate(
        self, data: bytes, entries: Mapping[str, bytes] | None = None, number: int = 0
    ) -> int:
        said = {**(entries or {}), "Filter": b"/FlateDecode"}
        return self.stream(zlib.compress(data, LEVEL), said, number)

    def close(self, root: int, info: int) -> None:
        identifier = self._digest.hexdigest()[:32].encode()
        start, count = self._at, len(self._offsets)
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % count)
        for offset in self._offsets[1:]:
            if offset == MISSING:
                raise ValueError("a number was reserved, and its object never written")
            self._write(b"%010d 00000 n \n" % offset)
        trailer = dictionary(
            {
                "Size": b"%d" % count,
                "Root": reference(root),
                "Info": reference(info),
                "ID": b"[<%b> <%b>]" % (identifier, identifier),
            }
        )
        self._write(b"trailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (trailer, start))

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._digest.update(data)
        self._at += len(data)


def reference(number: int) -> bytes:
    return b"%d 0 R" % number


def references(numbers: Sequence[int]) -> bytes:
    return array_of([reference(number) for number in numbers])


def array_of(items: Sequence[bytes]) -> bytes:
    return b"[" + b" ".join(items) + b"]"


def dictionary(entries: Mapping[str, bytes]) -> bytes:
    """In the order given; names are ours, never typed ones."""
    said = b" ".join(b"/%b %b" % (name.encode("ascii"), value) for name, value in entries.items())
    return b"<< " + said + b" >>"


def number(value: float) -> bytes:
    return (f"{value:.2f}".rstrip("0").rstrip(".") or "0").encode()


def numbers(values: Sequence[float]) -> bytes:
    return array_of([number(value) for value in values])


def text(value: str) -> bytes:
    """A text string: nothing in it can end it."""
    if value.isascii() and value.isprintable():
        for char in "\\()":
            value = value.replace(char, f"\\{char}")
        return b"(" + value.encode() + b")"
    return b"<feff" + value.encode("utf-16-be", "replace").hex().encode() + b">"


def name(value: str) -> bytes:
    """A name; what is not a letter or a digit is written by its number."""
    said = b""
    for byte in value.encode():
        plain = byte < 0x80 and (chr(byte).isalnum() or byte in b"-_+.")
        said += bytes([byte]) if plain else b"#%02x" % byte
    return b"/" + said
