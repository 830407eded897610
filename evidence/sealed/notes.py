"""What a camera wrote into a picture: when, with what, where. Read as plain short texts. Pure."""

import contextlib
import math
from fractions import Fraction
from typing import IO, Any, Final

from PIL import Image

LONGEST: Final = 200
_TEXTS: Final = {  # of the first directory, and of the camera's own
    0x010F: "make", 0x0110: "model", 0x0131: "software", 0x0132: "changed",
}  # fmt: skip
_CAMERA_TEXTS: Final = {
    0x9003: "taken", 0x9011: "taken_zone", 0x9291: "taken_fraction", 0xA431: "serial",
    0xA434: "lens",
}  # fmt: skip
_CAMERA, _PLACE = 0x8769, 0x8825


def read(source: IO[bytes], *, form: str) -> dict[str, Any]:
    """The notes that are there; a part that cannot be read is left out."""
    picture = Image.open(source, formats=[form])
    found: dict[str, Any] = {"width": picture.width, "height": picture.height}
    exif = picture.getexif()
    found |= _texts(exif, _TEXTS)
    with contextlib.suppress(Exception):  # each directory is hostile for itself
        found |= _texts(exif.get_ifd(_CAMERA), _CAMERA_TEXTS)
    with contextlib.suppress(Exception):
        found |= _place(exif.get_ifd(_PLACE))
    found["n_notes"] = len(exif) + len(exif.get_ifd(_CAMERA)) + len(exif.get_ifd(_PLACE))
    found["has_xmp"] = bool(picture.info.get("xmp"))
    return found


def _texts(directory: Any, names: dict[int, str]) -> dict[str, str]:
    found = {name: clean(directory.get(tag)) for tag, name in names.items()}
    return {name: text for name, text in found.items() if text}


def clean(value: Any) -> str:
    """A line without control characters or marks that turn the reading direction."""
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    text = str(value) if isinstance(value, str | int | float | Fraction) else ""
    shown = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(shown.split())[:LONGEST]


def _place(directory: Any) -> dict[str, Any]:
    latitude = _degrees(directory.get(2), directory.get(1), 90)
    longitude = _degrees(directory.get(4), directory.get(3), 180)
    found: dict[str, Any] = {}
    if latitude is not None and longitude is not None:
        found |= {"latitude": latitude, "longitude": longitude}
        with contextlib.suppress(Exception):
            height = float(directory[6]) * (-1 if directory.get(5) in (1, b"\x01") else 1)
            if math.isfinite(height):
                found["altitude"] = round(height, 1)
    with contextlib.suppress(Exception):
        hour, minute, second = (int(float(part)) for part in directory[7])
        found["satellite_time"] = clean(f"{directory[29]} {hour:02}:{minute:02}:{second:02}")
    return found


def _degrees(parts: Any, side: Any, most: int) -> float | None:
    """Degrees, minutes and seconds as one signed number, or None for what no place has."""
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(value) or not 0 <= value <= most:
        return None
    side = side.decode("latin-1") if isinstance(side, bytes) else str(side or "")
    return round(-value if side[:1].upper() in ("S", "W") else value, 6)
