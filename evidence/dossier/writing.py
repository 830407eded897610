"""Numbers drawn onto pages that were laid out before they were known. Pure."""

from types import SimpleNamespace

from reportlab.pdfbase import pdfmetrics

from evidence.dossier import pdffile
from evidence.dossier.faces.face import Drawn
from evidence.dossier.piece import Awaited
from evidence.dossier.recording import font_name


def number_at(awaited: Awaited, text: str, used: Drawn) -> bytes:
    """The operators of a short text that ends at a place; its glyphs are added to those used."""
    face = pdfmetrics.getFont(awaited.face)
    face.note(text, SimpleNamespace(drawn=used))
    x = awaited.x - face.stringWidth(text, awaited.size)
    said = (
        f"BT 0 g {font_name(awaited.face)} {_said(awaited.size)} Tf "
        f"{_said(x)} {_said(awaited.y)} Td {face.show(text, awaited.size)} ET"
    )
    return said.encode("ascii")


def _said(value: float) -> str:
    return pdffile.number(value).decode()
