"""Pictures as pages show them: re-encoded, upright, without metadata; of a PDF, its first pages.

The bytes of an upload are opened by the walled process alone (evidence/filestore/restricted.py) and
never sent to a browser to be interpreted. What cannot be drawn is remembered with its reason.
"""

import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework.errors import RuleBroken
from evidence import files
from evidence.filestore import media_types, restricted
from evidence.models import StoredFile

SIZES: Final = (400, 1600)  # the longer edge, in pixels
PUBLIC_EDGE: Final = 4096
PIXEL_LIMIT: Final = 150_000_000  # a telephone's largest mode, and scanner strips
SHOWN_TYPES: Final = media_types.PICTURES
PAPER: Final = media_types.PAPER
PAGES: Final = 10  # of a PDF, that can be looked at here
QUALITY: Final = 82
PUBLIC_QUALITY: Final = 90
# A busy machine may have been the cause: tried again after a day. The rest lies in the bytes.
RETRIED: Final = {"time": 24 * 60 * 60}
FORGOTTEN: Final = {"busy", "missing", "altered"}
REASONS: Final[dict[str, StrOrPromise]] = {
    "bomb": _(
        "This picture would unpack to more than this system draws. Download the file to open it."
    ),
    "memory": _(
        "This file would unpack to more than this system draws. Download the file to open it."
    ),
    "time": _("This file takes too long to draw, so it is not shown. Download the file."),
    "crash": _(
        "The program that draws files failed on this one, so it is not shown. Download the file "
        "and open it with care."
    ),
    "unreadable": _(
        "This file cannot be read as what it is, so it is not shown. Download the file to "
        "examine it."
    ),
    "password": _("This document asks for a password, so it is not shown. Download the file."),
    "no page": _("This document has no such page."),
    "busy": _("Other files are being drawn. Open this page again in a minute."),
    "altered": _(
        "The bytes in the store are not the ones that were taken in, so they are not shown. Tell "
        "your administrator."
    ),
    "missing": _("The bytes of this file are missing from the store. Tell your administrator."),
}


class NotShown(RuleBroken):
    """The file stays evidence; it is only not drawn on a page."""

    code = "picture-not-shown"
    status = 422


def preview(stored: StoredFile, size: int, page: int = 1) -> Path:
    """A JPEG of the picture, or of a page, at one of SIZES. Raises NotShown with the reason."""
    if size not in SIZES:
        raise ValueError(f"no such size: {size}")
    if stored.media_type == PAPER:
        if not 1 <= page <= PAGES:
            raise NotShown(REASONS["no page"])
        values = {"number": page, "edge": size, "quality": QUALITY}
        return _made(stored, f"p{page}-{size}.jpg", lambda path: _run("page", path, **values))
    return _picture(stored, f"{size}.jpg", edge=size, quality=QUALITY)


def sheet(stored: StoredFile, page: int = 1) -> Path:
    """Any page of a document or of a picture with several, large. Raises NotShown."""
    size = SIZES[-1]
    if stored.media_type == PAPER:
        values = {"number": page, "edge": size, "quality": QUALITY}
        return _made(stored, f"p{page}-{size}.jpg", lambda path: _run("page", path, **values))
    if page == 1:
        return preview(stored, size)
    return _picture(stored, f"f{page}-{size}.jpg", edge=size, quality=QUALITY, frame=page)


def sheets(stored: StoredFile) -> int:
    """How many pages can be looked at so. Raises NotShown."""
    if stored.media_type == "image/tiff":
        path = _made(stored, "frames.json", lambda file: _run("frames", file, form="TIFF"))
        return int(json.loads(path.read_text())["pages"])
    return int(notes(stored)["pages"]) if stored.media_type == PAPER else 1


def public_copy(stored: StoredFile) -> Path:
    """The picture drawn anew for the public: pixels only, nothing of what the camera wrote."""
    return _picture(stored, "public.jpg", edge=PUBLIC_EDGE, quality=PUBLIC_QUALITY)


def notes(stored: StoredFile) -> dict[str, Any]:
    """What the camera wrote into the picture, or how many pages a PDF has; empty for the rest.

    Raises NotShown like `preview`.
    """
    if stored.media_type == PAPER:
        path = _made(stored, "pages.json", lambda file: _run("pages", file))
    elif stored.media_type in SHOWN_TYPES:
        form = SHOWN_TYPES[stored.media_type]
        path = _made(stored, "notes.json", lambda file: _run("notes", file, form=form))
    else:
        return {}
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def _picture(stored: StoredFile, name: str, *, edge: int, quality: int, frame: int = 1) -> Path:
    if stored.media_type not in SHOWN_TYPES:
        raise NotShown(
            _("Only photographs and PDF can be shown here. Download the file to open it.")
        )
    values = {"edge": edge, "quality": quality, "pixels": PIXEL_LIMIT, "frame": frame}
    form = SHOWN_TYPES[stored.media_type]
    return _made(stored, name, lambda path: _run("picture", path, form=form, **values))


def _run(job: str, path: Path, **values: Any) -> bytes:
    return restricted.run(job, path, **values)


def _made(stored: StoredFile, name: str, make: Callable[[Path], bytes]) -> Path:
    """What was made before, or made now; a failure is remembered beside it."""
    digest = stored.digest
    target = Path(settings.DATA_DIR) / "previews" / digest[:2] / digest[2:4] / f"{digest}-{name}"
    if target.is_file():
        return target
    remembered = target.with_suffix(".none")
    _refuse_again(remembered)
    try:
        _write(target, make(_whole(stored)))
    except restricted.Failed as failed:
        if failed.reason not in FORGOTTEN:
            _write(remembered, failed.reason.encode())
        raise NotShown(REASONS[failed.reason]) from failed
    return target


def _whole(stored: StoredFile) -> Path:
    """Where the bytes are, if they still are the ones that were taken in."""
    path = files.path_of(stored.digest)
    try:
        if files.digest_of(path) != stored.digest:
            raise restricted.Failed("altered")
    except OSError as error:
        raise restricted.Failed("missing") from error
    return path


def _refuse_again(remembered: Path) -> None:
    try:
        reason, age = remembered.read_text(), time.time() - remembered.stat().st_mtime
    except FileNotFoundError:
        return
    if reason in REASONS and age < RETRIED.get(reason, age + 1):
        raise NotShown(REASONS[reason])


def _write(target: Path, content: bytes) -> None:
    """Beside, then renamed, so that nobody reads half a picture. Raises NotShown on a full disk."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as part:
            try:
                part.write(content)
                part.flush()
                Path(part.name).replace(target)
            except OSError:
                Path(part.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise NotShown(
            _("The picture cannot be kept: the disk is full or locked. Tell your administrator.")
        ) from error
