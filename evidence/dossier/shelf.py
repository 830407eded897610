"""Pieces kept on the disk: those of this build, and those of earlier ones that may serve again.

A piece stands under the digest of what it was made of, so what has changed is never found. What is
damaged is made again. No piece of another build is needed: the folder may be emptied at any time.
"""

import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from evidence.dossier.piece import Damaged, Piece, from_bytes, to_bytes

MOST_BYTES = 2_000_000_000  # about 20,000 exhibits with a photograph each
SUFFIX = ".piece"
PRIVATE = 0o700  # sensitive exhibits are among the pages


@dataclass(frozen=True)
class Kept:
    """A piece that lies on the disk; one that outlives its build can be laid out again."""

    path: Path
    make: Callable[[], Piece] | None = None


class Shelf:
    def __init__(self, scratch: Path, lasting: Path | None = None) -> None:
        self._scratch, self._lasting = scratch, lasting
        self._count = 0
        for folder in (scratch, lasting):
            if folder:
                folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)

    def take(self, kept: Kept) -> Piece:
        """The piece as it was laid out, or laid out once more where the disk has lost it.

        Raises Damaged for a piece of this build only.
        """
        if piece := _read(kept.path):
            return piece
        if kept.make is None:
            raise Damaged
        return kept.make()

    def find(self, key: str, make: Callable[[], Piece]) -> tuple[Kept, Piece] | None:
        """A piece of an earlier build; it is marked as used."""
        if not self._lasting or not (piece := _read(path := self._lasting / f"{key}{SUFFIX}")):
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return Kept(path, make), piece

    def keep(self, piece: Piece, key: str = "", make: Callable[[], Piece] | None = None) -> Kept:
        """Under its key for later builds, or for this one only where it has none."""
        self._count += 1
        folder = self._lasting if key and self._lasting else self._scratch
        path = folder / f"{key or self._count}{SUFFIX}"
        beside = path.with_name(f"{path.name}.{os.getpid()}-{self._count}.part")
        beside.write_bytes(to_bytes(piece))
        beside.replace(path)
        return Kept(path, make)

    def tidy(self, most: int = MOST_BYTES) -> None:
        """Remove what was not used for longest, until the rest fits."""
        if not self._lasting:
            return
        with contextlib.suppress(FileNotFoundError):  # another build is tidying
            self._tidy(list(self._lasting.iterdir()), most)

    @staticmethod
    def _tidy(paths: list[Path], most: int) -> None:
        found = [(path, path.stat()) for path in paths]
        size = sum(about.st_size for _, about in found)
        for path, about in sorted(found, key=lambda one: one[1].st_mtime):
            if size <= most:
                return
            path.unlink(missing_ok=True)
            size -= about.st_size


def _read(path: Path) -> Piece | None:
    try:
        return from_bytes(path.read_bytes())
    except (OSError, Damaged):
        return None
