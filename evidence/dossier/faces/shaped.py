"""A face whose letters join and lie from right to left: shaped by HarfBuzz, in the page's order.

A text handed to it is one line of a paragraph that reads from right to left. Words are shaped one
by one, so that a line is exactly as wide as its words and the spaces between them. Pure.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Any

import uharfbuzz
from reportlab.lib.rl_accel import fp_str

from evidence.dossier.faces import bidi, joining
from evidence.dossier.faces.face import Face, Glyph, drawn
from evidence.dossier.faces.joining import Cluster

WORDS = re.compile(r"[ \u00a0]+|[^ \u00a0]+")
KEPT_WORDS = 8192
LEFTWARD = 1


class ShapedFace(Face):
    def __init__(self, name: str, data: bytes, *, title: str = "") -> None:
        super().__init__(name, data, title=title)
        self._font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(data)))
        self.line = lru_cache(maxsize=KEPT_WORDS)(self._line)
        self._word = lru_cache(maxsize=KEPT_WORDS)(self._shaped)

    @cached_property
    def signs(self) -> joining.Signs:
        return joining.signs(self._font, self.covered, self.outlines.count)

    @cached_property
    def said(self) -> dict[int, str]:
        return {**super().said, **self.signs.texts}

    @property
    def composed(self) -> dict[int, joining.Parts]:
        return self.signs.parts

    def stringWidth(self, text: str, size: float, encoding: str = "") -> float:  # reportlab's name
        return 0.001 * size * sum(glyph.advance for glyph in self.line(text))

    def note(self, text: str, doc: Any) -> None:
        drawn(doc).setdefault(self.fontName, set()).update(one.code for one in self.line(text))

    def splitString(
        self, text: str | bytes, doc: Any, encoding: str = ""
    ) -> list[tuple[int, bytes]]:
        """The codes alone: `show` has them in their places."""
        text = text.decode() if isinstance(text, bytes) else text
        self.note(text, doc)
        return [(0, b"".join(one.code.to_bytes(2, "big") for one in self.line(text)))]

    def show(self, text: str, size: float, rise: float = 0) -> str:
        """Letters one after the other; what stands above or below the line is lifted for itself."""
        code: list[str] = []
        owed = 0  # by how much the pen is too far right
        for height, run in groupby(self.line(text), key=lambda glyph: glyph.up):
            items: list[str] = []
            for glyph in run:
                shift = owed - glyph.right
                items += [str(shift)] if shift else []
                items.append(f"<{glyph.code:04x}>")
                owed = glyph.right + self._own(glyph.code) - glyph.advance
            shown = f"[{' '.join(items)}] TJ"
            lifted = f"{fp_str(rise + height * size / 1000)} Ts {shown} {fp_str(rise)} Ts"
            code.append(lifted if height else shown)
        return " ".join([*code, f"[{owed}] TJ"] if owed else code)

    def _own(self, code: int) -> int:
        """The width that the file gives for a code."""
        return self.outlines.advances[self.composed[code][0][0] if code in self.composed else code]

    def _line(self, text: str) -> tuple[Glyph, ...]:
        glyphs: list[Glyph] = []
        for stretch in bidi.stretches(text, LEFTWARD):
            words = [self._word(one, stretch.is_leftward) for one in WORDS.findall(stretch.text)]
            for word in reversed(words) if stretch.is_leftward else words:
                glyphs += word
        return tuple(glyphs)

    def _shaped(self, word: str, is_leftward: bool) -> tuple[Glyph, ...]:
        found = joining.clusters(self._font, word, is_leftward=is_leftward)
        return tuple(glyph for cluster in found for glyph in self._glyphs(cluster))

    def _glyphs(self, cluster: Cluster) -> Iterator[Glyph]:
        """A letter as one sign; the vowel marks on it are drawn by themselves."""
        marks = {self.outlines.cmap.get(ord(char)) for char in cluster.text if _is_mark(char)}
        kept = tuple(one for one in cluster.glyphs if one.glyph not in marks)
        text = "".join(char for char in cluster.text if not _is_mark(char))
        if marks and kept:
            yield from (self._glyph(one) for one in cluster.glyphs if one.glyph in marks)
        _, parts, base = joining.letter(Cluster(text, kept or cluster.glyphs))
        code = self.signs.codes.get((text, parts))
        if code is None:
            yield from map(self._glyph, kept or cluster.glyphs)
        else:
            scaled = self.outlines.scaled
            yield Glyph(code, scaled(base.advance), scaled(base.right))

    def _glyph(self, one: joining.Shaped) -> Glyph:
        scaled = self.outlines.scaled
        return Glyph(one.glyph, scaled(one.advance), scaled(one.right), scaled(one.up))


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) == "Mn"
