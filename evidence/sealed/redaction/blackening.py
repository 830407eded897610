"""Black over the pixels of a picture, with a border of safety, and the ground in white. Pure."""

import io
from collections.abc import Sequence
from functools import cache
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFont

from evidence.sealed.redaction.finding import Rectangle
from evidence.sealed.redaction.order import FULL, Box

BORDER: Final = 0.12  # of the height of what goes
LEAST, MOST = 2, 12  # pixels
SMALLEST, LARGEST = 14, 48  # of the letters of a ground
_font: bytes = b""


def keep_font(content: bytes) -> None:
    """The letters that grounds are written in; empty: those that Pillow carries."""
    global _font
    _font = content


def box_on(box: Box, width: int, height: int) -> Rectangle:
    return (
        box.left * width / FULL, box.top * height / FULL,
        (box.left + box.width) * width / FULL, (box.top + box.height) * height / FULL,
    )  # fmt: skip


def merged(letters: Sequence[Rectangle]) -> list[Rectangle]:
    """One rectangle for the letters of a line, so that no gap tells of them."""
    found: list[Rectangle] = []
    for one in letters:
        if found and _same_line(found[-1], one):
            last = found[-1]
            found[-1] = (
                min(last[0], one[0]), min(last[1], one[1]),
                max(last[2], one[2]), max(last[3], one[3]),
            )  # fmt: skip
        else:
            found.append(one)
    return found


def _same_line(one: Rectangle, other: Rectangle) -> bool:
    high = max(one[3] - one[1], other[3] - other[1], 1)
    wide = max(min(one[2] - one[0], one[3] - one[1]), other[2] - other[0], 1)
    level = min(one[3], other[3]) - max(one[1], other[1]) > 0.5 * min(
        one[3] - one[1], other[3] - other[1]
    )
    upright = min(one[2], other[2]) - max(one[0], other[0]) > 0.5 * min(
        one[2] - one[0], other[2] - other[0]
    )
    apart_across = max(one[0], other[0]) - min(one[2], other[2])
    apart_down = max(one[1], other[1]) - min(one[3], other[3])
    return (level and apart_across < 2 * high) or (upright and apart_down < wide)


def black_out(picture: Image.Image, place: Rectangle, ground: str = "") -> None:
    """Nothing of the old pixels is left inside, nor in a border around."""
    border = min(MOST, max(LEAST, BORDER * min(place[3] - place[1], place[2] - place[0])))
    left, top = int(place[0] - border), int(place[1] - border)
    right, bottom = int(place[2] + border) + 1, int(place[3] + border) + 1
    drawing = ImageDraw.Draw(picture)
    drawing.rectangle((left, top, right, bottom), fill=0)
    if ground:
        _write(drawing, (left, top, right, bottom), ground)


def _write(drawing: ImageDraw.ImageDraw, place: tuple[int, int, int, int], ground: str) -> None:
    """The ground in the middle, where there is room; else the black says enough."""
    left, top, right, bottom = place
    size = min(LARGEST, int((bottom - top) * 0.6))
    wide = drawing.textlength(ground, font=_face(LARGEST)) or 1
    size = min(size, int(LARGEST * 0.92 * (right - left) / wide))
    if size >= SMALLEST:
        middle = ((left + right) / 2, (top + bottom) / 2)
        white = 255 if drawing.mode == "L" else (255, 255, 255)
        drawing.text(middle, ground, fill=white, font=_face(size), anchor="mm")


@cache
def _face(size: int) -> "ImageFont.FreeTypeFont | ImageFont.ImageFont":
    if _font:
        return ImageFont.truetype(io.BytesIO(_font), size, layout_engine=ImageFont.Layout.BASIC)
    return ImageFont.load_default(size)


def plain(picture: Image.Image) -> Image.Image:
    """The same pixels in a new picture: grey where they are, and nothing else of the old one."""
    picture = picture.convert("RGB")
    red, green, blue = picture.split()
    is_grey = not (
        ImageChops.difference(red, green).getbbox() or ImageChops.difference(green, blue).getbbox()
    )
    bare = Image.new("L" if is_grey else "RGB", picture.size)
    bare.paste(red if is_grey else picture)
    return bare
