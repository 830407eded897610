"""Fonts whose outlines are cubic curves (CFF, as in Noto Sans CJK), redrawn for the glyphs used.

Pure. A volume holds one kind of outlines; the difference to the original stays under half a
thousandth of the size.
"""

import struct
from io import BytesIO

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

from evidence.dossier.faces.outlines import Outlines

NEAR = 0.0005  # of the size: how far a redrawn curve may lie from the original
MOST_POINTS, MOST_CONTOURS, ZONES = 0x4000, 0x400, 2


class CurvedOutlines(Outlines):
    def __init__(self, data: bytes, number: int = -1) -> None:
        super().__init__(data, number)
        font = TTFont(BytesIO(data), lazy=True, fontNumber=number)
        self._names = font.getGlyphOrder()
        self._glyphs = font.getGlyphSet()
        # The long form of the table, as fonts of this kind of outlines have it.
        most = (MOST_POINTS, MOST_CONTOURS, 0, 0, ZONES, 0, 0, 0, 0, 0, 0, 0, 0)
        self._tables["maxp"] = struct.pack(">LH13H", 0x10000, self.count, *most)

    def _outline(self, glyph: int) -> bytes:
        pen = TTGlyphPen(None)
        redrawn = Cu2QuPen(pen, NEAR * self.units, reverse_direction=True)
        self._glyphs[self._names[glyph]].draw(redrawn)
        made: Glyph = pen.glyph()
        data: bytes = made.compile(None, optimizeSize=False)
        return data

    def _metric(self, glyph: int) -> bytes:
        """The outline begins where it was redrawn to begin."""
        outline = self._outline(glyph)
        left = outline[2:4] if outline else b"\0\0"
        return super()._metric(glyph)[:2] + left


def read(data: bytes, number: int = -1) -> Outlines:
    """The outlines of a font of either kind. KeyError where it is of neither."""
    font = TTFont(BytesIO(data), lazy=True, fontNumber=number)
    is_curved = "CFF " in font or "CFF2" in font
    if not is_curved and "glyf" not in font:
        raise KeyError("glyf")
    return (CurvedOutlines if is_curved else Outlines)(data, number)
