"""What a PDF must hold of a face: the outlines that were used, their widths, what they stand for.

Pure: the same glyphs give the same bytes. A code in the page is the glyph of the whole face, two
bytes (Identity-H), so a page can be written before it is known what else is used.
"""

import hashlib
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evidence.dossier.faces.joining import Parts
from evidence.dossier.faces.outlines import Outlines

FIXED, SERIF, SYMBOLIC, ITALIC = 1, 2, 4, 64  # bits of a descriptor's flags
STEMS = {False: 80, True: 130}  # thousandths: an estimate is enough where the outlines are there
MAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
MAP_FOOT = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


@dataclass(frozen=True)
class Program:
    """A CIDFontType2 in its parts; lengths in thousandths of the font's size."""

    name: str  # with the tag of a subset
    truetype: bytes
    glyph_of: bytes  # CIDToGIDMap: for each code the glyph in `truetype`, two bytes
    widths: tuple[tuple[int, int], ...]  # code and width, in order of the codes
    to_unicode: bytes
    ascent: int
    descent: int
    capital: int
    box: tuple[int, ...]
    flags: int
    italic: float
    stem: int


def make(
    name: str,
    outlines: Outlines,
    used: Mapping[int, str],
    composed: Mapping[int, Parts],
    *,
    is_serif: bool,
    is_bold: bool,
) -> Program:
    """The program of a face for these codes, and the text that each stands for."""
    codes = sorted({0, *used})
    cutting = outlines.cut(codes, composed)
    widths = {code: composed[code][0][0] if code in composed else code for code in codes}
    glyph_of = [0] * (codes[-1] + 1)
    for code in codes:
        glyph_of[code] = cutting.place[code]
    flags = SYMBOLIC | (SERIF if is_serif else 0) | (FIXED if outlines.is_fixed else 0)
    return Program(
        name=f"{_tag(used)}+{name}",
        truetype=cutting.data,
        glyph_of=struct.pack(f">{len(glyph_of)}H", *glyph_of),
        widths=tuple((code, outlines.advances[glyph]) for code, glyph in widths.items()),
        to_unicode=_to_unicode(used).encode("ascii"),
        ascent=outlines.ascent,
        descent=outlines.descent,
        capital=outlines.capital,
        box=tuple(outlines.box),
        flags=flags | (ITALIC if outlines.italic else 0),
        italic=outlines.italic,
        stem=STEMS[is_bold],
    )


def runs(widths: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, list[int]]]:
    """Widths as a PDF writes them: a first code, and the widths from it on."""
    first, found = -1, list[int]()
    for code, width in widths:
        if found and code == first + len(found):
            found.append(width)
            continue
        if found:
            yield first, found
        first, found = code, [width]
    if found:
        yield first, found


def _tag(used: Mapping[int, str]) -> str:
    digest = hashlib.sha256(repr(sorted(used.items())).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _to_unicode(used: Mapping[int, str]) -> str:
    lines = [f"<{code:04X}> <{_utf16(said)}>" for code, said in sorted(used.items()) if said]
    blocks = (
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n"
        for block in _blocks(lines)
    )
    return MAP_HEAD + "".join(blocks) + MAP_FOOT


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """The format allows a hundred lines at a time."""
    for at in range(0, len(lines), 100):
        yield lines[at : at + 100]


def _utf16(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()
