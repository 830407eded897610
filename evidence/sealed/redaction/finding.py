"""Where words stand on the pages of a PDF, by the letters that it tells, in two orders. Pure.

In the order in which the file draws them, and in the order in which they lie on the lines: one of
the two reads what a layout has torn apart.
"""

import ctypes
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from evidence.sealed.redaction.letters import Needle, Text

Rectangle = tuple[float, float, float, float]  # left, top, right, bottom
_MISSING: Final = {0, 0xFFFE, 0xFFFF, 0xFFFD}
TORN: Final = 0.35  # of a letter's height: a wider gap is a space


@dataclass
class Letters:
    """The characters of a page; boxes in its own space, from its left lower corner."""

    codes: list[int]
    unread: int  # characters that the file gives no letter for

    @property
    def text(self) -> str:
        return "".join(map(_character, self.codes))

    @property
    def is_empty(self) -> bool:
        return not any(_character(code).isalnum() for code in self.codes)


def _character(code: int) -> str:
    return " " if code in _MISSING or 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code)


class Sheet:
    """A page with its letters; close it."""

    def __init__(self, paper: pypdfium2.PdfDocument, number: int) -> None:
        self.page = paper[number - 1]
        self._read = self.page.get_textpage()
        count = max(0, pdfium.FPDFText_CountChars(self._read))
        codes = [pdfium.FPDFText_GetUnicode(self._read, index) for index in range(count)]
        unread = sum(
            pdfium.FPDFText_HasUnicodeMapError(self._read, index) == 1 for index in range(count)
        )
        self.letters = Letters(codes, unread)
        self._boxes: dict[int, Rectangle | None] = {}

    def close(self) -> None:
        self._read.close()
        self.page.close()

    def hits(self, needles: Sequence[Needle]) -> list[list[tuple[int, ...]]]:
        """For each needle the characters of each of its places."""
        drawn = Text(self.letters.text)
        found: list[dict[tuple[int, ...], None]] = []
        for needle in needles:
            places = [tuple(range(a, b + 1)) for a, b in needle.places(drawn)]
            found.append(dict.fromkeys(map(self._seen, places)))
        if needles:
            self._add_from_lines(needles, found)
        return [list(one) for one in found]

    def _seen(self, place: Iterable[int]) -> tuple[int, ...]:
        """Without what stands between the letters, so that both orders name a place alike."""
        return tuple(sorted(i for i in place if _character(self.letters.codes[i]).isalnum()))

    def _add_from_lines(
        self, needles: Sequence[Needle], found: list[dict[tuple[int, ...], None]]
    ) -> None:
        text, indices = self._by_lines()
        laid = Text(text)
        for needle, known in zip(needles, found, strict=True):
            for first, last in needle.places(laid):
                place = tuple(sorted(i for i in indices[first : last + 1] if i >= 0))
                known[place] = None

    def _by_lines(self) -> tuple[str, list[int]]:
        """The letters as they lie, line by line, and which each of them is (-1: a space)."""
        placed: dict[int, list[tuple[float, float, float, float, int]]] = {}
        for index, code in enumerate(self.letters.codes):
            box = self.box(index) if _character(code).isalnum() else None
            if box is not None:
                turn = round(math.degrees(self._angle(index))) % 360
                placed.setdefault(turn, []).append((*_turned(box, turn), index))
        text: list[str] = []
        order: list[int] = []
        for letters in placed.values():
            for line in _lines(letters):
                self._say_line(line, text, order)
        return "".join(text), order

    def _say_line(
        self, line: list[tuple[float, float, float, float, int]], text: list[str], order: list[int]
    ) -> None:
        end = None
        for along, _across, width, height, index in line:
            if end is not None and along - end > TORN * height:
                text.append(" ")
                order.append(-1)
            text.append(_character(self.letters.codes[index]))
            order.append(index)
            end = along + width
        text.append(" ")
        order.append(-1)

    def _angle(self, index: int) -> float:
        angle = pdfium.FPDFText_GetCharAngle(self._read, index)
        return angle if math.isfinite(angle) and angle > 0 else 0.0

    def box(self, index: int) -> Rectangle | None:
        """All that a letter may cover, None where it covers nothing."""
        if index not in self._boxes:
            self._boxes[index] = self._asked(index)
        return self._boxes[index]

    def _asked(self, index: int) -> Rectangle | None:
        found: list[Rectangle] = []
        loose = pdfium.FS_RECTF()
        if pdfium.FPDFText_GetLooseCharBox(self._read, index, loose):
            found.append((loose.left, loose.top, loose.right, loose.bottom))
        values = [ctypes.c_double() for _ in range(4)]
        if pdfium.FPDFText_GetCharBox(self._read, index, *values):
            left, right, bottom, top = (value.value for value in values)
            found.append((left, top, right, bottom))
        found = [one for one in found if all(map(math.isfinite, one))]
        if not found:
            return None
        box = (
            min(min(o[0], o[2]) for o in found), max(max(o[1], o[3]) for o in found),
            max(max(o[0], o[2]) for o in found), min(min(o[1], o[3]) for o in found),
        )  # fmt: skip
        return box if box[0] < box[2] or box[3] < box[1] else None

    def on_picture(self, place: Iterable[int], width: int, height: int) -> list[Rectangle]:
        """The place on a picture of the page as it is shown, a rectangle for each letter."""
        boxes = [self.box(index) for index in place]
        return [self._shown(box, width, height) for box in boxes if box is not None]

    def _shown(self, box: Rectangle, width: int, height: int) -> Rectangle:
        corners = [
            self._to_device(x, y, width, height) for x in (box[0], box[2]) for y in (box[1], box[3])
        ]
        across, down = [c[0] for c in corners], [c[1] for c in corners]
        return min(across), min(down), max(across), max(down)

    def _to_device(self, x: float, y: float, width: int, height: int) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(self.page, 0, 0, width, height, 0, x, y, across, down)
        return across.value, down.value


def _turned(box: Rectangle, degrees: int) -> tuple[float, float, float, float]:
    """Along the line, across it, width and height of a letter on a line that is turned so."""
    angle = math.radians(degrees)
    across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    along = across * math.cos(angle) + up * math.sin(angle)
    away = -across * math.sin(angle) + up * math.cos(angle)
    wide, high = box[2] - box[0], box[1] - box[3]
    if abs(math.sin(angle)) > 0.7:
        wide, high = high, wide
    return along - wide / 2, away, wide, high


def _lines(letters: list[Any]) -> Iterable[list[Any]]:
    """Letters whose middles are within half a letter's height of one another, from the top."""
    letters.sort(key=lambda one: -one[1])
    line: list[Any] = []
    for letter in letters:
        if line and line[-1][1] - letter[1] > 0.5 * max(letter[3], 0.1):
            yield sorted(line)
            line = []
        line.append(letter)
    if line:
        yield sorted(line)
