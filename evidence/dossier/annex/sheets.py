"""Where a page and its foot stand on a sheet, whatever the box, turn and unit of the page. Pure.

A page keeps its own size and turn. Its foot is written where nothing is drawn; where the page is
full, the sheet grows by a strip below it, so that nothing is hidden and nothing made smaller.
"""

from dataclasses import dataclass
from typing import Final

A4: Final = (595.276, 841.89)
STRIP: Final = 30.0  # points of an A4 sheet; larger sheets have larger feet
NARROWEST: Final = 220.0  # the foot's words need as much
ROOMY: Final = 300.0
USUAL: Final = 842.0  # the longer side of the sheets whose feet have the usual size
LARGEST: Final = 14400.0  # units of a page's side, the most that common readers take
SIDE, HEAD, CAPTION, BETWEEN = 48.0, 52.0, 112.0, 12.0  # around a picture on its A4 sheet
Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Leaf:
    """A page as it was made clean: its box and unit, how it is turned, what is empty below."""

    box: Box
    turn: int = 0
    unit: float = 1.0
    empty: float = 0.0

    @property
    def size(self) -> tuple[float, float]:
        """As it is seen, in points."""
        wide = (self.box[2] - self.box[0]) * self.unit
        high = (self.box[3] - self.box[1]) * self.unit
        return (high, wide) if self.turn % 180 else (wide, high)


@dataclass(frozen=True)
class Sheet:
    """`box`, `turn` and `unit` of the new page; where the old one and the upright words stand."""

    width: float  # as it is seen, in points
    height: float
    scale: float  # of the foot
    strip: float  # that was added below; 0 where the page had room
    box: Box
    turn: int
    unit: float
    page: Matrix
    words: Matrix  # from points of the upright sheet
    trim: Box  # where the old page stands
    caption: float = 0.0  # height below which the words under a picture stand


def grown(leaf: Leaf) -> Sheet:
    """The page in its own size, with a strip where its foot is full."""
    wide, high = leaf.size
    scale = max(1.0, min(max(wide, high) / USUAL, wide / ROOMY))
    width = max(wide, NARROWEST)
    has_room = width == wide and leaf.empty * leaf.unit >= STRIP * scale
    strip = 0.0 if has_room else STRIP * scale
    words = _upright(leaf, (width - wide) / 2, strip)
    box = _across(words, width, high + strip)
    small = min(1.0, LARGEST / max(box[2] - box[0], box[3] - box[1]))
    return Sheet(
        width=width, height=high + strip, scale=scale, strip=strip, turn=leaf.turn,
        box=_times(box, small), trim=_times(leaf.box, small), unit=leaf.unit / small,
        page=(small, 0, 0, small, 0, 0), words=_smaller(words, small),
    )  # fmt: skip


def pictured(leaf: Leaf) -> Sheet:
    """A picture on A4, lying where it is wider than high, with room for the words under it."""
    wide, high = leaf.size
    width, height = (A4[1], A4[0]) if wide > high else A4
    fit = min(1.0, (width - 2 * SIDE) / wide, (height - HEAD - CAPTION) / high)
    left, foot = (width - wide * fit) / 2, height - HEAD - high * fit
    page = (fit, 0, 0, fit, left - leaf.box[0] * fit, foot - leaf.box[1] * fit)
    return Sheet(
        width=width, height=height, scale=1, strip=0, turn=0, box=(0, 0, width, height), unit=1,
        page=page, words=(1, 0, 0, 1, 0, 0), trim=(0, 0, width, height), caption=foot - BETWEEN,
    )  # fmt: skip


def blank() -> Sheet:
    """An A4 sheet for words alone."""
    box = (0.0, 0.0, *A4)
    none = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return Sheet(
        width=A4[0], height=A4[1], scale=1, strip=0, turn=0, box=box, unit=1, page=none,
        words=none, trim=box,
    )  # fmt: skip


def _upright(leaf: Leaf, left: float, foot: float) -> Matrix:
    """From the sheet as it is seen, its corner so far below the old page's, to the page's units."""
    one, x, y = 1 / leaf.unit, left / leaf.unit, foot / leaf.unit
    low, bottom, right, top = leaf.box
    return {
        0: (one, 0.0, 0.0, one, low - x, bottom - y),
        90: (0.0, one, -one, 0.0, right + y, bottom - x),
        180: (-one, 0.0, 0.0, -one, right + x, top + y),
        270: (0.0, -one, one, 0.0, low - y, top + x),
    }[leaf.turn]


def _across(matrix: Matrix, width: float, height: float) -> Box:
    a, b, c, d, e, f = matrix
    xs, ys = (e, a * width + c * height + e), (f, b * width + d * height + f)
    return min(xs), min(ys), max(xs), max(ys)


def _times(box: Box, by: float) -> Box:
    x, y, right, top = box
    return x * by, y * by, right * by, top * by


def _smaller(matrix: Matrix, by: float) -> Matrix:
    a, b, c, d, e, f = matrix
    return a * by, b * by, c * by, d * by, e * by, f * by
