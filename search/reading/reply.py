"""What the walled process answers, taken apart with as much doubt as the file itself: who breaks
the reader writes the answer. Nothing here raises.
"""

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from search.reading import reasons

PLACES: Final = 2_100  # the reader's own limit is below
CHARACTERS: Final = 6_000_000
LONGEST_PLACE: Final = 200


@dataclass(frozen=True)
class Piece:
    """A place with its text, or with a picture of it, or the end with its reason and the scans."""

    place: str = ""
    text: str = ""
    picture: bytes = b""
    is_end: bool = False
    reason: str = ""
    scans: tuple[int, ...] = ()


def pieces(said: bytes) -> Iterator[Piece]:
    """As far as they can be read: a process that was killed leaves half a line."""
    room = CHARACTERS
    for line in said.split(b"\n")[:PLACES]:
        piece = _piece(_parsed(line), room)
        if piece is not None:
            room -= len(piece.text)
            yield piece


def kept(text: object) -> str:
    """Text that every database takes."""
    if not isinstance(text, str):
        return ""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "").replace("\f", "\n")


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _piece(line: dict[str, Any], room: int) -> Piece | None:
    place = kept(line.get("place"))[:LONGEST_PLACE]
    if "end" in line:
        return Piece(is_end=True, reason=_reason(line["end"]), scans=_numbers(line.get("scans")))
    if "picture" in line:
        return Piece(place, picture=_bytes(line["picture"]))
    if text := kept(line.get("text"))[: max(0, room)]:
        return Piece(place, text)
    return None


def _reason(said: object) -> str:
    return said if isinstance(said, str) and (said in reasons.WORDS or not said) else "crash"


def _numbers(said: object) -> tuple[int, ...]:
    found = said if isinstance(said, list) else []
    return tuple(n for n in found[:PLACES] if isinstance(n, int) and 0 < n <= PLACES)


def _bytes(said: object) -> bytes:
    try:
        return base64.b64decode(said) if isinstance(said, str) else b""
    except (binascii.Error, ValueError):
        return b""
