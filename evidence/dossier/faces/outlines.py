"""A TrueType font as its tables: measures, and the outlines of some glyphs as a font of their own.

Pure, and quick: nothing is decompiled. Lengths are in thousandths of the font's size.
"""

import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

from fontTools.ttLib import TTFont

from evidence.dossier.faces.joining import Parts

# flags of a component
WORDS, OFFSETS, SCALE, MORE, SCALE_XY, SCALE_2X2 = 0x1, 0x2, 0x8, 0x20, 0x40, 0x80
RESTRICTED = 0x2  # of OS/2 fsType: its maker allows no embedding
MOST_PARTS = 8  # of a letter with its dots
HINTS = ("cvt ", "fpgm", "prep")
MAGIC = 0xB1B0AFBA  # what the checksum of a whole font is taken from
CHECKSUM_AT = 8  # of that checksum, in the table "head"


@dataclass(frozen=True)
class Cutting:
    """Some glyphs as a font; `place` tells where each code of the face stands in it."""

    data: bytes
    place: dict[int, int]


class Outlines:
    def __init__(self, data: bytes, number: int = -1) -> None:
        font = TTFont(BytesIO(data), lazy=True, fontNumber=number)
        self.cmap: dict[int, int] = {
            point: font.getGlyphID(name) for point, name in font.getBestCmap().items()
        }
        self._tables: dict[str, bytes] = {tag: font.reader[tag] for tag in font.reader.keys()}  # noqa: SIM118
        head, hhea = font["head"], font["hhea"]
        self.units: int = head.unitsPerEm
        self.count: int = font["maxp"].numGlyphs
        self.ascent, self.descent = self.scaled(hhea.ascent), self.scaled(hhea.descent)
        self.box = [self.scaled(n) for n in (head.xMin, head.yMin, head.xMax, head.yMax)]
        self.capital = self.scaled(getattr(font["OS/2"], "sCapHeight", 0)) or self.ascent
        self.italic: float = font["post"].italicAngle
        self.is_fixed = bool(font["post"].isFixedPitch)
        self.is_restricted = bool(font["OS/2"].fsType & RESTRICTED)
        self._is_long = bool(head.indexToLocFormat)
        self._metrics: int = hhea.numberOfHMetrics

    def scaled(self, units: float) -> int:
        return round(units * 1000 / self.units)

    @cached_property
    def advances(self) -> list[int]:
        """The width of each glyph."""
        raw = self._tables["hmtx"]
        found = [self.scaled(struct.unpack_from(">H", raw, 4 * n)[0]) for n in range(self._metrics)]
        return found + found[-1:] * (self.count - len(found))

    def cut(self, codes: Iterable[int], composed: Mapping[int, Parts]) -> Cutting:
        """A font of these glyphs, of what they are composed of, and of the sign for none."""
        made = sorted(code for code in set(codes) if code in composed)
        parts = {part for code in made for part, _, _ in composed[code]}
        kept = sorted(self._with_parts({0, *codes, *parts} - set(made)))
        place = {glyph: at for at, glyph in enumerate([*kept, *made])}
        outlines = [self._moved(self._outline(glyph), place) for glyph in kept]
        metrics = [self._metric(glyph) for glyph in kept]
        for code in made:
            outline, left = self._composed(composed[code], place)
            outlines.append(outline)
            metrics.append(self._metric(composed[code][0][0])[:2] + struct.pack(">h", left))
        return Cutting(_font(self._cut_tables(metrics, outlines)), place)

    def _composed(self, parts: Parts, place: dict[int, int]) -> tuple[bytes, int]:
        """An outline that draws others at their places, and where it begins on the left."""
        boxes = [self._shifted(*part) for part in parts]
        drawn = [box for box in boxes if box] or [(0, 0, 0, 0)]
        left, low = (min(box[side] for box in drawn) for side in (0, 1))
        right, high = (max(box[side] for box in drawn) for side in (2, 3))
        made = struct.pack(">hhhhh", -1, left, low, right, high)
        for at, (glyph, across, up) in enumerate(parts, 1):
            flags = WORDS | OFFSETS | (MORE if at < len(parts) else 0)
            made += struct.pack(">HHhh", flags, place[glyph], across, up)
        return made, left

    def _shifted(self, glyph: int, across: int, up: int) -> tuple[int, ...]:
        """The box around a part; empty where nothing is drawn."""
        outline = self._outline(glyph)
        box = struct.unpack_from(">hhhh", outline, 2) if outline else ()
        return tuple(side + by for side, by in zip(box, (across, up) * 2, strict=False))

    @cached_property
    def _loca(self) -> tuple[int, ...]:
        raw, many = self._tables["loca"], self.count + 1
        if self._is_long:
            return struct.unpack(f">{many}L", raw[: 4 * many])
        return tuple(2 * n for n in struct.unpack(f">{many}H", raw[: 2 * many]))

    def _outline(self, glyph: int) -> bytes:
        return self._tables["glyf"][self._loca[glyph] : self._loca[glyph + 1]]

    def _with_parts(self, glyphs: set[int]) -> set[int]:
        found: set[int] = set()
        waiting = set(glyphs)
        while waiting:
            glyph = waiting.pop()
            found.add(glyph)
            waiting |= {part for _, part in _parts(self._outline(glyph))} - found
        return found

    @staticmethod
    def _moved(outline: bytes, place: dict[int, int]) -> bytes:
        parts = list(_parts(outline))
        if not parts:
            return outline
        made = bytearray(outline)
        for at, part in parts:
            struct.pack_into(">H", made, at, place[part])
        return bytes(made)

    def _cut_tables(self, metrics: list[bytes], outlines: list[bytes]) -> dict[str, bytes]:
        glyf, loca = bytearray(), [0]
        for outline in outlines:
            glyf += outline + b"\0" * (-len(outline) % 4)
            loca.append(len(glyf))
        head = bytearray(self._tables["head"])
        struct.pack_into(">L", head, CHECKSUM_AT, 0)
        struct.pack_into(">h", head, 50, 1)  # long places
        hhea = bytearray(self._tables["hhea"])
        struct.pack_into(">H", hhea, 34, len(outlines))
        maxp = bytearray(self._tables["maxp"])
        struct.pack_into(">H", maxp, 4, len(outlines))
        deepest = struct.unpack_from(">HH", maxp, 28)
        struct.pack_into(">HH", maxp, 28, max(deepest[0], MOST_PARTS), deepest[1] + 1)
        hints = {tag: self._tables[tag] for tag in HINTS if tag in self._tables}
        return {
            **hints,
            "glyf": bytes(glyf) or b"\0",
            "head": bytes(head),
            "hhea": bytes(hhea),
            "hmtx": b"".join(metrics),
            "loca": struct.pack(f">{len(loca)}L", *loca),
            "maxp": bytes(maxp),
        }

    def _metric(self, glyph: int) -> bytes:
        raw, last = self._tables["hmtx"], self._metrics - 1
        if glyph <= last:
            return raw[4 * glyph : 4 * glyph + 4]
        at = 4 * self._metrics + 2 * (glyph - self._metrics)
        return raw[4 * last : 4 * last + 2] + raw[at : at + 2]


