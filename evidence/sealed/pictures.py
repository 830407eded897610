"""Pictures redrawn: upright, in ordinary colours, at most so large, without any metadata. Pure."""

import contextlib
import importlib
import io
from typing import IO, Any, Final

from PIL import Image, ImageCms, ImageOps

from evidence.sealed.refusal import Refused

TIFF_ORIENTATION: Final = 0x0112
LATE: Final = ("copy",)  # what Pillow imports in the middle of its work
READERS: Final = {
    "JPEG": ("Jpeg", "Mpo", "Tiff"), "PNG": ("Png", "Tiff"), "GIF": ("Gif",), "TIFF": ("Tiff",),
    "WEBP": ("WebP", "Tiff"), "BMP": ("Bmp",), "HEIF": ("Tiff",),
}  # fmt: skip


def prepare(form: str) -> None:
    """Load what Pillow would look for later, when nothing can be opened any more."""
    if form == "HEIF":
        pi_heif = importlib.import_module("pi_heif")
        pi_heif.options.DECODE_THREADS = 1
        pi_heif.register_heif_opener(thumbnails=False)
    for name in LATE:
        importlib.import_module(name)
    for name in READERS.get(form, ()):
        importlib.import_module(f"PIL.{name}ImagePlugin")
    Image.preinit()
    ImageCms.createProfile("sRGB")


def redrawn(
    source: IO[bytes], *, form: str, edge: int, pixels: int, quality: int, frame: int = 1
) -> bytes:
    """A JPEG whose longer edge is at most `edge`. Raises Refused past so many pixels."""
    Image.MAX_IMAGE_PIXELS = pixels
    try:
        picture = Image.open(source, formats=[form])
    except Image.DecompressionBombError as error:
        raise Refused("bomb") from error
    if frame > 1:
        go_to(picture, frame)
    if picture.width * picture.height > pixels:
        raise Refused("bomb")
    if form == "JPEG":
        picture.draft("RGB", (edge, edge))
    return jpeg(fitted(picture, edge), quality)


def frames(source: IO[bytes], *, form: str) -> int:
    """How many pages a picture has, e.g. of a fax."""
    return int(getattr(Image.open(source, formats=[form]), "n_frames", 1))


def go_to(picture: Image.Image, frame: int) -> None:
    try:
        picture.seek(frame - 1)
    except EOFError as error:
        raise Refused("no page") from error


def jpeg(picture: Image.Image, quality: int) -> bytes:
    """The pixels and nothing else: what was known of them stays behind."""
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    target = io.BytesIO()
    bare.save(target, "JPEG", quality=quality, optimize=True, progressive=True)
    return target.getvalue()


def fitted(picture: Image.Image, edge: int) -> Image.Image:
    orientation = picture.getexif().get(TIFF_ORIENTATION, 1)
    profile = picture.info.get("icc_profile")
    picture.load()
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture.thumbnail((edge, edge), Image.Resampling.LANCZOS)
        picture = picture.convert("RGBA")
        sheet = Image.new("RGB", picture.size, "white")
        sheet.paste(picture, mask=picture.getchannel("A"))
        picture = sheet
    elif picture.mode.startswith("I") or picture.mode == "F":
        picture = ImageOps.autocontrast(picture.convert("F").convert("L"))
    elif picture.mode == "P":
        picture = picture.convert("RGB")
    picture.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    return turned(_ordinary(picture, profile), orientation)


def _ordinary(picture: Image.Image, profile: Any) -> Image.Image:
    """The colours as the profile meant them; a broken profile is left aside."""
    if isinstance(profile, bytes) and picture.mode in ("RGB", "CMYK", "L"):
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            shown = ImageCms.profileToProfile(
                picture, meant, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            if shown is not None:
                return shown
    return picture.convert("RGB")


def turned(picture: Image.Image, orientation: Any) -> Image.Image:
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    return picture.transpose(turns[orientation]) if orientation in turns else picture
