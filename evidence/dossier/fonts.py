"""The faces of the dossier: serif is the record, sans the system, mono what two people compare.

A letter that a face lacks comes from another one; what none has is named, never left out.
"""

import threading
from collections.abc import Iterable
from pathlib import Path

from reportlab.pdfbase import pdfmetrics

from evidence.dossier.faces.cutting import LATIN, LEFTWARD, REGULAR, SEMIBOLD, Cut, cut
from evidence.dossier.faces.face import Face
from evidence.dossier.faces.program import Program
from evidence.dossier.faces.shaped import ShapedFace

SERIF, SANS, MONO = "Record", "System", "Mark"
ARABIC = "Arabic"
BOLD = "-Bold"
SERIF_FILE, SANS_FILE = "NotoSerif[wdth,wght].ttf", "NotoSans[wdth,wght].ttf"
MONO_FILE = "RobotoMono[wght].ttf"
ARABIC_FILE = "NotoSansArabic[wdth,wght].ttf"
CUTS = {
    face.name: face
    for face in (
        Cut(SERIF, "noto-serif", SERIF_FILE),
        Cut(f"{SERIF}-Bold", "noto-serif", SERIF_FILE, SEMIBOLD),
        Cut(SANS, "noto-sans", SANS_FILE),
        Cut(f"{SANS}-Bold", "noto-sans", SANS_FILE, SEMIBOLD),
        # for the scientific names of species, and nothing else
        Cut(f"{SANS}-Italic", "noto-sans", "NotoSans-Italic[wdth,wght].ttf", scripts=LATIN),
        Cut(MONO, "roboto-mono", MONO_FILE),
        Cut(f"{MONO}-Bold", "roboto-mono", MONO_FILE, SEMIBOLD),
        Cut(ARABIC, "noto-sans-arabic", ARABIC_FILE, REGULAR, LEFTWARD, is_shaped=True),
        Cut(f"{ARABIC}-Bold", "noto-sans-arabic", ARABIC_FILE, SEMIBOLD, LEFTWARD, is_shaped=True),
    )
}
FACES: dict[str, Face] = {}
_lock = threading.Lock()


def register(folder: Path | None = None) -> None:
    """Make the faces known to reportlab, once per process."""
    with _lock:
        for face in CUTS.values():
            if face.name not in FACES:
                FACES[face.name] = made = _face(face, folder)
                pdfmetrics.registerFont(made)
        for name in (SERIF, SANS, MONO, ARABIC):
            bold = f"{name}-Bold"
            italic = f"{name}-Italic" if f"{name}-Italic" in CUTS else name
            pdfmetrics.registerFontFamily(name, name, bold, italic, bold)


def covered(name: str) -> frozenset[int]:
    """The code points that a registered face can draw."""
    return FACES[name].covered


def program(name: str, glyphs: Iterable[int]) -> Program:
    """What a file must hold of a face for the glyphs that were drawn with it."""
    return FACES[name].program(frozenset(glyphs))


def _face(face: Cut, folder: Path | None) -> Face:
    title = f"{face.package.title()}-{face.name}"
    made = ShapedFace if face.is_shaped else Face
    return made(face.name, cut(face, folder), title=title)
