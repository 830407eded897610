"""Faces cut from the variable fonts of the packages, always to the same bytes.

Kept in a folder if one is given, because the cutting takes seconds. Pure but for reading the
packages and that folder.
"""

import importlib
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

RECIPE = 5  # raise it when the way of cutting changes, so that old files are not used
# Latin, Greek, Cyrillic, Vietnamese, punctuation and signs: scripts that need no shaping.
SCRIPTS = (
    range(0x20, 0x7F), range(0xA0, 0x530), range(0x1E00, 0x2000), range(0x2010, 0x2028),
    range(0x202F, 0x2060), range(0x2070, 0x20D0), range(0x2100, 0x2150), range(0x2190, 0x2300),
    range(0xFB00, 0xFB07),
)  # fmt: skip
LATIN = (range(0x20, 0x7F), range(0xA0, 0x250), range(0x1E00, 0x1F00), range(0x2010, 0x2028))
# Arabic, Persian and Urdu letters, and the Latin that stands among them.
LEFTWARD = (
    *LATIN, range(0x600, 0x700), range(0x750, 0x780), range(0x8A0, 0x900), range(0x200C, 0x200E),
    range(0xFB50, 0xFE00), range(0xFE70, 0xFEFD),
)  # fmt: skip
UNUSED_TABLES = ["STAT", "MVAR", "HVAR", "DSIG"]
MARKING = ["mark", "mkmk"]  # the places of marks on letters, and of marks on marks
REGULAR, SEMIBOLD = 400, 600


@dataclass(frozen=True)
class Cut:
    """One weight of one package's font."""

    name: str
    package: str
    file: str
    weight: int = REGULAR
    scripts: tuple[range, ...] = SCRIPTS
    is_shaped: bool = False


def cut(face: Cut, folder: Path | None) -> bytes:
    """The bytes of a TrueType font, from the folder where it was cut before."""
    if folder is None:
        return _cut(face)
    release = version(f"fontpkg-{face.package}")
    path = folder / f"{face.name}-{release}-{RECIPE}.ttf"
    if path.is_file():
        return path.read_bytes()
    data = _cut(face)
    folder.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    beside.write_bytes(data)
    beside.replace(path)
    return data


def _cut(face: Cut) -> bytes:
    module = importlib.import_module(f"fontpkg_{face.package.replace('-', '_')}")
    font = TTFont(Path(module.ROOT, "files", face.file), recalcTimestamp=False)
    options = subset.Options(hinting=False, glyph_names=False, notdef_outline=True, name_IDs=["*"])
    options.drop_tables += UNUSED_TABLES
    if not face.is_shaped:
        options.layout_features = MARKING
        options.drop_tables += ["GSUB"]
    keep = subset.Subsetter(options)
    keep.populate(unicodes=list(_wanted(font, face.scripts)))
    keep.subset(font)
    places = {"wght": face.weight, "wdth": 100}
    axes = {axis.axisTag: places[axis.axisTag] for axis in font["fvar"].axes}
    out = io.BytesIO()
    instancer.instantiateVariableFont(font, axes).save(out)
    return out.getvalue()


def _wanted(font: TTFont, scripts: tuple[range, ...]) -> Iterator[int]:
    mapped = font.getBestCmap()
    return (point for script in scripts for point in script if point in mapped)
