"""A face whose letters join and lie from right to left: shaped by HarfBuzz, in the page's order.

A text handed to it is one line of a paragraph that reads from right to left. Words are shaped one
by one, so that a line is exactly as wide as its words and the spaces between them. Pure.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property, lru_cache

from evidence.dossier.faces import bidi, joining
from evidence.dossier.faces.face import Face
from evidence.dossier.faces.joining import Cluster
from evidence.dossier.faces.placing import Glyph

WORDS = re.compile(r"[ \u00a0]+|[^ \u00a0]+")
KEPT_WORDS = 8192
LEFTWARD = 1


class ShapedFace(Face):
    def __init__(self, name: str, data: bytes, *, title: str = "") -> None:
        super().__init__(name, data, title=title)
        self._word = lru_cache(maxsize=KEPT_WORDS)(self._shaped)

    @cached_property
    def signs(self) -> joining.Signs:
        return joining.signs(self.font, self.covered, self.outlines.count)

    @cached_property
    def said(self) -> dict[int, str]:
        return {**super().said, **self.signs.texts}

    @property
    def composed(self) -> dict[int, joining.Parts]:
        return self.signs.parts

    def is_placed(self, text: str) -> bool:
        return True

    def _line(self, text: str) -> tuple[Glyph, ...]:
        glyphs: list[Glyph] = []
        for stretch in bidi.stretches(text, LEFTWARD):
            words = [self._word(one, stretch.is_leftward) for one in WORDS.findall(stretch.text)]
            for word in reversed(words) if stretch.is_leftward else words:
                glyphs += word
        return tuple(glyphs)

    def _shaped(self, word: str, is_leftward: bool) -> tuple[Glyph, ...]:
        found = joining.clusters(self.font, word, is_leftward=is_leftward)
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
