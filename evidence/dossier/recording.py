"""A canvas that writes no file: it keeps what was drawn on each page, without numbers.

Pure. Nothing here can lead out of the file: an address outside it is drawn, never linked.
"""

import zlib
from typing import Any

from PIL import Image
from reportlab.lib.rl_accel import fp_str
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from evidence.dossier.faces.face import drawn
from evidence.dossier.piece import Awaited, Bitmap, Bookmark, Link, Page, Piece, Place

LEVEL = 6  # of compression: higher ones cost time and save nothing that is seen


def font_name(face: str) -> str:
    """What a face is called in the resources of every page."""
    return f"/{face}"


class Text(PDFTextObject):  # type: ignore[misc]  # reportlab is untyped
    """Text in faces of a static encoding: two bytes for each glyph of the cut face."""

    def _setFont(self, psfontname: str, size: float) -> None:  # reportlab's name
        self._fontname, self._fontsize, self._curSubset = psfontname, size, -1

    def setFont(self, psfontname: str, size: float, leading: float | None = None) -> None:
        self._setFont(psfontname, size)
        self._leading = size * 1.2 if leading is None else leading

    def _formatText(self, text: str) -> str:  # reportlab's name
        face = pdfmetrics.getFont(self._fontname)
        face.splitString(text, self._canvas._doc)  # notes what is drawn
        drawn = face.show(text, self._fontsize, self._rise)
        if self._curSubset == 0:
            return str(drawn)
        self._curSubset = 0
        size, leading = fp_str(self._fontsize), fp_str(self._leading)
        return f"{font_name(self._fontname)} {size} Tf {leading} TL {drawn}"


class Recorder(Canvas):  # type: ignore[misc]  # reportlab is untyped
    """Takes what reportlab draws; `piece` is what was taken."""

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
        self._awaited.append(Awaited(key, face, size, *self._at(x, y)))

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
