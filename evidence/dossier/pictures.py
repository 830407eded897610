"""Photographs for paper: decoded from their bytes alone, turned upright, made small for print.

Pure. What cannot be decoded raises Unreadable with a sentence for the slip in its place.
"""

import io
import struct
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

Image.init()  # all readers, so that the list below can name them
FORMATS = ("JPEG", "PNG", "TIFF", "GIF", "WEBP", "BMP")
LONGEST_SIDE = 800  # pixels: 79 mm, the widest it is printed, at 257 to the inch
MOST_PIXELS = 200_000_000
QUALITY = 80
BROKEN = (OSError, ValueError, SyntaxError, TypeError, KeyError, EOFError, struct.error)


class Unreadable(Exception):
    """The bytes are no picture that can be drawn; the message says why."""


@dataclass(frozen=True)
class Picture:
    jpeg: bytes
    width: int
    height: int


def prepare(data: bytes) -> Picture:
    """An upright RGB picture without the metadata of the original."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # damaged metadata; the pixels are what is printed
            return _encode(_decode(data))
    except UnidentifiedImageError as error:
        raise Unreadable("Its format cannot be drawn here.") from error
    except (Image.DecompressionBombError, MemoryError) as error:
        raise Unreadable("It has too many pixels to be drawn.") from error
    except BROKEN as error:
        raise Unreadable("Its bytes are damaged or cut off.") from error


def _decode(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise Image.DecompressionBombError
        image.draft("RGB", _fitted(image.size))
        image.load()
        upright = _upright(image)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return upright


def _fitted(size: tuple[int, int]) -> tuple[int, int]:
    """A JPEG is decoded at a half or a quarter of its size where that is enough."""
    share = min(LONGEST_SIDE / max(*size, 1), 1)
    return max(int(size[0] * share), 1), max(int(size[1] * share), 1)


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image) or image
    except BROKEN:
        return image.copy()


def _encode(image: Image.Image) -> Picture:
    if image.mode in ("I", "I;16", "F"):
        image = image.convert("L")
    sheet = image if image.mode == "RGB" else _on_white(image.convert("RGBA"))
    sheet.info.clear()  # a comment would be written again
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=QUALITY)
    return Picture(out.getvalue(), *sheet.size)


def _on_white(image: Image.Image) -> Image.Image:
    sheet = Image.new("RGB", image.size, "white")
    sheet.paste(image, mask=image.getchannel("A"))
    return sheet
