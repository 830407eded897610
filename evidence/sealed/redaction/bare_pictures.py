"""Compressed pictures without what cameras and programs wrote beside the pixels. Pure."""

from typing import Final

_KEPT: Final = {0xEE}  # Adobe's: it says how colours are coded
_ALONE: Final = {0x01, *range(0xD0, 0xD8)}
_START_OF_SCAN, _END = 0xDA, 0xD9


def bare_jpeg(content: bytes) -> bytes:
    """Without application segments, comments and what follows the end. Raises ValueError."""
    if not content.startswith(b"\xff\xd8"):
        raise ValueError("no JPEG")
    kept, at = [b"\xff\xd8"], 2
    while True:
        at = _next_marker(content, at)
        marker = content[at + 1]
        if marker == _END:
            return b"".join([*kept, b"\xff\xd9"])
        if marker in _ALONE:
            kept.append(content[at : at + 2])
            at += 2
            continue
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == _START_OF_SCAN:
            end = _end_of_scan(content, end)
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker in _KEPT:
            kept.append(content[at:end])
        at = end


def _next_marker(content: bytes, at: int) -> int:
    while at + 1 < len(content):
        if content[at] != 0xFF:
            raise ValueError("no marker")
        if content[at + 1] not in (0xFF, 0x00):
            return at
        at += 1
    raise ValueError("no end")


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands that is none of the coded pixels."""
    while (at := content.find(b"\xff", at)) != -1 and at + 1 < len(content):
        if content[at + 1] not in (0x00, *range(0xD0, 0xD8)):
            return at
        at += 2
    raise ValueError("no end")


_SIGNATURE: Final = b"\x00\x00\x00\x0cjP  \r\n\x87\n"
_BOXES: Final = {b"jP  ", b"ftyp", b"jp2h", b"jp2c"}


def bare_jpeg2000(content: bytes) -> bytes:
    """Only the boxes that hold the picture. Raises ValueError."""
    if content.startswith(b"\xff\x4f\xff\x51"):
        return content
    if not content.startswith(_SIGNATURE):
        raise ValueError("no JPEG 2000")
    kept, at = [], 0
    while at + 8 <= len(content):
        length, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        if length == 1:
            length = int.from_bytes(content[at + 8 : at + 16], "big")
        end = at + length if length else len(content)
        if end <= at:
            raise ValueError("no length")
        if kind in _BOXES:
            kept.append(content[at:end])
        at = end
    return b"".join(kept)
