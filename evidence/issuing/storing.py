"""Where the files of dossiers lie: a folder for each, its bundle beside it, read-only, synced."""

import os
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from casework.errors import RuleBroken
from evidence.dossier.bundle import safe_segment

READ_ONLY = 0o440


def begin(name: str) -> Path:
    """A new folder for the files of a dossier; RuleBroken where one is there already."""
    folder = Path(settings.DOSSIERS_DIR) / safe_segment(name)
    _refuse([folder, bundle_path(name)])
    folder.mkdir(parents=True)
    return folder


def clear(name: str) -> None:
    """Remove the files of a dossier that was not issued."""
    shutil.rmtree(folder_of(name), ignore_errors=True)
    bundle_path(name).unlink(missing_ok=True)


def folder_of(name: str) -> Path:
    return Path(settings.DOSSIERS_DIR) / safe_segment(name)


def bundle_path(name: str) -> Path:
    return Path(settings.DOSSIERS_DIR) / f"{safe_segment(name)}.zip"


def beside_bundle(name: str) -> Path:
    """A name of its own for each attempt, so that two that pack at once do not meet."""
    return Path(settings.DOSSIERS_DIR) / f"{safe_segment(name)}.zip.{secrets.token_hex(6)}"


def relative(path: Path) -> str:
    """As a row keeps it: below DOSSIERS_DIR."""
    return path.relative_to(settings.DOSSIERS_DIR).as_posix()


def absolute(kept: str) -> Path:
    return Path(settings.DOSSIERS_DIR) / kept


def make_durable(paths: Iterable[Path]) -> None:
    """On the disk, with their folders, and not to be written any more."""
    folders = {Path(settings.DOSSIERS_DIR)}
    for path in paths:
        path.chmod(READ_ONLY)
        _sync(path)
        folders.add(path.parent)
    for folder in folders:
        _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refuse(paths: list[Path]) -> None:
    for path in paths:
        if path.exists():
            told = _("%(name)s exists already in the folder of dossiers. Move it away first.")
            raise RuleBroken(told % {"name": path.name})
