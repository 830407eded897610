"""The words in pictures and scanned pages, read by Tesseract where it is installed.

Tesseract sees only pictures that were drawn anew behind the walls, and runs behind walls itself.
"""

import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings

from evidence.filestore import images, restricted
from evidence.models import StoredFile

PROGRAM: Final = "tesseract"
EDGE: Final = 3000  # points of the longer edge: some 250 to the inch of a page of A4
QUALITY: Final = 85
PAGES: Final = 60  # of one file


@lru_cache(maxsize=1)
def _installed(program: str) -> tuple[str, str]:
    """The version of Tesseract and the languages that are wanted and there."""
    try:
        said = [_said(program, "--version"), _said(program, "--list-langs")]
    except (OSError, subprocess.SubprocessError):
        return "", ""
    there = {line.strip() for line in said[1].splitlines()}
    wanted = [name for name in settings.OCR_LANGUAGES.split("+") if name in there]
    version = said[0].split("\n")[0].removeprefix("tesseract ").strip()
    return (version, "+".join(wanted)) if wanted else ("", "")


def _said(program: str, option: str) -> str:
    run = subprocess.run(  # noqa: S603 - a program of the system, by its full path
        [program, option], capture_output=True, text=True, timeout=20, check=True
    )
    return run.stdout or run.stderr


def program() -> str:
    """Where it is, or empty."""
    return shutil.which(PROGRAM) or ""


def version() -> str:
    """Of what reads pictures here; empty where nothing does."""
    return _installed(program())[0] if program() else ""


def languages() -> str:
    return _installed(program())[1] if program() else ""


def of_picture(stored: StoredFile, path: Path) -> str:
    """Raises restricted.Failed."""
    form = images.SHOWN_TYPES[stored.media_type]
    drawn = restricted.run(
        "picture", path, form=form, edge=EDGE, pixels=images.PIXEL_LIMIT, quality=QUALITY
    )
    return recognised(drawn)


def of_page(path: Path, number: int) -> str:
    """Raises restricted.Failed."""
    return recognised(restricted.run("page", path, number=number, edge=EDGE, quality=QUALITY))


def recognised(picture: bytes) -> str:
    """What Tesseract reads in a picture of ours. Raises restricted.Failed."""
    return restricted.recognised(picture, program=program(), languages=languages())
