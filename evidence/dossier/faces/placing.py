"""Glyphs in their places: letters with marks, shaped by HarfBuzz, and the operators that draw them.

Pure.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

import uharfbuzz
from reportlab.lib.rl_accel import fp_str

# One glyph for each character, so that a line is as wide as its words and can be copied.
FEATURES = dict.fromkeys(("kern", "liga", "clig", "calt", "ccmp", "locl", "rlig"), False)


@dataclass(frozen=True)
class Glyph:
    """A glyph in its place; lengths in thousandths of the size."""

    code: int
    advance: int  # from here to the next one
    right: int = 0  # how far off the line it is drawn
    up: int = 0


def marked(font: uharfbuzz.Font, text: str, scaled: Callable[[float], int]) -> tuple[Glyph, ...]:
    """A text from left to right, its marks on their letters."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "ltr"
    uharfbuzz.shape(font, buffer, FEATURES)
    return tuple(
        Glyph(info.codepoint, scaled(at.x_advance), scaled(at.x_offset), scaled(at.y_offset))
        for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    )


def operators(glyphs: Iterable[Glyph], own: Callable[[int], int], size: float, rise: float) -> str:
    """Glyphs one after the other; what stands above or below the line is lifted for itself.

    `own` tells how far the file moves the pen after a glyph.
    """
    code: list[str] = []
    owed = 0  # by how much the pen is too far right
    for height, run in groupby(glyphs, key=lambda glyph: glyph.up):
        items: list[str] = []
        for glyph in run:
            shift = owed - glyph.right
            items += [str(shift)] if shift else []
            items.append(f"<{glyph.code:04x}>")
            owed = glyph.right + own(glyph.code) - glyph.advance
        shown = f"[{' '.join(items)}] TJ"
        lifted = f"{fp_str(rise + height * size / 1000)} Ts {shown} {fp_str(rise)} Ts"
        code.append(lifted if height else shown)
    return " ".join([*code, f"[{owed}] TJ"] if owed else code)
