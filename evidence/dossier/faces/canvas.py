"""reportlab's canvas, with text that the faces write themselves: letters that join need more than
their codes. For papers of a page or two; the dossier has a canvas of its own. Pure.
"""

from typing import Any

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject


class FaceText(PDFTextObject):  # type: ignore[misc]  # reportlab is untyped
    _curSubset: int

    def _formatText(self, text: str) -> str:  # reportlab's name
        face = pdfmetrics.getFont(self._fontname)
        doc = self._canvas._doc
        face.note(text, doc)
        shown = face.show(text, self._fontsize, self._rise)
        if self._curSubset == 0:
            return str(shown)
        self._curSubset = 0
        size, leading = fp_str(self._fontsize), fp_str(self._leading)
        return f"{face.getSubsetInternalName(0, doc)} {size} Tf {leading} TL {shown}"


class FaceCanvas(Canvas):  # type: ignore[misc]  # reportlab is untyped
    def beginText(self, x: float = 0, y: float = 0, direction: str | None = None) -> Any:
        return FaceText(self, x, y, direction=direction)
