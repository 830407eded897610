"""Joined letters as single signs: a letter of this form with its dots gets one code of its own.

Fonts draw the dots apart, and one stroke serves many letters, so a code for each glyph could not be
copied as text. Here each form of each letter is composed once, in a fixed order, so that a code
means the same on every page. Pure.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import uharfbuzz

JOINER = "\u200d"
# One letter of each shape: what stands beside a letter can change its form.
NEIGHBOURS = (*"ابحدرسصطعفقكگلمنهويیےکںةىچپ", "لل")
BLOCKS = (range(0x600, 0x700), range(0x750, 0x780), range(0x8A0, 0x900))
Parts: TypeAlias = tuple[tuple[int, int, int], ...]  # glyph, right, up, from the letter's own place


@dataclass(frozen=True)
class Shaped:
    """One glyph as HarfBuzz places it, in units of the font."""

    glyph: int
    advance: int
    right: int
    up: int


@dataclass(frozen=True)
class Cluster:
    """The glyphs that stand for some characters together, in the order of the page."""

    text: str
    glyphs: tuple[Shaped, ...]


@dataclass
class Signs:
    """Codes after the glyphs of the font: what each is composed of, and which text it is."""

    parts: dict[int, Parts] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    codes: dict[tuple[str, Parts], int] = field(default_factory=dict)


def clusters(font: uharfbuzz.Font, word: str, *, is_leftward: bool) -> Iterator[Cluster]:
    """A word's glyphs as they stand on the page, from the left."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if is_leftward else "ltr"
    if is_leftward:
        buffer.script, buffer.language = "Arab", "ar"
    uharfbuzz.shape(font, buffer)
    found: dict[int, list[Shaped]] = {}
    for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        shaped = Shaped(info.codepoint, at.x_advance, at.x_offset, at.y_offset)
        found.setdefault(info.cluster, []).append(shaped)
    starts = sorted(found)
    ends = dict(zip(starts, [*starts[1:], len(word)], strict=True))
    for start, glyphs in found.items():
        yield Cluster(word[start : ends[start]], tuple(glyphs))


def letter(cluster: Cluster) -> tuple[str, Parts, Shaped]:
    """A letter with its dots, without place and width: what it says, its parts, its own glyph."""
    base = cluster.glyphs[-1]
    rest = [(one.glyph, one.right - base.right, one.up) for one in cluster.glyphs[:-1]]
    return cluster.text, ((base.glyph, 0, 0), *rest), base


def signs(font: uharfbuzz.Font, covered: frozenset[int], first: int) -> Signs:
    """Every form of every letter, the same from each font of the same bytes."""
    made = Signs()
    for word in _words(covered):
        for cluster in clusters(font, word, is_leftward=True):
            text, parts, base = letter(cluster)
            if (text, parts) in made.codes or base.up or text == JOINER:
                continue
            code = first + len(made.codes)
            made.codes[text, parts] = code
            made.parts[code], made.texts[code] = parts, text
    return made


def _words(covered: frozenset[int]) -> Iterator[str]:
    points = [point for block in BLOCKS for point in block if point in covered]
    letters = [chr(point) for point in points if unicodedata.category(chr(point)) == "Lo"]
    for one in letters:
        for beside in ("", JOINER):
            for neighbour in ("", JOINER, *NEIGHBOURS):
                yield neighbour + one + beside
                yield beside + one + neighbour
