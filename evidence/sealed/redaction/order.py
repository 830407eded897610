"""What is asked of the work, and how it travels: numbers and words first, then the file. Pure."""

import io
import json
import struct
from dataclasses import dataclass
from typing import IO, Any, Final

FULL: Final = 10_000  # a page is so many parts wide and high
_HEAD: Final = struct.Struct(">Q")


@dataclass(frozen=True)
class Box:
    """A place on a page as it is shown, in ten-thousandths from its left upper corner."""

    page: int
    left: int
    top: int
    width: int
    height: int
    ground: str = ""


@dataclass(frozen=True)
class Word:
    """Words wherever they stand."""

    text: str
    ground: str = ""


@dataclass(frozen=True)
class Order:
    form: str  # PDF, or what Pillow calls the picture
    boxes: tuple[Box, ...] = ()
    words: tuple[Word, ...] = ()
    says_grounds: bool = False
    pixels: int = 150_000_000  # a picture with more is not unpacked

    def boxes_of(self, page: int) -> list[Box]:
        return [box for box in self.boxes if box.page == page]

    @property
    def marked(self) -> set[int]:
        return {box.page for box in self.boxes}


def packed(order: Order, content: bytes) -> bytes:
    """For the way into the walled process, where no words stand in a list of processes."""
    told = json.dumps(
        {
            "form": order.form,
            "boxes": [list(vars(box).values()) for box in order.boxes],
            "words": [list(vars(word).values()) for word in order.words],
            "says_grounds": order.says_grounds,
            "pixels": order.pixels,
        }
    ).encode()
    return _HEAD.pack(len(told)) + told + content


def taken(source: IO[bytes]) -> tuple[Order, bytes]:
    (length,) = _HEAD.unpack(source.read(_HEAD.size))
    told: dict[str, Any] = json.loads(source.read(length))
    told["boxes"] = tuple(Box(*one) for one in told["boxes"])
    told["words"] = tuple(Word(*one) for one in told["words"])
    return Order(**told), source.read()


def answer(report: dict[str, Any], content: bytes = b"") -> bytes:
    told = json.dumps(report).encode()
    return _HEAD.pack(len(told)) + told + content


def answered(said: bytes) -> tuple[dict[str, Any], bytes]:
    """What was found, and the copy; empty where there is none."""
    source = io.BytesIO(said)
    (length,) = _HEAD.unpack(source.read(_HEAD.size))
    return json.loads(source.read(length)), source.read()
