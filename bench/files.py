"""Files: what a whole upload costs, beside hashing the same bytes alone."""

import io
import resource
import secrets
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, cast

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from PIL import Image

from evidence import files
from evidence.filestore import file_check, images, uploads
from evidence.filestore.uploads import HashedUpload
from evidence.models import StoredFile

MEGABYTE = 1_000_000
BOUNDARY = "casework-bench"


def run(quick: bool) -> list[dict[str, object]]:
    size = (64 if quick else 2000) * MEGABYTE
    sample = Path(settings.DATA_DIR) / "sample.bin"
    _write_sample(sample, size)
    before = _peak()
    alone = _rate("sha256sum of the same file", size, lambda: _sha256sum(sample))
    upload = _rate("upload: parse, hash, write, fsync, row", size, lambda: _upload(sample))
    rows = [
        alone,
        _rate("hashlib alone", size, lambda: files.digest_of(sample)),
        upload,
        {"name": "upload beside sha256sum", "value": _percent(upload, alone), "unit": "%", "n": 1},
        {"name": "more memory for it", "value": _peak() - before, "unit": "MiB", "n": size},
        _rate("verify_files", size, lambda: list(file_check.run(file_check.begin()))),
        _small_files(20 if quick else 200),
        _preview(),
    ]
    sample.unlink()
    return rows


def _write_sample(path: Path, size: int) -> None:
    """No two megabytes are the same."""
    block = secrets.token_bytes(MEGABYTE)
    with path.open("wb") as file:
        for number in range(size // MEGABYTE):
            file.write(number.to_bytes(8, "big") + block[8:])


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _percent(part: dict[str, object], whole: dict[str, object]) -> int:
    return round(100 * float(str(part["value"])) / float(str(whole["value"])))


def _sha256sum(path: Path) -> None:
    subprocess.run(["sha256sum", str(path)], check=True, stdout=subprocess.DEVNULL)


def _upload(path: Path) -> StoredFile:
    """The file as the one field of a form, through Django's parser and our handler, and kept."""
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="sent"; filename="s.bin"\r\n\r\n'
    ).encode()
    tail = f"\r\n--{BOUNDARY}--\r\n".encode()
    with path.open("rb") as file:
        body = _Joined([io.BytesIO(head), file, io.BytesIO(tail)])
        request = WSGIRequest(
            {
                "REQUEST_METHOD": "POST",
                "PATH_INFO": "/",
                "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
                "CONTENT_LENGTH": str(len(head) + path.stat().st_size + len(tail)),
                "wsgi.input": body,
            }
        )
        stored = files.store(cast(HashedUpload, request.FILES["sent"]), actor=None)
        request.close()
    return stored


class _Joined(io.RawIOBase):
    """Several files read as one."""

    def __init__(self, parts: list[IO[bytes]]) -> None:
        self.parts = parts

    def read(self, size: int = -1) -> bytes:
        while self.parts:
            if piece := self.parts[0].read(size):
                return piece
            self.parts.pop(0)
        return b""


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
