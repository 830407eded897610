"""Small files for tests, made here; nothing in them is real."""

import io

from PIL import Image

from evidence.filestore import uploads
from evidence.filestore.uploads import HashedUpload


def jpeg(
    width: int = 40, height: int = 20, *, colour: str = "brown", turned: bool = False
) -> bytes:
    """A photograph; `turned` marks it as taken with the camera on its side, with a note in EXIF."""
    picture, target = Image.new("RGB", (width, height), colour), io.BytesIO()
    exif = Image.Exif()
    if turned:
        exif[0x0112] = 6
        exif[0x010E] = "secret place"
    picture.save(target, "JPEG", exif=exif)
    return target.getvalue()


def png(width: int = 10, height: int = 10) -> bytes:
    target = io.BytesIO()
    Image.new("RGBA", (width, height), (10, 20, 30, 0)).save(target, "PNG")
    return target.getvalue()


def upload(content: bytes, name: str = "photo.jpg", claimed: str = "image/jpeg") -> HashedUpload:
    return uploads.receive(io.BytesIO(content), name, claimed)
