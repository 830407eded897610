"""Drawn pictures for the demonstration. Each bears the word INVENTED: none shows a real thing.

Pure: the same scene and caption give the same JPEG bytes.
"""

import math
import random
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIZE = (1200, 800)
CREAM, BROWN, STEEL, RED = (222, 207, 170), (121, 85, 51), (96, 112, 120), (170, 32, 32)

Draw = ImageDraw.ImageDraw
Scene = Callable[[Draw, random.Random], None]


def picture(scene: str, tag: str, seed: int = 1) -> bytes:
    """A JPEG of one of SCENES with a tag card, e.g. `picture("tusks", "E1")`."""
    dice = random.Random(seed)  # noqa: S311  # a drawing, not a secret
    image = _ground(dice)
    draw = ImageDraw.Draw(image)
    SCENES[scene](draw, dice)
    _ruler(draw)
    _card(draw, tag)
    out = BytesIO()
    image.save(out, "JPEG", quality=82)
    return out.getvalue()


def _ground(dice: random.Random) -> Image.Image:
    """A grey tarpaulin with some light on it."""
    small = Image.new("RGB", (60, 40))
    for x in range(60):
        for y in range(40):
            shade = 88 + int(26 * math.sin(x / 9) + 18 * math.cos(y / 7)) + dice.randint(-9, 9)
            small.putpixel((x, y), (shade, shade + 4, shade + 2))
    return small.resize(SIZE, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(2))


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _card(draw: Draw, tag: str) -> None:
    draw.rectangle((30, 30, 300, 150), fill=(250, 250, 245), outline=(20, 20, 20), width=3)
    draw.text((48, 40), tag, font=_font(60), fill=(20, 20, 20))
    draw.text((48, 112), "INVENTED, FOR DEMONSTRATION", font=_font(16), fill=RED)


def _ruler(draw: Draw) -> None:
    for step in range(20):
        shade = (15, 15, 15) if step % 2 else (245, 245, 245)
        draw.rectangle((700 + step * 22, 752, 722 + step * 22, 772), fill=shade)
    draw.text((700, 728), "0", font=_font(18), fill=(245, 245, 245))
    draw.text((1120, 728), "20 cm", font=_font(18), fill=(245, 245, 245))


def _tusk(draw: Draw, left: int, top: int, length: int, bend: int, width: int) -> None:
    for step in range(length):
        share = step / length
        radius = max(3.0, width * (1 - 0.86 * share))
        x = left + step
        y = top + bend * math.sin(share * math.pi)
        shade = tuple(int(part * (0.82 + 0.18 * math.sin(share * 3))) for part in CREAM)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=shade)
    draw.ellipse((left - width, top - width, left + width, top + width), fill=BROWN)


def _tusks(draw: Draw, dice: random.Random) -> None:
    for row in range(4):
        top = 220 + row * 130
        _tusk(draw, 140 + dice.randint(0, 60), top, 760 + dice.randint(-90, 120), -70, 34)


def _sack(draw: Draw, dice: random.Random) -> None:
    draw.rounded_rectangle((330, 190, 880, 700), 70, fill=(166, 139, 96), outline=BROWN, width=6)
    for line in range(200, 700, 14):
        draw.line((340, line, 870, line + dice.randint(-3, 3)), fill=(150, 124, 84), width=2)
    draw.text((430, 330), "BLACK TEA CTC", font=_font(52), fill=(70, 50, 30))
    draw.text((470, 410), "NET 34 KG", font=_font(46), fill=(70, 50, 30))


def _container(draw: Draw, dice: random.Random) -> None:
    draw.rectangle((200, 180, 1040, 720), fill=(35, 82, 104), outline=(20, 40, 50), width=8)
    for rib in range(220, 1030, 46):
        draw.rectangle((rib, 190, rib + 16, 710), fill=(28, 68, 88))
    draw.line((620, 180, 620, 720), fill=(12, 26, 32), width=8)
    for bar in (520, 580, 660, 720):
        draw.line((bar, 180, bar, 720), fill=STEEL, width=10)
    draw.text((770, 230), "MDOU 418207 9", font=_font(34), fill=(240, 240, 235))


def _seal(draw: Draw, dice: random.Random) -> None:
    draw.line((100, 430, 1100, 400), fill=STEEL, width=30)
    draw.rounded_rectangle((420, 320, 800, 520), 26, fill=RED, outline=(90, 12, 12), width=6)
    draw.text((470, 350), "WS-M", font=_font(56), fill=(255, 250, 240))
    draw.text((470, 420), "004512", font=_font(64), fill=(255, 250, 240))


def _scale(draw: Draw, dice: random.Random) -> None:
    draw.rounded_rectangle(
        (240, 220, 960, 690), 30, fill=(46, 50, 54), outline=(20, 20, 20), width=6
    )
    draw.rectangle((310, 290, 890, 480), fill=(188, 205, 160))
    draw.text((380, 310), "212.60 kg", font=_font(104), fill=(22, 32, 20))
    for key in range(5):
        draw.rectangle((320 + key * 115, 540, 400 + key * 115, 610), fill=(120, 126, 130))
    draw.text((330, 640), "KP-118  CAL 2 FEB 2024", font=_font(24), fill=(210, 214, 216))


def _scales(draw: Draw, dice: random.Random) -> None:
    for _piece in range(420):
        x, y = dice.gauss(600, 190), dice.gauss(450, 105)
        turn = dice.random() * math.pi
        points = [
            (x + 30 * math.cos(turn + a) * r, y + 24 * math.sin(turn + a) * r)
            for a, r in ((0, 1.2), (1.2, 0.9), (2.3, 0.8), (3.6, 0.9), (4.9, 0.9))
        ]
        shade = dice.randint(-24, 24)
        draw.polygon(points, fill=(112 + shade, 88 + shade, 58 + shade), outline=(62, 46, 30))


def _timber(draw: Draw, dice: random.Random) -> None:
    for row in range(4):
        for log in range(7):
            x, y = 170 + log * 130 + (row % 2) * 60, 640 - row * 118
            draw.ellipse((x - 60, y - 60, x + 60, y + 60), fill=(128, 58, 44), outline=(60, 24, 18))
            for ring in range(12, 56, 11):
                draw.ellipse(
                    (x - ring, y - ring, x + ring, y + ring), outline=(94, 38, 28), width=2
                )


def _skin(draw: Draw, dice: random.Random) -> None:
    draw.polygon(
        [
            (260, 260),
            (520, 210),
            (900, 240),
            (1010, 400),
            (900, 620),
            (540, 660),
            (280, 600),
            (200, 430),
        ],
        fill=(201, 158, 92),
        outline=(110, 78, 40),
    )
    for _spot in range(150):
        x, y = dice.randint(300, 930), dice.randint(270, 620)
        draw.ellipse((x - 13, y - 10, x + 13, y + 10), outline=(66, 42, 20), width=6)


def _telephone(draw: Draw, dice: random.Random) -> None:
    draw.rounded_rectangle((440, 170, 780, 740), 36, fill=(24, 26, 30), outline=(8, 8, 10), width=8)
    draw.rectangle((466, 230, 754, 660), fill=(52, 84, 110))
    draw.text((490, 420), "screen locked", font=_font(34), fill=(220, 230, 240))


SCENES: dict[str, Scene] = {
    "tusks": _tusks,
    "sack": _sack,
    "container": _container,
    "seal": _seal,
    "scale": _scale,
    "scales": _scales,
    "timber": _timber,
    "skin": _skin,
    "telephone": _telephone,
}
