"""What a file says, place by place, cleaned and within bounds. Pure."""

import base64
import io
import json
import re
import time
from collections.abc import Callable
from typing import IO, Final

from evidence.sealed.refusal import Refused

PLACES: Final = 2_000
CHARACTERS: Final = 5_000_000
LONGEST: Final = 20_000  # characters of one place; a longer text goes on in the next
CHUNK: Final = 6_000  # characters that lines gather before they become a place
PICTURES: Final = 20  # that lie in one file
LONGEST_PLACE: Final = 200
UNPACKED: Final = 200 << 20  # bytes that one file may unpack to, with all that lies in it
DEEPEST: Final = 4  # a file in an archive in a message in a message
# Control characters, noncharacters, the hyphen that a line's end took (as PDF readers mark it), and
# marks that turn the reading direction of what stands beside them.
_DROPPED: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_BLANK: Final = re.compile(r"[^\S\n]+")
_LINES: Final = re.compile(r" ?\n ?")
_EMPTY_LINES: Final = re.compile(r"\n{3,}")


class Enough(Exception):
    """What was said so far is kept; the rest of the file is not read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def clean(text: str) -> str:
    """Text that every database and every page can hold, with single spaces and short gaps."""
    if not text.isascii():
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\f", "\n")
    text = _BLANK.sub(" ", _DROPPED.sub("", text))
    return _EMPTY_LINES.sub("\n\n", _LINES.sub("\n", text)).strip()


class Said:
    """Writes one line of JSON for each place as soon as it is known, so that a kill loses little.

    `until` is the processor time at which the reading stops by itself.
    """

    def __init__(
        self,
        write: Callable[[bytes], object],
        read: Callable[[IO[bytes], "Said"], None],
        *,
        until: float = 1e9,
        draws: bool = False,
    ) -> None:
        self.write = write
        self.until = until
        self.draws = draws
        self.drawn = 0
        self.places = self.characters = 0
        self.scans: list[int] = []
        self.trouble = ""
        self._read = read
        self._inside: tuple[str, ...] = ()
        self.room = UNPACKED

    def enclosed(self, name: str, content: bytes) -> None:
        """A file within the file."""
        self.within(name, lambda: self._read(io.BytesIO(content), self))

    def within(self, name: str, read: Callable[[], None]) -> None:
        """What is read here is named as said inside, and fails alone."""
        if len(self._inside) >= DEEPEST:
            self.miss("depth")
            return
        before = self._inside
        self._inside = (*before, step("inside", name or "?"))
        try:
            read()
        except (Enough, MemoryError):
            raise
        except Refused as refused:
            if refused.reason != "no_reader":  # its name was said, and it has no words
                self.miss("password" if refused.reason == "password" else "inside")
        except Exception:  # whatever a reader raises for hostile bytes
            self.miss("inside")
        finally:
            self._inside = before

    def unpacked(self, file: IO[bytes]) -> "Metered":
        return Metered(file, self)

    @property
    def is_inside(self) -> bool:
        return bool(self._inside)

    def say(self, place: str, text: str) -> None:
        """Raises Enough past the bounds."""
        self.look_at_the_clock()
        text = clean(text)
        while text:
            piece, text = _cut(text)
            self._put(place, piece)

    def show(self, place: str, draw: Callable[[], bytes]) -> None:
        """A picture of text that lies in the file, drawn anew for whoever can read it."""
        if not self.draws:
            self.miss("no_ocr")
        elif self.drawn >= PICTURES:
            self.miss("pages")
        else:
            self.look_at_the_clock()
            picture = base64.b64encode(draw()).decode("ascii")
            self.drawn += 1
            self.write(_line({"place": self._named(place), "picture": picture}))

    def look_at_the_clock(self) -> None:
        if time.process_time() > self.until:
            raise Enough("time")

    def miss(self, reason: str) -> None:
        """Something within could not be read; the first reason is told."""
        self.trouble = self.trouble or reason

    def end(self, reason: str = "") -> None:
        self.write(_line({"end": reason or self.trouble, "scans": self.scans}))

    def _put(self, place: str, text: str) -> None:
        room = CHARACTERS - self.characters
        if self.places >= PLACES or room <= 0:
            raise Enough("limit")
        self.write(_line({"place": self._named(place), "text": text[:room]}))
        self.places += 1
        self.characters += len(text)

    def _named(self, place: str) -> str:
        return "|".join((*self._inside, place))[:LONGEST_PLACE]


class Metered:
    """A packed part that is read while there is room: past it the whole file ends, as a bomb."""

    def __init__(self, file: IO[bytes], said: Said) -> None:
        self.file = file
        self.said = said

    def read(self, size: int = -1) -> bytes:
        size = min(size, self.said.room + 1) if size >= 0 else self.said.room + 1
        piece = self.file.read(size)
        self.said.room -= len(piece)
        self.said.look_at_the_clock()
        if self.said.room < 0:
            raise Enough("bomb")
        return piece


def step(code: str, value: object) -> str:
    """One part of a place; what parts the parts cannot stand within."""
    return f"{code}:{clean(str(value)).replace('|', '/')[:80]}"


class Lines:
    """Lines gathered into places that are long enough to hold a phrase and short enough to show."""

    def __init__(self, said: Said, place: Callable[[int], str]) -> None:
        self.said = said
        self.place = place
        self.number = 0  # of the line that came last
        self._first = 1
        self._held: list[str] = []
        self._size = 0

    def add(self, text: str) -> None:
        self.number += 1
        self._held.append(text)
        self._size += len(text) + 1
        if self._size >= CHUNK:
            self.flush()

    def flush(self) -> None:
        text, first = "\n".join(self._held), self._first
        self._held, self._size, self._first = [], 0, self.number + 1
        if text:
            self.said.say(self.place(first), text)


def numbered(code: str, first: str) -> Callable[[int], str]:
    """Places named by the number they begin at; the first one has a name of its own."""
    return lambda number: first if number <= 1 else f"{code}:{number}"


def _cut(text: str) -> tuple[str, str]:
    if len(text) <= LONGEST:
        return text, ""
    at = max(text.rfind(" ", 0, LONGEST), text.rfind("\n", 0, LONGEST))
    at = at if at > LONGEST // 2 else LONGEST
    return text[:at], text[at:].lstrip()


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"
