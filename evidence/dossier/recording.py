"""A canvas that writes no file: it keeps what was drawn on each page, without numbers.

Pure. Nothing here can lead out of the file: an address outside it is drawn, never linked.
"""

import zlib
from functools import lru_cache
from operator import itemgetter
from typing import Any

from PIL import Image
from reportlab.lib.colors import Color, toColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from evidence.dossier.faces.face import drawn
from evidence.dossier.piece import Awaited, Bitmap, Bookmark, Link, Page, Piece, Place

STATE = itemgetter(*Canvas.STATE_ATTRIBUTES)
QUARTER = 0.5523  # of the radius: how far the handles of a quarter of a circle reach
LEVEL = 6  # of compression: higher ones cost time and save nothing that is seen


def font_name(face: str) -> str:
    """What a face is called in the resources of every page."""
    return f"/{face}"


def said(value: float) -> str:
    """A length, to a thousandth of a point."""
    written = f"{value:.3f}".rstrip("0").rstrip(".")
    return written if written != "-0" else "0"


class Text(PDFTextObject):  # type: ignore[misc]  # reportlab is untyped
    """Text in faces of a static encoding: two bytes for each glyph of the cut face."""

    def _setFont(self, psfontname: str, size: float) -> None:  # reportlab's name
        self._fontname, self._fontsize, self._curSubset = psfontname, size, -1

    def setFont(self, psfontname: str, size: float, leading: float | None = None) -> None:
        self._setFont(psfontname, size)
        self._leading = size * 1.2 if leading is None else leading

    def _formatText(self, text: str) -> str:  # reportlab's name
        face = pdfmetrics.getFont(self._fontname)
        face.note(text, self._canvas._doc)
        drawn = face.show(text, self._fontsize, self._rise)
        if self._curSubset == 0:
            return str(drawn)
        self._curSubset = 0
        size, leading = said(self._fontsize), said(self._leading)
        return f"{font_name(self._fontname)} {size} Tf {leading} TL {drawn}"

    def setTextOrigin(self, x: float, y: float) -> None:
        self._code.append(f"1 0 0 1 {said(x)} {said(y)} Tm")
        self._x0, self._y0, self._x, self._y = x, y, x, y

    def setFillColor(self, aColor: Color, alpha: float | None = None) -> None:
        self._fillColorObj = aColor
        self._code.append(f"{colour(aColor)} rg")


@lru_cache(maxsize=256)
def colour(given: Color) -> str:
    return " ".join(said(part) for part in toColor(given).rgb())


