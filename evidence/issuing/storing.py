"""Where the files of dossiers lie: a folder for each, its bundle beside it, read-only, synced."""

import os
import secrets
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from casework.errors import RuleBroken
from evidence.dossier.bundle import safe_segment
from evidence.models import Dossier

READ_ONLY = 0o440
MARK = "asked.txt"  # in a folder: which row it is of


def begin(name: str) -> Path:
    """A new folder for the files of a dossier; RuleBroken where one is there already."""
    folder = Path(settings.DOSSIERS_DIR) / safe_segment(name)
    _refuse([folder, bundle_path(name)])
    folder.mkdir(parents=True)
    return folder


def claim(folder: Path, dossier: Dossier) -> None:
    """Say in the folder whose it is: after a database was put back, names come a second time."""
    (folder / MARK).write_text(_mark(dossier))


def clear(dossier: Dossier) -> None:
    """Remove the files of a dossier that was not issued, and never those of another row."""
    folder = folder_of(dossier.name)
    with suppress(OSError):
        folder.rmdir()  # killed before it was claimed
    with suppress(OSError):
        if (folder / MARK).read_text() == _mark(dossier):
            bundle_path(dossier.name).unlink(missing_ok=True)
            sweep(dossier.name)
            shutil.rmtree(folder, ignore_errors=True)


def sweep(name: str) -> None:
    """Remove the bundles that killed workers left half packed beside the place of this one."""
    place = bundle_path(name)
    for path in place.parent.glob(f"{place.name}.*"):
        path.unlink(missing_ok=True)


def _mark(dossier: Dossier) -> str:
    return f"{dossier.pk} {dossier.requested_at.isoformat()}"


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
