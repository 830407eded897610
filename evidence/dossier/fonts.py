"""The faces of the dossier: serif is the record, sans the system, mono what two people compare.

A letter that a face lacks comes from another one; what none has is named, never left out.
"""

import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from string import ascii_uppercase

from reportlab.pdfbase import pdfmetrics

from evidence.dossier.faces import fallback
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
# Where Debian's packages put faces with Chinese letters: fonts-droid-fallback, fonts-noto-cjk,
# fonts-wqy-microhei, fonts-wqy-zenhei.
INSTALLED = (
    Path("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf"),
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
    Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"),
)
FACES: dict[str, Face] = {}
FALLBACKS: list[str] = []  # faces that are asked in turn for a letter that no other has
_lock = threading.Lock()


def installed() -> list[Path]:
    """The best of the faces that Debian's packages put here: each is large, and one is enough."""
    return [path for path in INSTALLED if path.is_file()][:1]


def register(folder: Path | None = None, fallbacks: Sequence[Path] = ()) -> None:
    """Make the faces known to reportlab, once per process; a file that is not there is left out."""
    with _lock:
        for face in CUTS.values():
            if face.name not in FACES:
                FACES[face.name] = made = _face(face, folder)
                pdfmetrics.registerFont(made)
        if not FALLBACKS:
            _register_fallbacks(fallbacks or installed())
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


def _register_fallbacks(paths: Sequence[Path]) -> None:
    for letter, path in zip(ascii_uppercase, paths, strict=False):
        if path.is_file() and (made := fallback.load(f"Other-{letter}", path)):
            FACES[made.fontName] = made
            pdfmetrics.registerFont(made)
            FALLBACKS.append(made.fontName)


def _face(face: Cut, folder: Path | None) -> Face:
    title = f"{face.package.title()}-{face.name}"
    made = ShapedFace if face.is_shaped else Face
    return made(face.name, cut(face, folder), title=title)
