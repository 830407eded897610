"""Rows of bars: what was lost hatched, sides by pattern, each labelled where it ends. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from casework.charts.drawing import (
    LINE,
    PAD,
    WIDTH,
    Drawing,
    Rect,
    Stroke,
    Text,
    broken,
    label,
    measure,
    steps,
)

ROW, THICK = 28, 18
LABELS = 150  # the widest column of labels
MOST = 18  # rows that are drawn; the table has them all


@dataclass(frozen=True)
class Bar:
    """A row: `value` None is not shown, and `word` says why; `lost` is hatched up to the last."""

    name: str
    value: float | None
    word: str = ""  # bold, at the end of the bar
    more: str = ""  # after it, in small
    kind: str = "fill"
    lost: float = 0


@dataclass(frozen=True)
class Span:
    """A value with the range around it, such as a share with its interval."""

    name: str
    low: float | None
    middle: float | None
    high: float | None
    word: str = ""


def bars(title: str, desc: str, rows: Sequence[Bar], *, rest: str = "") -> Drawing:
    """One bar for each of the first rows, the longest as wide as the room leaves; `rest` says
    that there are more."""
    is_cut, rows = len(rows) > MOST, rows[:MOST]
    names, left = _labels([row.name for row in rows])
    room = WIDTH - left - PAD - max((_end(row) for row in rows), default=0)
    most = max((_whole(row) for row in rows), default=0) or 1
    rects: list[Rect] = []
    texts: list[Text] = []
    y = 4.0
    for row, lines in zip(rows, names, strict=True):
        high = max(ROW, LINE * len(lines) + 8)
        middle = y + high / 2
        texts += label(lines, left - PAD, middle)
        shown = (row.value or 0) / most * room
        lost = row.lost / most * room
        if row.value:
            rects.append(_rect(left, middle, max(shown, 1.5), row.kind))
        if lost:
            rects.append(_rect(left + shown, middle, lost, "lost"))
        texts += _words(row, left + shown + lost + 7, middle + 4.5)
        y += high
    if is_cut:
        texts.append(Text(left, y + 16, rest, "2"))
        y += ROW
    return Drawing(title, desc, WIDTH, round(y + 4), rects=tuple(rects), texts=tuple(texts))


def spans(
    title: str, desc: str, rows: Sequence[Span], *, highest: float, unit: str, rest: str = ""
) -> Drawing:
    """A dot for each value on a line for its range, over one axis; `unit` follows its numbers."""
    is_cut, rows = len(rows) > MOST, rows[:MOST]
    names, left = _labels([row.name for row in rows])
    words = max((measure(row.word, is_bold=True) for row in rows), default=0)
    room = WIDTH - left - max(words + 14, measure(f"{steps(highest, 5)[-1]:g}{unit}") / 2)
    axis = _axis(highest, unit, room)
    strokes: list[Stroke] = []
    texts: list[Text] = []
    spots: list[tuple[float, float]] = []
    y = 4.0
    for row, lines in zip(rows, names, strict=True):
        high = max(ROW, LINE * len(lines) + 8)
        middle = y + high / 2
        texts += label(lines, left - PAD, middle)
        if row.low is not None and row.high is not None and row.middle is not None:
            low, mid, high_end = (
                left + v / axis[-1] * room for v in (row.low, row.middle, row.high)
            )
            strokes += [
                Stroke(((low, middle), (high_end, middle)), "ln"),
                *_caps(low, high_end, middle),
            ]
            spots.append((mid, middle))
        texts.append(
            Text(left + room + 12, middle + 4.5, row.word, "b" if row.middle is not None else "2")
        )
        y += high
    grid = [Stroke(((left + v / axis[-1] * room, 0), (left + v / axis[-1] * room, y)), "guide")
            for v in axis]  # fmt: skip
    texts += [Text(left + v / axis[-1] * room, y + 16, f"{v:g}{unit}", "2c") for v in axis]
    if is_cut:
        y += ROW
        texts.append(Text(left, y + 12, rest, "2"))
    return Drawing(
        title, desc, WIDTH, round(y + 22),
        strokes=tuple(grid + strokes), spots=tuple(spots), texts=tuple(texts),
    )  # fmt: skip


def _axis(highest: float, unit: str, room: float) -> list[float]:
    """As many round numbers as stand beside each other without touching."""
    for most in (5, 4, 2):
        axis = steps(highest, most)
        if (measure(f"{axis[-1]:g}{unit}") + PAD) * (len(axis) - 1) <= room:
            return axis
    return steps(highest, 1)


def _labels(names: Sequence[str]) -> tuple[list[list[str]], float]:
    """The labels in lines, and where the bars begin."""
    found = [broken(name, LABELS - PAD) for name in names]
    widest = max((measure(line) for lines in found for line in lines), default=0)
    return found, widest + 2 * PAD


def _whole(row: Bar) -> float:
    return (row.value or 0) + row.lost


def _end(row: Bar) -> float:
    more = measure(row.more) + 7 if row.more else 0
    return 7 + measure(row.word, is_bold=True) + more


def _rect(x: float, middle: float, width: float, kind: str) -> Rect:
    return Rect(round(x, 1), middle - THICK / 2, round(width, 1), THICK, kind)


def _words(row: Bar, x: float, y: float) -> list[Text]:
    said = [Text(round(x, 1), y, row.word, "b" if row.value is not None else "2")]
    if row.more:
        beside = x + measure(row.word, is_bold=True) + 7
        said.append(Text(round(beside, 1), y, row.more, "2"))
    return said


def _caps(low: float, high: float, y: float) -> list[Stroke]:
    return [Stroke(((x, y - 5), (x, y + 5)), "ln") for x in (low, high)]
