"""Pictures as pages show them: re-encoded, upright, without metadata, at two sizes.

The bytes of an upload are never sent to a browser to be interpreted. A picture that would unpack
to more than PIXEL_LIMIT is refused before it is unpacked.
"""

import tempfile
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from casework.errors import RuleBroken
from evidence import files
from evidence.models import StoredFile

SIZES: Final = (400, 1600)  # the longer edge, in pixels
PIXEL_LIMIT: Final = 150_000_000  # a telephone's largest mode, and scanner strips
SHOWN_TYPES: Final = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/gif": "GIF",
    "image/tiff": "TIFF",
    "image/webp": "WEBP",
    "image/bmp": "BMP",
}
QUALITY: Final = 82
# What Pillow's readers raise for bytes that are no such picture.
UNREADABLE: Final = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    LookupError,
    ArithmeticError,
    TypeError,
    AttributeError,
    RuntimeError,
    Image.DecompressionBombError,
)


class NotShown(RuleBroken):
    """The file stays evidence; it is only not drawn on a page."""

    code = "picture-not-shown"
    status = 422


def can_be_shown(media_type: str) -> bool:
    return media_type in SHOWN_TYPES


def preview(stored: StoredFile, size: int) -> Path:
    """A JPEG of the picture at one of SIZES, made once. Raises NotShown with the reason."""
    if size not in SIZES:
        raise ValueError(f"no such size: {size}")
    if not can_be_shown(stored.media_type):
        raise NotShown(_("Only photographs can be shown here. Download the file to open it."))
    target = _folder(stored.digest) / f"{stored.digest}-{size}.jpg"
    if not target.is_file():
        _write(target, _drawn(files.path_of(stored.digest), stored.media_type, size))
    return target


def _folder(digest: str) -> Path:
    return Path(settings.DATA_DIR) / "previews" / digest[:2] / digest[2:4]


def _drawn(path: Path, media_type: str, size: int) -> Image.Image:
    try:
        with path.open("rb") as file:
            picture = Image.open(file, formats=[SHOWN_TYPES[media_type]])
            width, height = picture.size
            if width * height > PIXEL_LIMIT:
                raise _bomb()
            if media_type == "image/jpeg":
                picture.draft("RGB", (size, size))
            upright = ImageOps.exif_transpose(picture)
            return _fitted(upright, size)
    except Image.DecompressionBombError as error:
        raise _bomb() from error
    except FileNotFoundError as error:
        raise NotShown(
            _("The bytes of this file are missing from the store. Tell your administrator.")
        ) from error
    except NotShown:
        raise
    except UNREADABLE as error:
        raise NotShown(
            _("This picture cannot be read, so it is not shown. Download the file to examine it.")
        ) from error


def _bomb() -> NotShown:
    return NotShown(
        _("This picture would unpack to more than this system draws. Download the file to open it.")
    )


def _fitted(picture: Image.Image, size: int) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        sheet = Image.new("RGB", picture.size, "white")
        sheet.paste(picture.convert("RGBA"), mask=picture.convert("RGBA").getchannel("A"))
        picture = sheet
    elif picture.mode.startswith("I") or picture.mode == "F":
        picture = ImageOps.autocontrast(picture.convert("F").convert("L"))
    picture = picture.convert("RGB")
    picture.thumbnail((size, size), Image.Resampling.LANCZOS)
    return picture


def _write(target: Path, picture: Image.Image) -> None:
    """Write beside and rename, so that nobody reads half a picture; metadata is not copied."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as part:
        try:
            picture.info.clear()
            picture.save(part, "JPEG", quality=QUALITY, optimize=True, progressive=True)
        except UNREADABLE as error:
            Path(part.name).unlink()
            raise NotShown(_("This picture cannot be drawn. Download the file.")) from error
    Path(part.name).replace(target)
