"""Labels of exact size as PDF: sheets of A4, or one page for each label of a roll.

Pure. The QR code is drawn as squares, so it is as sharp as the printer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import segno
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import KeepInFrame, Paragraph

from evidence.dossier import fonts
from evidence.dossier.faces.canvas import FaceCanvas
from evidence.dossier.text import markup

# A quarter of the code may be torn or dirty and it still reads.
ERROR_CORRECTION = "q"
QUIET_ZONE = 4  # modules, as ISO/IEC 18004 asks
PADDING = 2 * mm
MARK, SMALL = f"{fonts.MONO}-Bold", fonts.SANS


@dataclass(frozen=True)
class Label:
    """What one label says; `address` is in its code."""

    title: str
    mark: str  # the case's reference, or the kind of a place
    lines: tuple[str, ...]
    address: str


@dataclass(frozen=True)
class Format:
    """A label in points, and how many of them lie on a page."""

    word: str
    width: float
    height: float
    columns: int = 1
    rows: int = 1
    gap: float = 0.0  # between two columns

    @property
    def on_page(self) -> int:
        return self.columns * self.rows

    @property
    def page(self) -> tuple[float, float]:
        return A4 if self.on_page > 1 else (self.width, self.height)

    def corner(self, place: int) -> tuple[float, float]:
        """The lower left corner of a place on the page, counted in lines from the top."""
        if self.on_page == 1:
            return 0.0, 0.0
        row, column = divmod(place, self.columns)
        wide = self.columns * self.width + (self.columns - 1) * self.gap
        left, top = (A4[0] - wide) / 2, (A4[1] + self.rows * self.height) / 2
        return left + column * (self.width + self.gap), top - (row + 1) * self.height


FORMATS = {
    "a4-24": Format("A4, 24 of 63.5 by 33.9 mm", 63.5 * mm, 33.9 * mm, 3, 8, 2.5 * mm),
    "a4-14": Format("A4, 14 of 99.1 by 38.1 mm", 99.1 * mm, 38.1 * mm, 2, 7, 2.5 * mm),
    "roll-62": Format("Roll of 62 mm, label of 62 by 100 mm", 62 * mm, 100 * mm),
    "4x6": Format("Label of 4 by 6 inches, 102 by 152 mm", 102 * mm, 152 * mm),
}


def pdf(labels: Sequence[Label], chosen: Format, *, start: int = 1) -> bytes:
    """The labels, from place `start` of the first sheet on: a sheet may be used in part.

    The same labels give the same bytes. The faces must have been registered (fonts.register).
    """
    out = BytesIO()
    canvas = FaceCanvas(out, pagesize=chosen.page, invariant=True)
    canvas.setTitle("Labels")
    canvas.setViewerPreference("PrintScaling", "None")  # or the sizes are no longer exact
    first = start - 1 if chosen.on_page > 1 else 0
    for number, label in enumerate(labels):
        place = (first + number) % chosen.on_page
        if number and not place:
            canvas.showPage()
        canvas.saveState()
        canvas.translate(*chosen.corner(place))
        _draw(canvas, label, chosen)
        canvas.restoreState()
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def modules(address: str) -> list[list[bool]]:
    """The code as rows of dark (true) and light squares, without the quiet zone."""
    code = segno.make(address, error=ERROR_CORRECTION, micro=False)
    return [[bool(square) for square in row] for row in code.matrix]


def _draw(canvas: Any, label: Label, chosen: Format) -> None:
    wide, high = chosen.width - 2 * PADDING, chosen.height - 2 * PADDING
    if chosen.height > chosen.width:
        side = min(wide, high * 0.55)
        _code(canvas, label.address, (chosen.width - side) / 2, PADDING + high - side, side)
        _say(canvas, label, (PADDING, PADDING, wide, high - side), large=True)
    else:
        side = min(high, wide * 0.45)
        _code(canvas, label.address, PADDING, PADDING + (high - side) / 2, side)
        left = 2 * PADDING + side
        _say(canvas, label, (left, PADDING, chosen.width - left - PADDING, high), large=False)


def _code(canvas: Any, address: str, x: float, y: float, side: float) -> None:
    rows = modules(address)
    size = side / (len(rows) + 2 * QUIET_ZONE)
    canvas.setFillGray(0)
    path = canvas.beginPath()
    for at, row in enumerate(rows):
        top = y + side - (at + 1 + QUIET_ZONE) * size
        for start, length in _runs(row):
            path.rect(x + (start + QUIET_ZONE) * size, top, length * size, size)
    canvas.drawPath(path, stroke=0, fill=1)


def _runs(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Neighbouring dark squares as one: no hairline between them when it is rasterised."""
    at = 0
    while at < len(row):
        if not row[at]:
            at += 1
            continue
        start = at
        while at < len(row) and row[at]:
            at += 1
        yield start, at - start


def _say(canvas: Any, label: Label, box: tuple[float, float, float, float], *, large: bool) -> None:
    x, y, wide, high = box
    scale = 1.7 if large else 1.0
    title = _style("title", MARK, 15 * scale)
    mark, text = _style("mark", fonts.MONO, 7.5 * scale), _style("text", SMALL, 7 * scale)
    address = _style("address", fonts.MONO, 5 * scale)
    said = [
        Paragraph(markup(label.title, MARK), title),
        Paragraph(markup(label.mark, fonts.MONO), mark),
        *(Paragraph(markup(line, SMALL), text) for line in label.lines if line),
        Paragraph(markup(label.address, fonts.MONO), address),
    ]
    frame = KeepInFrame(wide, high, said, mode="shrink")
    _width, taken = frame.wrapOn(canvas, wide, high)
    frame.drawOn(canvas, x, y + high - taken)


def _style(name: str, face: str, size: float) -> ParagraphStyle:
    return ParagraphStyle(
        name, fontName=face, fontSize=size, leading=size * 1.2, splitLongWords=True
    )
