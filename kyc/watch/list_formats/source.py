"""Bytes of a list, unpacked within bounds and cut into lines whose encoding is checked."""

import gzip
import hashlib
import re
import zlib
from collections.abc import Iterator
from typing import IO

from kyc.watch.list_formats.entry import ListError

CHUNK = 1 << 16
LONGEST_LINE = 1 << 20
LARGEST = 2 << 30  # unpacked bytes of one file
# A packed list gives five to twenty times its bytes; beyond this it was made to fill the machine.
LARGEST_RATIO, RATIO_FROM = 150, 64 << 20
GZIP = b"\x1f\x8b"
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
END_MARK = b"\x1a"  # some lists close with it, as files of DOS did
UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


def chunks(file: IO[bytes], digest: "hashlib._Hash | None" = None) -> Iterator[bytes]:
    """The plain bytes of a file, gzipped or not, piece by piece. Raises ListError past a bound."""
    file.seek(0)
    packed_size = file.seek(0, 2)
    file.seek(0)
    is_packed = file.read(2) == GZIP
    file.seek(0)
    plain: IO[bytes] = gzip.GzipFile(fileobj=file) if is_packed else file  # type: ignore[assignment]
    size = 0
    while piece := _piece(plain):
        size += len(piece)
        is_bomb = is_packed and size > RATIO_FROM and size > packed_size * LARGEST_RATIO
        if size > LARGEST or is_bomb:
            raise ListError("too-large", limit=LARGEST)
        if digest is not None:
            digest.update(piece)
        yield piece


def _piece(plain: IO[bytes]) -> bytes:
    try:
        return plain.read(CHUNK)
    except EOFError as cut:
        raise ListError("gzip-cut") from cut
    except (gzip.BadGzipFile, zlib.error) as broken:
        raise ListError("gzip-broken", why=str(broken)) from broken


class Lines:
    """The lines of a text in UTF-8, with their ends; `number` is that of the last one given."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self.number = 0
        self.has_end_mark = False

    def __iter__(self) -> Iterator[str]:
        rest = b""
        for piece in self._pieces:
            *whole, rest = (rest + piece).split(b"\n")
            for line in whole:
                yield from self._text(line + b"\n")
            if len(rest) > LONGEST_LINE:
                raise ListError("long-line", self.number + 1, limit=LONGEST_LINE)
        if rest:
            yield from self._text(rest)

    def _text(self, line: bytes) -> Iterator[str]:
        self.number += 1
        if len(line) > LONGEST_LINE:
            raise ListError("long-line", self.number, limit=LONGEST_LINE)
        if self.number == 1:
            line = self._first(line)
        if self.has_end_mark and line.strip():
            raise ListError("control", self.number - 1, found="1A")
        if line.strip() == END_MARK:
            self.has_end_mark = True
            return
        if found := CONTROL.search(line):
            raise ListError("control", self.number, found=f"{found[0][0]:02X}")
        try:
            yield line.decode()
        except UnicodeDecodeError as wrong:
            byte = f"{line[wrong.start]:02X}"
            raise ListError("encoding", self.number, found=byte, at=wrong.start + 1) from wrong

    def _first(self, line: bytes) -> bytes:
        if line.startswith(UTF_16) or line.count(0) > len(line) // 4:
            raise ListError("utf-16", 1)
        return line.removeprefix(b"\xef\xbb\xbf")
