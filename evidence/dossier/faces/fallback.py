"""Faces of the installation for letters that the packaged ones lack, such as Chinese ones."""

from pathlib import Path

from fontTools.ttLib import TTLibError

from evidence.dossier.faces.face import Face

COLLECTIONS = {".ttc", ".otc"}


def load(name: str, path: Path) -> Face | None:
    """The face of a file, the first of a collection; None where it is none that can be used."""
    number = 0 if path.suffix.lower() in COLLECTIONS else -1
    try:
        face = Face(name, path.read_bytes(), title=path.stem, number=number)
    except (TTLibError, KeyError, OSError):
        return None
    return None if face.outlines.is_restricted else face
