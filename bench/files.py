"""Files: what hashing and keeping an upload costs, beside hashing the same bytes alone."""

import io
import secrets
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from PIL import Image

from evidence import file_check, files, images, uploads
from evidence.models import StoredFile
from evidence.upload_handler import HashingUploadHandler
from evidence.uploads import HashedUpload

MEGABYTE = 1_000_000
CHUNK = 64 * 1024  # what Django hands to an upload handler at a time


def run(quick: bool) -> list[dict[str, object]]:
    size = (64 if quick else 512) * MEGABYTE
    sample = Path(settings.DATA_DIR) / "sample.bin"
    sample.write_bytes(secrets.token_bytes(MEGABYTE) * (size // MEGABYTE))
    kept: list[HashedUpload] = []
    return [
        _rate("sha256sum of the same file", size, lambda: _sha256sum(sample)),
        _rate("hashlib alone", size, lambda: files.digest_of(sample)),
        _rate("receive and hash", size, lambda: kept.append(_receive(sample))),
        _rate("keep: fsync, name, row", size, lambda: files.store(kept[0], actor=None)),
        _rate("verify_files", size, lambda: list(file_check.run(file_check.begin()))),
        _small_files(20 if quick else 200),
        _preview(),
    ]


def _sha256sum(path: Path) -> None:
    subprocess.run(["sha256sum", str(path)], check=True, stdout=subprocess.DEVNULL)


def _receive(path: Path) -> HashedUpload:
    """The same bytes through the upload handler, as a request hands them over."""
    handler = HashingUploadHandler(HttpRequest())
    handler.new_file("files", path.name, "application/octet-stream", path.stat().st_size)
    with path.open("rb") as source:
        start = 0
        while chunk := source.read(CHUNK):
            handler.receive_data_chunk(chunk, start)
            start += len(chunk)
    upload = handler.file_complete(start)
    assert upload is not None  # noqa: S101
    return upload


def _rate(name: str, size: int, act: Callable[[], object]) -> dict[str, object]:
    began = time.perf_counter()
    act()
    spent = time.perf_counter() - began
    return {"name": name, "value": round(size / MEGABYTE / spent), "unit": "MB/s", "n": size}


def _small_files(number: int) -> dict[str, object]:
    """Photographs of two megabytes, one after the other, each durable before its row."""
    began = time.perf_counter()
    for _number in range(number):
        content = io.BytesIO(secrets.token_bytes(2 * MEGABYTE))
        files.store(uploads.receive(content, "photo.jpg"), actor=None)
    rate = number / (time.perf_counter() - began)
    return {"name": "files of 2 MB kept", "value": round(rate, 1), "unit": "1/s", "n": number}


def _preview() -> dict[str, object]:
    """Twelve megapixels to the size of a page, as the first reader waits for it."""
    content = io.BytesIO()
    Image.effect_noise((4000, 3000), 40).convert("RGB").save(content, "JPEG", quality=85)
    content.seek(0)
    stored: StoredFile = files.store(uploads.receive(content, "photo.jpg"), actor=None)
    began = time.perf_counter()
    images.preview(stored, 1600)
    spent = (time.perf_counter() - began) * 1000
    return {"name": "preview of 12 megapixels", "value": round(spent), "unit": "ms", "n": 1}
