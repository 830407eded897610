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

RECIPE = 2  # raise it when the way of cutting changes, so that old files are not used
# Latin, Greek, Cyrillic, Vietnamese, punctuation and signs. Scripts that need shaping are left
# out: a letter drawn wrongly is worse than one that is named.
SCRIPTS = (
    range(0x20, 0x7F), range(0xA0, 0x530), range(0x1D00, 0x2010), range(0x2010, 0x2028),
    range(0x202F, 0x2060), range(0x2070, 0x2400), range(0x2500, 0x2700), range(0xFB00, 0xFB07),
)  # fmt: skip
UNUSED_TABLES = ["GSUB", "GPOS", "GDEF", "STAT", "MVAR", "HVAR", "DSIG"]
REGULAR, SEMIBOLD = 400, 600
NAMES = {1, 4, 6}  # reportlab takes two faces of one name for the same


@dataclass(frozen=True)
class Cut:
    """One weight of one package's font."""

    name: str
    package: str
    file: str
    weight: int


def _family(name: str, package: str, upright: str, italic: str) -> list[Cut]:
    return [
        Cut(name, package, upright, REGULAR),
        Cut(f"{name}-Bold", package, upright, SEMIBOLD),
        Cut(f"{name}-Italic", package, italic, REGULAR),
    ]


SERIF, SANS, MONO = "Record", "System", "Mark"
CUTS = {
    cut.name: cut
    for cut in [
        *_family(
            SERIF, "noto-serif", "NotoSerif[wdth,wght].ttf", "NotoSerif-Italic[wdth,wght].ttf"
        ),
        *_family(SANS, "noto-sans", "NotoSans[wdth,wght].ttf", "NotoSans-Italic[wdth,wght].ttf"),
        *_family(MONO, "roboto-mono", "RobotoMono[wght].ttf", "RobotoMono-Italic[wght].ttf"),
    ]
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
            bold, italic = f"{name}-Bold", f"{name}-Italic"
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
    keep.populate(unicodes=list(_wanted(font)))
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


def _wanted(font: Source) -> Iterator[int]:
    mapped = font.getBestCmap()
    return (point for script in SCRIPTS for point in script if point in mapped)