class Recorder(Canvas):  # type: ignore[misc]  # reportlab is untyped
    """Takes what reportlab draws; `piece` is what was taken."""

    _currentMatrix: tuple[float, float, float, float, float, float]

    def __init__(self, filename: Any = None, **how: Any) -> None:
        self._taken: list[Page] = []
        self._places: dict[str, Place] = {}
        self._bookmarks: list[Bookmark] = []
        self._bitmaps: dict[str, Bitmap] = {}
        self.template = ""
        super().__init__(None, **how)

    def piece(self) -> Piece:
        glyphs = {face: tuple(sorted(found)) for face, found in sorted(drawn(self._doc).items())}
        return Piece(
            tuple(self._taken), tuple(self._places.values()), tuple(self._bookmarks), glyphs,
            self._bitmaps,
        )  # fmt: skip

    def _make_preamble(self) -> None:
        self._preamble = ""

    def _restartAccumulators(self) -> None:  # reportlab's name
        super()._restartAccumulators()
        self._links: list[Link] = []
        self._awaited: list[Awaited] = []
        self._pictures: list[str] = []

    def showPage(self) -> None:
        width, height = self._pagesize
        content = zlib.compress("\n".join(self._code).encode("ascii"), LEVEL)
        self._taken.append(
            Page(content, float(width), float(height), self.template, tuple(self._links),
                 tuple(self._awaited), tuple(dict.fromkeys(self._pictures)))
        )  # fmt: skip
        self._startPage()

    def save(self) -> None:
        if self._code:
            self.showPage()

    def beginText(self, x: float = 0, y: float = 0, direction: str | None = None) -> Text:
        return Text(self, x, y, direction=direction)

    def setFont(self, psfontname: str, size: float, leading: float | None = None) -> None:
        self._fontname, self._fontsize = psfontname, size
        self._leading = size * 1.2 if leading is None else leading

    def push_state_stack(self) -> None:
        self.state_stack.append(STATE(self.__dict__))

    def pop_state_stack(self) -> None:
        self.__dict__.update(zip(self.STATE_ATTRIBUTES, self.state_stack.pop(), strict=True))

    def transform(self, a: float, b: float, c: float, d: float, e: float, f: float) -> None:
        a0, b0, c0, d0, e0, f0 = self._currentMatrix
        self._currentMatrix = (
            a0 * a + c0 * b, b0 * a + d0 * b, a0 * c + c0 * d, b0 * c + d0 * d,
            a0 * e + c0 * f + e0, b0 * e + d0 * f + f0,
        )  # fmt: skip
        turned = (f"{part:.6f}".rstrip("0").rstrip(".") for part in (a, b, c, d))
        self._code.append(" ".join([*turned, said(e), said(f), "cm"]))

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        self._code.append(f"n {said(x1)} {said(y1)} m {said(x2)} {said(y2)} l S")

    def circle(self, x_cen: float, y_cen: float, r: float, stroke: int = 1, fill: int = 0) -> None:
        """Four curves, each a quarter of it."""
        x, y, pull = x_cen, y_cen, r * QUARTER
        corners = (
            (x + r, y + pull, x + pull, y + r, x, y + r),
            (x - pull, y + r, x - r, y + pull, x - r, y),
            (x - r, y - pull, x - pull, y - r, x, y - r),
            (x + pull, y - r, x + r, y - pull, x + r, y),
        )
        curves = " ".join(f"{' '.join(map(said, corner))} c" for corner in corners)
        paint = {(1, 1): "B", (1, 0): "S", (0, 1): "f"}.get((stroke, fill), "n")
        self._code.append(f"{said(x + r)} {said(y)} m {curves} h {paint}")

    def setLineWidth(self, width: float) -> None:
        self._lineWidth = width
        self._code.append(f"{said(width)} w")

    def setFillColor(self, aColor: Color, alpha: float | None = None) -> None:
        self._fillColorObj = aColor
        self._code.append(f"{colour(aColor)} rg")

    def setStrokeColor(self, aColor: Color, alpha: float | None = None) -> None:
        self._strokeColorObj = aColor
        self._code.append(f"{colour(aColor)} RG")

    def _setFillAlpha(self, v: float) -> None:
        """Nothing is see-through on paper."""

    _setStrokeAlpha = _setFillAlpha

    def _at(self, x: float, y: float) -> tuple[float, float]:
        left, top = self.absolutePosition(x, y)
        return round(left, 2), round(top, 2)

    def bookmarkHorizontal(self, key: str, relativeX: float, relativeY: float, **_: Any) -> None:
        left, top = self._at(relativeX, relativeY)
        self._places.setdefault(key, Place(key, len(self._taken), left, top))

    def addOutlineEntry(self, title: str, key: str, level: int = 0, closed: Any = None) -> None:
        self._bookmarks.append(Bookmark(title, key, level))

    def await_number(self, key: str, face: str, size: float, x: float, y: float) -> None:
        """Keep a place for the number of an anchor's page, which ends at x."""
        self._code.append(f"%{len(self._awaited)}")  # a comment until the number is known
        self._awaited.append(Awaited(key, face, size, x, y))

    def linkRect(self, contents: str, destinationname: str, Rect: Any = None, **_: Any) -> None:
        left, bottom, right, top = self._absRect(Rect, 1)
        rect = (round(left, 2), round(bottom, 2), round(right, 2), round(top, 2))
        self._links.append(Link(destinationname, rect))

    def linkURL(self, *_: Any, **__: Any) -> None:
        """An address outside the file is words on paper."""

    def place_bitmap(self, bitmap: Bitmap) -> None:
        """Draw a picture into the unit square."""
        name = bitmap.name
        self._bitmaps.setdefault(name, bitmap)
        self._pictures.append(name)
        self._code.append(f"/{picture_name(name)} Do")

    def drawImage(
        self, image: Any, x: float, y: float, width: Any = None, height: Any = None, **_: Any
    ) -> tuple[int, int]:
        bitmap = flat(image if isinstance(image, ImageReader) else ImageReader(image))
        self.saveState()
        self.translate(x, y)
        self.scale(width or bitmap.width, height or bitmap.height)
        self.place_bitmap(bitmap)
        self.restoreState()
        return bitmap.width, bitmap.height


def picture_name(digest: str) -> str:
    return f"P{digest[:24]}"


def flat(reader: ImageReader) -> Bitmap:
    """A picture without loss on white: a drawn code or a signature."""
    image = reader._image.convert("RGBA")
    sheet = Image.new("RGB", image.size, "white")
    sheet.paste(image, mask=image.getchannel("A"))
    is_grey = all(band == sheet.getchannel("R") for band in sheet.split()[1:])
    drawn = sheet.convert("L") if is_grey else sheet
    space = "DeviceGray" if is_grey else "DeviceRGB"
    data = zlib.compress(drawn.tobytes(), 9)
    return Bitmap(drawn.width, drawn.height, space, "FlateDecode", data)
