"""A face as reportlab asks for one: two-byte codes that mean the same on every page.

A code is the glyph of the whole face, so a page, or a piece of one kept from an earlier build, can
be written before it is known what else is drawn. What was drawn is noted on the document: its
attribute `drawn`, from the name of a face to its glyphs.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import SimpleNamespace
from typing import Any, TypeAlias, TypeVar

from evidence.dossier.faces import curves, embedding, program
from evidence.dossier.faces.joining import Parts

Drawn: TypeAlias = dict[str, set[int]]
Value = TypeVar("Value")
KEPT = 64  # programs of a face; a dossier of many volumes asks for the same ones again


def drawn(doc: Any) -> Drawn:
    """What has been drawn on a document so far."""
    found: Drawn = doc.__dict__.setdefault("drawn", {})
    return found


@dataclass(frozen=True)
class Glyph:
    """A glyph in its place; lengths in thousandths of the size."""

    code: int
    advance: int  # from here to the next one
    right: int = 0  # how far off the line it is drawn
    up: int = 0


class Face:
    """Letters side by side, one glyph each."""

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
        self.program = lru_cache(maxsize=KEPT)(self._program)

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

    def stringWidth(self, text: str, size: float, encoding: str = "") -> float:  # reportlab's name
        return 0.001 * size * sum(map(self._widths.__getitem__, text))

    def note(self, text: str, doc: Any) -> None:
        """Remember what is drawn on a document."""
        drawn(doc).setdefault(self.fontName, set()).update(
            map(self._glyph_of.__getitem__, set(text))
        )

    def splitString(
        self, text: str | bytes, doc: Any, encoding: str = ""
    ) -> list[tuple[int, bytes]]:
        """For reportlab's own canvas: one subset, the text as the page holds it."""
        text = text.decode() if isinstance(text, bytes) else text
        self.note(text, doc)
        return [(0, bytes.fromhex("".join(map(self._codes.__getitem__, text))))]

    def show(self, text: str, size: float, rise: float = 0) -> str:
        """Operators for a text object that draw the text from where the pen is."""
        return f"<{''.join(map(self._codes.__getitem__, text))}> Tj"

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
