"""A chart on paper: the shapes of casework.charts in black, patterns instead of colours. Pure."""

from collections.abc import Callable, Sequence
from typing import Any

from reportlab.lib.colors import Color, black, white
from reportlab.platypus import Flowable

from casework.charts.drawing import Drawing, Point, Rect, Stroke
from evidence.dossier import fonts
from evidence.dossier.paper import BODY, BOTTOM, HAIR, HEIGHT, SECOND, TOP
from evidence.dossier.text import plain

SCALE = 0.72  # points for a pixel: 13 pixels become 9.4 points
ROOM = 60  # for the heading above a chart that fills the page
BAND = Color(0.88, 0.88, 0.88)
LETTERS = 13
# how a stroke of a kind is drawn: width in pixels, colour, dashes
STROKES: dict[str, tuple[float, Any, Sequence[float]]] = {
    "ln": (2, black, ()),
    "guide": (0.8, HAIR, ()),
    "ln-dot": (1.6, SECOND, (2, 3)),
    "curve": (2.4, black, ()),
    "tick": (1.3, black, ()),
}
HATCHED: dict[str, tuple[float, float, float]] = {  # distance, width, slope
    "lost": (7, 0.7, 1),
    "court": (4, 1.5, -1),
}


class Chart(Flowable):  # type: ignore[misc]  # reportlab is untyped
    def __init__(self, drawing: Drawing) -> None:
        super().__init__()
        self.drawing = drawing
        highest = HEIGHT - TOP - BOTTOM - ROOM
        self.scale = min(SCALE, BODY / drawing.width, highest / drawing.height)
        self.width, self.height = drawing.width * self.scale, drawing.height * self.scale

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas, drawing = self.canv, self.drawing
        canvas.saveState()
        canvas.scale(self.scale, self.scale)
        for area in drawing.areas:
            self._fill(area.points, BAND)
        for stroke in drawing.strokes:
            self._stroke(stroke)
        for rect in drawing.rects:
            self._rect(rect)
        canvas.setFillColor(black)
        for x, y in drawing.spots:
            canvas.circle(x, self._up(y), 4.5, stroke=0, fill=1)
        for text in drawing.texts:
            self._say(text.x, text.y, text.text, text.kind)
        canvas.restoreState()

    def _up(self, y: float) -> float:
        """Paper counts from its foot."""
        return float(self.drawing.height - y)

    def _path(self, points: Sequence[Point]) -> Any:
        path = self.canv.beginPath()
        for at, (x, y) in enumerate(points):
            move: Callable[[float, float], None] = path.lineTo if at else path.moveTo
            move(x, self._up(y))
        return path

    def _fill(self, points: Sequence[Point], colour: Any) -> None:
        self.canv.setFillColor(colour)
        self.canv.drawPath(self._path(points), stroke=0, fill=1)

    def _stroke(self, stroke: Stroke) -> None:
        width, colour, dashes = STROKES[stroke.kind]
        self.canv.setLineWidth(width)
        self.canv.setStrokeColor(colour)
        self.canv.setDash(list(dashes))
        self.canv.drawPath(self._path(stroke.points), stroke=1, fill=0)
        self.canv.setDash([])

    def _rect(self, rect: Rect) -> None:
        canvas, y = self.canv, self._up(rect.y + rect.height)
        is_full = rect.kind in ("fill", "act")
        canvas.setFillColor(black if is_full else white)
        canvas.setStrokeColor(SECOND if rect.kind == "lost" else black)
        canvas.setLineWidth(0.8)
        canvas.rect(rect.x, y, rect.width, rect.height, stroke=1, fill=1)
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(rect.x, y, rect.width, rect.height)
        canvas.clipPath(clip, stroke=0, fill=0)
        if rect.kind in HATCHED:
            self._hatch(rect, y, *HATCHED[rect.kind])
        elif rect.kind == "defence":
            self._dots(rect, y)
        canvas.restoreState()

    def _hatch(self, rect: Rect, y: float, step: float, width: float, slope: float) -> None:
        self.canv.setLineWidth(width)
        x = rect.x - rect.height
        while x < rect.x + rect.width + rect.height:
            self.canv.line(x, y, x + slope * rect.height, y + rect.height)
            x += step

    def _dots(self, rect: Rect, y: float) -> None:
        self.canv.setFillColor(black)
        for across in range(int(rect.width / 4) + 1):
            for up in range(int(rect.height / 4) + 1):
                spot = rect.x + 2 + 4 * across, y + 2 + 4 * up
                self.canv.circle(*spot, 0.8, stroke=0, fill=1)

    def _say(self, x: float, y: float, text: str, kind: str) -> None:
        canvas = self.canv
        canvas.setFont(f"{fonts.SANS}-Bold" if "b" in kind else fonts.SANS, LETTERS)
        canvas.setFillColor(SECOND if "2" in kind else black)
        said = _drawable(text)
        if "e" in kind:
            canvas.drawRightString(x, self._up(y), said)
        elif "c" in kind:
            canvas.drawCentredString(x, self._up(y), said)
        else:
            canvas.drawString(x, self._up(y), said)


def _drawable(text: str) -> str:
    """What the face cannot draw is named, as in all text of a paper."""
    covered = fonts.covered(fonts.SANS)
    return "".join(char if ord(char) in covered else f"[U+{ord(char):04X}]" for char in plain(text))
