"""Pictures without what was marked: each frame drawn anew, upright, without notes. Pure."""

import io
from typing import Any, Final

from PIL import Image

from evidence.sealed import pictures
from evidence.sealed.redaction import blackening
from evidence.sealed.redaction.order import Order
from evidence.sealed.refusal import Refused

QUALITY: Final = 92
MOST_FRAMES: Final = 300
INTO: Final = {"JPEG": "JPEG", "HEIF": "JPEG", "TIFF": "TIFF"}  # the rest becomes PNG
_MOVING: Final = ("GIF", "PNG", "WEBP")


def redacted(content: bytes, order: Order) -> tuple[dict[str, Any], bytes]:
    """The report and the new picture. Raises Refused."""
    Image.MAX_IMAGE_PIXELS = order.pixels
    picture = Image.open(io.BytesIO(content), formats=[order.form])
    frames = getattr(picture, "n_frames", 1)
    if frames > 1 and order.form in _MOVING:
        raise Refused("moving")
    pages = frames if order.form == "TIFF" else 1
    if pages > MOST_FRAMES:
        raise Refused("many")
    if order.marked - set(range(1, pages + 1)):
        raise Refused("no page")
    drawn = [_frame(picture, number, order) for number in range(1, pages + 1)]
    report: dict[str, Any] = {
        "pages": pages, "drawn": sorted(order.marked), "left_out": frames - pages, "still": [],
        "without_text": list(range(1, pages + 1)), "found": [[] for _ in order.words],
    }  # fmt: skip
    return report, _written(drawn, INTO.get(order.form, "PNG"))


def _frame(picture: Image.Image, number: int, order: Order) -> Image.Image:
    shown = upright(picture, number, order.pixels)
    for box in order.boxes_of(number):
        ground = box.ground if order.says_grounds else ""
        blackening.black_out(shown, blackening.box_on(box, *shown.size), ground)
    return shown


def upright(picture: Image.Image, number: int, pixels: int) -> Image.Image:
    """A frame as it is shown, in a new picture. Raises Refused past so many pixels."""
    pictures.go_to(picture, number)
    if picture.width * picture.height > pixels:
        raise Refused("bomb")
    return blackening.plain(pictures.fitted(picture.copy(), max(picture.size)))


def _written(frames: list[Image.Image], form: str) -> bytes:
    target = io.BytesIO()
    first, *others = frames
    if form == "JPEG":
        first.save(target, "JPEG", quality=QUALITY)
    elif form == "TIFF":
        first.save(
            target, "TIFF", compression="tiff_adobe_deflate", save_all=True, append_images=others
        )
    else:
        first.save(target, "PNG")
    return target.getvalue()
