"""Under which name a piece is kept: the digest of what it is made of, and of what makes it.

Any change of the code that draws, of a face, or of a library makes all names new: a page of an
older recipe is never taken for one of this.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from casework.ledger import format
from evidence.dossier import fonts

LIBRARIES = (
    "reportlab", "pillow", "fonttools", "uharfbuzz", "fontpkg-noto-sans", "fontpkg-noto-serif",
    "fontpkg-noto-sans-arabic", "fontpkg-roboto-mono",
)  # fmt: skip


def _release() -> str:
    """The digest of the modules beside this one, and of the libraries that they draw with."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    for name in LIBRARIES:
        digest.update(f"{name} {version(name)}\n".encode())
    return digest.hexdigest()


# Read with the modules themselves: a process that outlives an upgrade keeps its own pages apart.
RELEASE = _release()


def key(made_of: object) -> str:
    said = {"recipe": RELEASE, "faces": _faces(), "made of": _plain(made_of)}
    return hashlib.sha256(format.canonical(said)).hexdigest()


def _faces() -> list[Any]:
    """Which faces there are: what one lacks, another draws."""
    return [[name, *_measures(face)] for name, face in sorted(fonts.FACES.items())]


def _measures(face: Any) -> list[Any]:
    return [face.title, face.outlines.count, face.outlines.units, *face.outlines.box]


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, (frozenset, set)):
        return sorted(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    kind: Any = type(value)
    return {name: _plain(getattr(value, name)) for name in _names(kind)}


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a record, but for what is called and not drawn."""
    return tuple(one.name for one in fields(kind) if one.name != "load")