def _parts(outline: bytes) -> Iterator[tuple[int, int]]:
    """Where a composed outline names a glyph, and which."""
    if len(outline) < 10 or struct.unpack_from(">h", outline)[0] >= 0:
        return
    at, flags = 10, MORE
    while flags & MORE:
        flags, glyph = struct.unpack_from(">HH", outline, at)
        yield at + 2, glyph
        at += 8 if flags & WORDS else 6
        at += 8 if flags & SCALE_2X2 else 4 if flags & SCALE_XY else 2 if flags & SCALE else 0


def _font(tables: dict[str, bytes]) -> bytes:
    """A TrueType file of these tables."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    top = struct.pack(
        ">LHHHH", 0x10000, count, power * 16, power.bit_length() - 1, (count - power) * 16
    )
    directory, body = bytearray(), bytearray()
    start = len(top) + 16 * count
    for tag in sorted(tables):
        data = tables[tag]
        place = start + len(body)
        directory += struct.pack(">4sLLL", tag.encode(), _sum(data), place, len(data))
        body += data + b"\0" * (-len(data) % 4)
        if tag == "head":
            head_at = place
    made = bytearray(top + directory + body)
    struct.pack_into(">L", made, head_at + CHECKSUM_AT, (MAGIC - _sum(made)) & 0xFFFFFFFF)
    return bytes(made)


def _sum(data: bytes | bytearray) -> int:
    padded = bytes(data) + b"\0" * (-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}L", padded)
    return sum(words) & 0xFFFFFFFF
