"""The faces of the dossier: serif is the record, sans the system, mono what two people compare.

Cut from the variable fonts of the packages, always to the same bytes; kept in a folder if one is
given, because the cutting takes seconds. Pure but for reading the packages and that folder.
"""

import importlib
import io
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont as Source
from fontTools.varLib import instancer
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

RECIPE = 3  # raise it when the way of cutting changes, so that old files are not used
# Latin, Greek, Cyrillic, Vietnamese, punctuation and signs. Scripts that need shaping are left
# out: a letter drawn wrongly is worse than one that is named.
SCRIPTS = (
    range(0x20, 0x7F), range(0xA0, 0x530), range(0x1E00, 0x2000), range(0x2010, 0x2028),
    range(0x202F, 0x2060), range(0x2070, 0x20D0), range(0x2100, 0x2150), range(0x2190, 0x2300),
    range(0xFB00, 0xFB07),
)  # fmt: skip
LATIN = (range(0x20, 0x7F), range(0xA0, 0x250), range(0x1E00, 0x1F00), range(0x2010, 0x2028))
UNUSED_TABLES = ["GSUB", "GPOS", "GDEF", "STAT", "MVAR", "HVAR", "DSIG"]
REGULAR, SEMIBOLD = 400, 600
NAMES = {1, 4, 6}  # reportlab takes two faces of one name for the same


@dataclass(frozen=True)
class Cut:
    """One weight of one package's font."""

    name: str
    package: str
    file: str
    weight: int = REGULAR
    scripts: tuple[range, ...] = SCRIPTS


SERIF, SANS, MONO = "Record", "System", "Mark"
SERIF_FILE, SANS_FILE = "NotoSerif[wdth,wght].ttf", "NotoSans[wdth,wght].ttf"
MONO_FILE = "RobotoMono[wght].ttf"
CUTS = {
    cut.name: cut
    for cut in (
        Cut(SERIF, "noto-serif", SERIF_FILE),
        Cut(f"{SERIF}-Bold", "noto-serif", SERIF_FILE, SEMIBOLD),
        Cut(SANS, "noto-sans", SANS_FILE),
        Cut(f"{SANS}-Bold", "noto-sans", SANS_FILE, SEMIBOLD),
        # for the scientific names of species, and nothing else
        Cut(f"{SANS}-Italic", "noto-sans", "NotoSans-Italic[wdth,wght].ttf", scripts=LATIN),
        Cut(MONO, "roboto-mono", MONO_FILE),
        Cut(f"{MONO}-Bold", "roboto-mono", MONO_FILE, SEMIBOLD),
    )
}
_lock = threading.Lock()


def register(folder: Path | None = None) -> None:
    """Make the faces known to reportlab, once per process."""
    with _lock:
        known = set(pdfmetrics.getRegisteredFontNames())
        for cut in CUTS.values():
            if cut.name not in known:
                data = _kept(cut, folder) if folder else _cut(cut)
                pdfmetrics.registerFont(TTFont(cut.name, io.BytesIO(data)))
        for name in (SERIF, SANS, MONO):
            bold = f"{name}-Bold"
            italic = f"{name}-Italic" if f"{name}-Italic" in CUTS else name
            pdfmetrics.registerFontFamily(name, name, bold, italic, bold)


@cache
def covered(name: str) -> frozenset[int]:
    """The code points that a registered face can draw."""
    return frozenset(pdfmetrics.getFont(name).face.charToGlyph)


def _kept(cut: Cut, folder: Path) -> bytes:
    release = version(f"fontpkg-{cut.package}")
    path = folder / f"{cut.name}-{release}-{RECIPE}.ttf"
    if path.is_file():
        return path.read_bytes()
    data = _cut(cut)
    folder.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    beside.write_bytes(data)
    beside.replace(path)
    return data


def _cut(cut: Cut) -> bytes:
    module = importlib.import_module(f"fontpkg_{cut.package.replace('-', '_')}")
    font = Source(Path(module.ROOT, "files", cut.file), recalcTimestamp=False)
    options = subset.Options(
        layout_features=[], hinting=False, glyph_names=False, notdef_outline=True, name_IDs=["*"]
    )
    options.drop_tables += UNUSED_TABLES
    keep = subset.Subsetter(options)
    keep.populate(unicodes=list(_wanted(font, cut.scripts)))
    keep.subset(font)
    places = {"wght": cut.weight, "wdth": 100}
    axes = {axis.axisTag: places[axis.axisTag] for axis in font["fvar"].axes}
    made = instancer.instantiateVariableFont(font, axes)
    for record in made["name"].names:
        if record.nameID in NAMES:
            record.string = f"{cut.package}-{cut.name}"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _wanted(font: Source, scripts: tuple[range, ...]) -> Iterator[int]:
    mapped = font.getBestCmap()
    return (point for script in scripts for point in script if point in mapped)
