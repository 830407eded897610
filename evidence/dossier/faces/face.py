"""A face as reportlab asks for one: two-byte codes that mean the same on every page.

A code is the glyph of the whole face, so a page, or a piece of one kept from an earlier build, can
be written before it is known what else is drawn. What was drawn is noted on the document: its
attribute `drawn`, from the name of a face to its glyphs.
"""

import re
from functools import cached_property, lru_cache
from types import SimpleNamespace
from typing import Any, TypeAlias, TypeVar

import uharfbuzz

from evidence.dossier.faces import curves, embedding, placing, program
from evidence.dossier.faces.joining import Parts
from evidence.dossier.faces.placing import Glyph

Drawn: TypeAlias = dict[str, set[int]]
Value = TypeVar("Value")
MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]")
KEPT_LINES = 8192
KEPT = 64  # programs of a face; a dossier of many volumes asks for the same ones again


def drawn(doc: Any) -> Drawn:
    """What has been drawn on a document so far."""
    found: Drawn = doc.__dict__.setdefault("drawn", {})
    return found


class Face:
    """Letters side by side, one glyph each; marks that no letter carries are put in their place."""

    _multiByte = 1  # names that reportlab reads
    _dynamicFont = 1
    shapable = False  # by reportlab, which shapes words and loses their places

    def __init__(self, name: str, data: bytes, *, title: str = "", number: int = -1) -> None:
        self.fontName = name
        self.title = title or name
        self.outlines = curves.read(data, number)
        self.ascent, self.descent = self.outlines.ascent, self.outlines.descent
        self.encoding = SimpleNamespace(name="UTF-8")
        self.face = SimpleNamespace(
            name=name, builtIn=False, ascent=self.ascent, descent=self.descent,
            unitsPerEm=self.outlines.units,
        )  # fmt: skip
        self.font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(data), max(number, 0)))
        self.program = lru_cache(maxsize=KEPT)(self._program)
        self.line = lru_cache(maxsize=KEPT_LINES)(self._line)

    @cached_property
    def covered(self) -> frozenset[int]:
        """The code points that the face can draw."""
        return frozenset(self.outlines.cmap)

    @property
    def composed(self) -> dict[int, Parts]:
        """Codes that are no glyph of the font, and what they are composed of."""
        return {}

    @cached_property
    def said(self) -> dict[int, str]:
        """What each glyph stands for when it was not shaped: the first of its code points."""
        points: dict[int, str] = {}
        for point, glyph in sorted(self.outlines.cmap.items()):
            points.setdefault(glyph, chr(point))
        return points

    def is_placed(self, text: str) -> bool:
        """Whether its glyphs need places of their own; most lines do not."""
        return MARKS.search(text) is not None

    def stringWidth(self, text: str, size: float, encoding: str = "") -> float:  # reportlab's name
        if self.is_placed(text):
            return 0.001 * size * sum(glyph.advance for glyph in self.line(text))
        return 0.001 * size * sum(map(self._widths.__getitem__, text))

    def note(self, text: str, doc: Any) -> None:
        """Remember what is drawn on a document."""
        found = drawn(doc).setdefault(self.fontName, set())
        if self.is_placed(text):
            found.update(glyph.code for glyph in self.line(text))
        else:
            found.update(map(self._glyph_of.__getitem__, set(text)))

    def splitString(
        self, text: str | bytes, doc: Any, encoding: str = ""
    ) -> list[tuple[int, bytes]]:
        """For reportlab's own canvas: one subset, the codes alone; `show` has them in places."""
        text = text.decode() if isinstance(text, bytes) else text
        self.note(text, doc)
        placed = self.is_placed(text)
        codes = [one.code for one in self.line(text)] if placed else map(self._glyph_of.get, text)
        return [(0, b"".join((code or 0).to_bytes(2, "big") for code in codes))]

    def show(self, text: str, size: float, rise: float = 0) -> str:
        """Operators for a text object that draw the text from where the pen is."""
        if self.is_placed(text):
            return placing.operators(self.line(text), self._own, size, rise)
        return f"<{''.join(map(self._codes.__getitem__, text))}> Tj"

    def _line(self, text: str) -> tuple[Glyph, ...]:
        """The glyphs of a line from the left."""
        return placing.marked(self.font, text, self.outlines.scaled)

    def _own(self, code: int) -> int:
        """The width that the file gives for a code."""
        return self.outlines.advances[self.composed[code][0][0] if code in self.composed else code]

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:
        """The name of the face on the page, the same on every page of every document."""
        name = f"/{self.fontName}"
        if self.fontName not in doc.fontMapping:
            doc.fontMapping[self.fontName] = name
            doc.delayedFonts.append(self)
        return name

    def addObjects(self, doc: Any) -> None:
        """Write the face into a document of reportlab's own canvas."""
        used = drawn(doc).get(self.fontName, set())
        embedding.add(doc, self.fontName, self.program(frozenset(used)))

    def _program(self, glyphs: frozenset[int]) -> program.Program:
        used = {glyph: self.said.get(glyph, "") for glyph in glyphs}
        is_bold = self.fontName.endswith("-Bold")
        is_serif = self.fontName.startswith("Record")
        name = self.title.replace(" ", "")
        return program.make(
            name, self.outlines, used, self.composed, is_serif=is_serif, is_bold=is_bold
        )

    @cached_property
    def _glyph_of(self) -> dict[str, int]:
        return _Table({chr(point): glyph for point, glyph in self.outlines.cmap.items()}, 0)

    @cached_property
    def _codes(self) -> dict[str, str]:
        """The code of each character in hexadecimal digits."""
        return _Table({char: f"{glyph:04x}" for char, glyph in self._glyph_of.items()}, "0000")

    @cached_property
    def _widths(self) -> dict[str, int]:
        advances = self.outlines.advances
        known = {chr(point): advances[glyph] for point, glyph in self.outlines.cmap.items()}
        return _Table(known, advances[0])


class _Table(dict[str, Value]):
    """What is not in it is the sign for none."""

    def __init__(self, known: dict[str, Value], other: Value) -> None:
        super().__init__(known)
        self.other = other

    def __missing__(self, key: str) -> Value:
        return self.other
