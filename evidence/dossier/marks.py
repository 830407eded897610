"""The marks and the line on paper, drawn as vectors: every state reads without colour.

Pure. Filled disc: stands. Half disc: one side says so. Ring: missing. Cross: broken. Tick: not due.
"""

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import Flowable, Paragraph

from evidence.dossier.paper import INK, SECOND, marked, para

RADIUS = 3.4
DATES, GUTTER = 82, 26  # widths of the columns left of the text
DASHES = {"solid": [], "dashed": [4, 3], "dotted": [0.8, 3]}
SPACE_BELOW = 9


def draw(canvas: Any, kind: str, x: float, y: float) -> None:
    """One mark around its middle."""
    canvas.saveState()
    canvas.setStrokeColor(INK)
    canvas.setFillColor(INK)
    canvas.setLineWidth(1.4)
    if kind == "full":
        canvas.circle(x, y, RADIUS, stroke=1, fill=1)
    elif kind in ("half", "open"):
        canvas.circle(x, y, RADIUS, stroke=1, fill=0)
    if kind == "half":
        canvas.wedge(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS, 90, 180, stroke=0, fill=1)
    elif kind == "cross":
        canvas.setLineWidth(1.8)
        canvas.line(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS)
        canvas.line(x - RADIUS, y + RADIUS, x + RADIUS, y - RADIUS)
    elif kind == "later":
        canvas.setStrokeColor(SECOND)
        canvas.line(x, y - RADIUS, x, y + RADIUS)
    canvas.restoreState()


class State(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """A mark with its words, in a cell or as a line of its own."""

    def __init__(self, kind: str, words: Paragraph) -> None:
        super().__init__()
        self.kind, self.words = kind, words

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, self.words.wrap(width - 13, height)[1]
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        parts = self.words.split(width - 13, height)
        return [State(self.kind if at == 0 else "", part) for at, part in enumerate(parts)]

    def draw(self) -> None:
        self.words.drawOn(self.canv, 13, 0)
        draw(self.canv, self.kind, 4.2, self.height - self.words.style.leading / 2 - 0.6)


def state(kind: str, text: object, style: str = "text") -> State:
    return State(kind, para(text, style))


class Step(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """A row of a timeline: date, mark on the line, what happened. `line` leads to the next row."""

    def __init__(
        self,
        dates: Sequence[Paragraph],
        kind: str,
        body: Sequence[Flowable],
        *,
        line: str = "solid",
        above: str = "",
    ) -> None:
        super().__init__()
        self.dates, self.kind, self.body = list(dates), kind, list(body)
        self.line, self.above = line, above

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        room = width - DATES - GUTTER
        tall = sum(item.wrap(room, height)[1] for item in self.body)
        dated = sum(item.wrap(DATES, height)[1] for item in self.dates)
        self.height = max(tall, dated) + SPACE_BELOW
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Only a step that is longer than a page's rest and has much text is divided."""
        room, left = width - DATES - GUTTER, height - SPACE_BELOW
        upper: list[Flowable] = []
        rest = list(self.body)
        while rest:
            tall = rest[0].wrap(room, height)[1]
            if tall > left:
                break
            upper.append(rest.pop(0))
            left -= tall
        parts = rest[0].split(room, left) if rest and left > 40 else []
        if len(parts) > 1:
            upper.append(parts[0])
            rest[:1] = parts[1:]
        if not upper or not rest or (height < 120 and not len(parts) > 1):
            return []
        first = Step(self.dates, self.kind, upper, line=self.line, above=self.above)
        return [first, Step([], "", rest, line=self.line, above=self.line)]

    def draw(self) -> None:
        self._lines()
        top = self.height
        for item in self.dates:
            item.drawOn(self.canv, 0, top - item.height)
            top -= item.height
        top = self.height
        for item in self.body:
            item.drawOn(self.canv, DATES + GUTTER, top - item.height)
            top -= item.height

    def _lines(self) -> None:
        x, y = DATES + GUTTER / 2, self.height - 6
        room = RADIUS + 1.6 if self.kind else 0
        if not self.kind:
            y = self.height
        self._line(self.above, x, self.height, y + room)
        self._line(self.line, x, y - room, 0)
        draw(self.canv, self.kind, x, y)

    def _line(self, how: str, x: float, top: float, bottom: float) -> None:
        """A stretch of the line; a gap has end caps and nothing between them."""
        if not how or top <= bottom:
            return
        self.canv.saveState()
        self.canv.setLineWidth(1.5)
        self.canv.setStrokeColor(INK)
        if how == "gap":
            self.canv.line(x - 4, bottom, x + 4, bottom)
        else:
            self.canv.setDash(DASHES[how])
            self.canv.line(x, top, x, bottom)
        self.canv.restoreState()


class Gap(Step):
    """A stretch for which nobody answers: end caps, and its length in words."""

    def _lines(self) -> None:
        x = DATES + GUTTER / 2
        self.canv.saveState()
        self.canv.setLineWidth(1.5)
        for y in (self.height, 4):
            self.canv.line(x - 5, y, x + 5, y)
        self.canv.restoreState()
        self._line(self.line, x, 4, 0)


def dates(day: str, below: str) -> list[Paragraph]:
    return [marked(f"<b>{day}</b>", "number"), marked(below, "byright")]


def year(text: str, line: str) -> Step:
    """A year in a timeline that spans several."""
    return Step([marked(f"<b>{text}</b>", "number")], "", [], line=line, above="")
