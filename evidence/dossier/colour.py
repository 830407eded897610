"""The colour space that every volume names for its colours: sRGB, as an ICC profile. Pure.

Made here by the numbers of IEC 61966-2-1, so that it is always the same bytes and nobody's file.
"""

import struct
from functools import cache

NAME = "sRGB IEC61966-2.1"
DAY = (2026, 1, 1, 0, 0, 0)  # the header wants one; it says nothing about a dossier
WHITE = (0.9642, 1.0, 0.8249)  # D50, to which a profile refers
# The primaries as seen under D50.
RED = (0.43607, 0.22249, 0.01392)
GREEN = (0.38515, 0.71687, 0.09708)
BLUE = (0.14307, 0.06061, 0.71410)
STEPS = 1024  # of the curve from a value to light


@cache
def profile() -> bytes:
    """An ICC profile of version 2.1 for a screen of three colours."""
    curve = _curve()
    tags = {
        "desc": _described(NAME), "cprt": _text("No copyright, use freely"), "wtpt": _xyz(WHITE),
        "rXYZ": _xyz(RED), "gXYZ": _xyz(GREEN), "bXYZ": _xyz(BLUE),
        "rTRC": curve, "gTRC": curve, "bTRC": curve,
    }  # fmt: skip
    return _file(tags)


def _file(tags: dict[str, bytes]) -> bytes:
    start = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">L", len(tags)), b""
    places: dict[bytes, int] = {}
    for name, data in tags.items():
        if data not in places:
            places[data] = start + len(body)
            body += data + b"\0" * (-len(data) % 4)
        table += struct.pack(">4sLL", name.encode(), places[data], len(data))
    return _header(start + len(body)) + table + body


def _header(size: int) -> bytes:
    head = struct.pack(">L4sL4s4s4s6H4s", size, b"\0" * 4, 0x02100000, b"mntr", b"RGB ", b"XYZ ",
                       *DAY, b"acsp")  # fmt: skip
    light = b"".join(_fixed(value) for value in WHITE)
    return (head + b"\0" * 28 + light).ljust(128, b"\0")


def _curve() -> bytes:
    values = (round(65535 * _light(at / (STEPS - 1))) for at in range(STEPS))
    return b"curv\0\0\0\0" + struct.pack(f">L{STEPS}H", STEPS, *values)


def _light(value: float) -> float:
    """How much light a value of sRGB stands for."""
    if value <= 0.04045:
        return value / 12.92
    return float(((value + 0.055) / 1.055) ** 2.4)


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(_fixed(value) for value in values)


def _fixed(value: float) -> bytes:
    return struct.pack(">l", round(value * 65536))


def _text(said: str) -> bytes:
    return b"text\0\0\0\0" + said.encode("ascii") + b"\0"


def _described(said: str) -> bytes:
    """With the empty fields for other scripts that the version asks for."""
    ascii_ = said.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">L", len(ascii_)) + ascii_ + b"\0" * 78
