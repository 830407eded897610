"""Uploads are hashed while they are written to disk; nothing is held in memory.

A file past the limit is dropped where it is found out, and the rest of the form still arrives, so
that what was typed can be shown again.
"""

import hashlib
import tempfile
import time
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.utils.translation import gettext as _

from casework import display

PREFIX = "upload-"
ABANDONED_AFTER_SECONDS = 24 * 60 * 60
HEAD_BYTES = 8192


class HashedUpload(UploadedFile):  # type: ignore[type-arg]  # generic in the stubs only
    """An upload on disk with its SHA-256; `is_too_large` when nothing of it was kept."""

    def __init__(
        self, file: IO[bytes], name: str, claimed_type: str, size: int, digest: str
    ) -> None:
        super().__init__(file, name, claimed_type, size)
        self.digest = digest
        self.is_too_large = False

    @property
    def path(self) -> Path:
        return Path(self.file.name)  # type: ignore[union-attr]  # a named temporary file

    def head(self) -> bytes:
        """The first bytes, from which the type is told."""
        self.seek(0)
        return bytes(self.read(HEAD_BYTES))


def incoming_folder() -> Path:
    """Where uploads are written: on the same file system as the store, so that they can be linked.

    No file of the store is ever found here.
    """
    folder = settings.FILES_DIR / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    return Path(folder)


def temporary_file() -> IO[bytes]:
    """A new file in the incoming folder; it goes away when it is closed."""
    return tempfile.NamedTemporaryFile(dir=incoming_folder(), prefix=PREFIX)


def receive(source: IO[bytes], name: str, claimed_type: str = "") -> HashedUpload:
    """The same for bytes that come from a file or a command instead of a browser."""
    target, digest, size = temporary_file(), hashlib.sha256(), 0
    while chunk := source.read(1 << 20):
        target.write(chunk)
        digest.update(chunk)
        size += len(chunk)
    target.flush()
    upload = HashedUpload(target, name, claimed_type, size, digest.hexdigest())
    if size > settings.UPLOAD_LIMIT:
        upload.is_too_large = True
    return upload


def too_large_message() -> str:
    limit = display.size(settings.UPLOAD_LIMIT)
    return _(
        "The file is larger than %(limit)s. Send it in parts, or ask your administrator to "
        "bring it in."
    ) % {"limit": limit}


def remove_abandoned() -> int:
    """Remove what a killed process left in the incoming folder; how many files that were."""
    oldest = time.time() - ABANDONED_AFTER_SECONDS
    abandoned = [
        path for path in incoming_folder().glob(f"{PREFIX}*") if path.stat().st_mtime < oldest
    ]
    for path in abandoned:
        path.unlink(missing_ok=True)
    return len(abandoned)


class HashingUploadHandler(FileUploadHandler):
    """Streams each file of a request to disk, computing its digest on the way."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        # The CSRF check reads the body before the page asks who is there.
        user = getattr(self.request, "user", None)
        if user is not None and not user.is_authenticated:
            raise StopUpload(connection_reset=True)
        super().new_file(*args, **kwargs)
        self.target = temporary_file()
        self.hash = hashlib.sha256()
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received <= settings.UPLOAD_LIMIT:
            self.target.write(raw_data)
            self.hash.update(raw_data)
        elif self.target.tell():
            self.target.seek(0)
            self.target.truncate()

    def file_complete(self, file_size: int) -> HashedUpload:
        self.target.flush()
        upload = HashedUpload(
            self.target,
            self.file_name or "",
            self.content_type or "",
            file_size,
            self.hash.hexdigest(),
        )
        upload.is_too_large = self.received > settings.UPLOAD_LIMIT
        return upload

    def upload_complete(self) -> None:
        remove_abandoned()

    def upload_interrupted(self) -> None:
        if hasattr(self, "target"):
            self.target.close()
