"""Names of files as people may see and save them. Pure; a name is never used as a path here."""

import re
import unicodedata
from typing import Final

LONGEST: Final = 200
FALLBACK: Final = "file"
# Characters that turn the reading direction, join or hide: a name must read as it is stored.
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_SEPARATORS: Final = re.compile(r"[/\\]")


def clean(name: str) -> str:
    """The last part of a path without control and direction marks, at most 200 characters.

    Never empty, never `.` or `..`; quotes and angle brackets stay: pages escape them.
    """
    last = _SEPARATORS.split(name)[-1]
    shown = "".join(c for c in last if unicodedata.category(c) not in _HIDDEN)
    shown = " ".join(unicodedata.normalize("NFC", shown).split()).strip(". ")
    return _shorten(shown) or FALLBACK


def _shorten(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 10:
        return name[:LONGEST]
    return f"{stem[: LONGEST - len(extension) - 1]}.{extension}"
