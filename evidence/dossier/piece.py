"""A piece of the dossier as it was laid out: its pages, before they have numbers.

Pure. As bytes it is a line with a digest, a head in JSON, and the contents and pictures behind it;
bytes that do not match their digest are refused.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MAGIC = b"casework-piece/1 "
DIGEST = 64  # hexadecimal digits


class Damaged(Exception):
    """The bytes are no whole piece: it has to be laid out again."""


@dataclass(frozen=True)
class Link:
    """A rectangle of a page that leads to an anchor: left, bottom, right, top."""

    key: str
    rect: tuple[float, float, float, float]


@dataclass(frozen=True)
class Awaited:
    """The number of the page of an anchor, drawn when it is known; it ends at x.

    In the content of its page a comment with its place in the list stands for it.
    """

    key: str
    face: str
    size: float
    x: float
    y: float


@dataclass(frozen=True)
class Place:
    """Where an anchor stands: page of the piece from 0, left and top in points."""

    key: str
    page: int
    left: float
    top: float


@dataclass(frozen=True)
class Bookmark:
    title: str
    key: str
    level: int


@dataclass(frozen=True)
class Bitmap:
    """A picture as the file holds it; its digest is its name."""

    width: int
    height: int
    space: str  # DeviceRGB or DeviceGray
    filter: str  # DCTDecode or FlateDecode
    data: bytes

    @property
    def name(self) -> str:
        said = f"{self.width} {self.height} {self.space} {self.filter} ".encode()
        return hashlib.sha256(said + self.data).hexdigest()


@dataclass(frozen=True)
class Page:
    content: bytes  # operators, compressed by zlib
    width: float
    height: float
    template: str
    links: tuple[Link, ...] = ()
    awaited: tuple[Awaited, ...] = ()
    pictures: tuple[str, ...] = ()  # names of bitmaps


@dataclass(frozen=True)
class Piece:
    pages: tuple[Page, ...]
    places: tuple[Place, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
    glyphs: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # drawn, by face
    bitmaps: Mapping[str, Bitmap] = field(default_factory=dict)


def to_bytes(piece: Piece) -> bytes:
    bitmaps = sorted(piece.bitmaps.items())
    blobs = [page.content for page in piece.pages] + [bitmap.data for _, bitmap in bitmaps]
    said = {
        "pages": [_said(page) for page in piece.pages],
        "places": [vars(one) for one in piece.places],
        "bookmarks": [vars(one) for one in piece.bookmarks],
        "glyphs": dict(piece.glyphs),
        "bitmaps": {name: vars(one) | {"data": len(one.data)} for name, one in bitmaps},
    }
    head = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
    body = b"\n".join([head, b"".join(blobs)])
    return MAGIC + hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def _said(page: Page) -> dict[str, Any]:
    return vars(page) | {
        "content": len(page.content),
        "links": [vars(one) for one in page.links],
        "awaited": [vars(one) for one in page.awaited],
    }


def from_bytes(data: bytes) -> Piece:
    """Raises Damaged."""
    start = len(MAGIC) + DIGEST + 1
    digest, body = data[len(MAGIC) : start - 1], memoryview(data)[start:]
    if data[: len(MAGIC)] != MAGIC or hashlib.sha256(body).hexdigest().encode() != digest:
        raise Damaged
    try:
        return _parsed(data, start)
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged from error


def _parsed(data: bytes, start: int) -> Piece:
    end = data.index(b"\n", start)
    said = json.loads(data[start:end])
    blobs = _Blobs(data, end + 1)
    pages = tuple(_page(one, blobs) for one in said["pages"])
    bitmaps = sorted(said["bitmaps"].items())
    return Piece(
        pages=pages,
        places=tuple(Place(**one) for one in said["places"]),
        bookmarks=tuple(Bookmark(**one) for one in said["bookmarks"]),
        glyphs={face: tuple(found) for face, found in said["glyphs"].items()},
        bitmaps={name: Bitmap(**one | {"data": blobs.take(one["data"])}) for name, one in bitmaps},
    )


class _Blobs:
    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at

    def take(self, length: int) -> bytes:
        self.at += length
        return self.data[self.at - length : self.at]


def _page(said: dict[str, Any], blobs: _Blobs) -> Page:
    return Page(
        content=blobs.take(said["content"]),
        width=said["width"],
        height=said["height"],
        template=said["template"],
        links=tuple(Link(one["key"], tuple(one["rect"])) for one in said["links"]),
        awaited=tuple(Awaited(**one) for one in said["awaited"]),
        pictures=tuple(said["pictures"]),
    )
