"""What a chart is made of: shapes with a kind and no colour, so that page and paper draw the same.

Pure. Lengths are pixels from the top left; the words are the caller's, already translated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import NamedTuple

WIDTH = 384  # no wider than the screen of a phone leaves: its letters keep their size
LETTER = 7.4  # the mean width of a letter of 13 pixels; a bare system's face is wider than most
LINE = 16  # from one line of a label to the next
PAD = 8

Point = tuple[float, float]


class Rect(NamedTuple):
    x: float
    y: float
    width: float
    height: float
    kind: str  # fill, act, lost, court, defence, open


class Text(NamedTuple):
    x: float
    y: float
    text: str
    kind: str = ""  # b bold, 2 secondary; c centred, e ends at x

    @property
    def classes(self) -> str:
        return " ".join(f"t{letter}" for letter in self.kind)


class Stroke(NamedTuple):
    points: tuple[Point, ...]
    kind: str  # ln, guide, ln-dot, curve, tick

    @property
    def path(self) -> str:
        return " ".join(f"{x:g},{y:g}" for x, y in self.points)


class Area(NamedTuple):
    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        return " ".join(f"{x:g},{y:g}" for x, y in self.points)


@dataclass(frozen=True)
class Drawing:
    """A chart; `title` names it, `desc` says in a sentence what is seen."""

    title: str
    desc: str
    width: int
    height: int
    rects: tuple[Rect, ...] = ()
    areas: tuple[Area, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    spots: tuple[Point, ...] = ()
    texts: tuple[Text, ...] = ()


def measure(text: str, *, is_bold: bool = False) -> float:
    return len(text) * LETTER * (1.06 if is_bold else 1)


def broken(text: str, most: float) -> list[str]:
    """A label in lines between words; nothing is cut off."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer) <= most:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]


def label(lines: Sequence[str], x: float, middle: float, kind: str = "e") -> list[Text]:
    """The lines of a label, centred on a row."""
    top = middle - LINE * (len(lines) - 1) / 2 + 4.5
    return [Text(x, top + LINE * at, text, kind) for at, text in enumerate(lines)]


def steps(highest: float, most: int = 6) -> list[float]:
    """Round numbers from nought for an axis; the last is not below the highest."""
    if highest <= 1:
        return [0, 1]
    rough = highest / most
    size = 10 ** floor(log10(rough))
    step = next(size * n for n in (1, 2, 2.5, 5, 10) if size * n >= rough - 1e-9)
    step = max(step, 1)
    count = int(highest / step - 1e-9) + 1
    return [round(step * at, 9) for at in range(count + 1)]
