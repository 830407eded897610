"""Uploads are hashed while they are written to disk; nothing is held in memory.

Each lives in the incoming folder until its request ends and goes away with it. While it lives its
process shares a lock on that folder: whoever gets the lock alone knows that what lies there was
left by a killed process.
"""

import contextlib
import fcntl
import hashlib
import io
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from django.utils.translation import gettext as _

from casework import display
from evidence.filestore import file_names

PREFIX = "upload-"
HEAD_BYTES = 8192
CHUNK = 1 << 20


class Incoming(io.BufferedRandom):
    """A new file in the incoming folder; it goes away when it is closed.

    While it is owed it stays: its bytes are in the store and no committed row names them yet. The
    lock is held on to the end of the transaction; without a row the file is left to be swept up.
    """

    def __init__(self) -> None:
        self.is_owed = False
        folder = incoming_folder()
        self._lock: int | None = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_SH)
            self.path = folder / f"{PREFIX}{secrets.token_hex(16)}"
            super().__init__(io.FileIO(self.path, "x+b", opener=_private))
        except OSError:
            self._unlock()
            raise

    def close(self) -> None:
        if not self.closed:
            # What a full disk did not take was never acknowledged.
            with contextlib.suppress(OSError):
                super().close()
        if not self.is_owed:
            self._end()
        elif not connection.in_atomic_block:
            self._unlock()

    def settled(self) -> None:
        """The row is committed."""
        self.is_owed = False
        if self.closed:
            self._end()

    def _end(self) -> None:
        if self._lock is not None:
            self.path.unlink(missing_ok=True)
        self._unlock()

    def _unlock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __del__(self) -> None:
        if getattr(self, "_lock", None) is not None:
            self.close()
            self._unlock()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class HashedUpload(UploadedFile):  # type: ignore[type-arg]  # generic in the stubs only
    """An upload on disk with its SHA-256.

    Nothing of it was kept where `is_too_large`, or where `fault` tells what the disk refused.
    """

    def __init__(
        self, file: IO[bytes], name: str, claimed_type: str, size: int, digest: str
    ) -> None:
        super().__init__(file, name, claimed_type, size)
        self.digest = digest
        self.is_too_large = False
        self.fault: OSError | None = None

    @property
    def path(self) -> Path:
        assert isinstance(self.file, Incoming)  # noqa: S101 - checked before it is kept
        return self.file.path

    def owe(self) -> None:
        """The store holds these bytes for a row that is not committed."""
        if isinstance(self.file, Incoming):
            self.file.is_owed = True

    def settled(self) -> None:
        if isinstance(self.file, Incoming):
            self.file.settled()

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


class Reception:
    """Takes in one file piece by piece: written, hashed, counted, and dropped past the limit."""

    def __init__(self) -> None:
        self.hash = hashlib.sha256()
        self.size = 0
        self.fault: OSError | None = None
        self.target: Incoming | None = None
        with self._noting_faults():
            self.target = Incoming()

    def take(self, piece: bytes) -> None:
        self.size += len(piece)
        if self.target is None:
            return
        if self.size > settings.UPLOAD_LIMIT:
            self.drop()
            return
        with self._noting_faults():
            self.target.write(piece)
            self.hash.update(piece)

    def done(self, name: str, claimed_type: str) -> HashedUpload:
        if self.target is not None:
            with self._noting_faults():
                self.target.flush()
        file = self.target or io.BytesIO()
        name = file_names.clean(name)  # Django refuses to hold names such as `..`
        upload = HashedUpload(file, name, claimed_type, self.size, self.hash.hexdigest())
        upload.is_too_large = self.size > settings.UPLOAD_LIMIT
        upload.fault = self.fault
        return upload

    def drop(self) -> None:
        """Give the room on the disk back at once; the rest of the request still arrives."""
        if self.target is not None:
            self.target.close()
        self.target = None

    @contextlib.contextmanager
    def _noting_faults(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.fault = error
            self.drop()


def receive(source: IO[bytes], name: str, claimed_type: str = "") -> HashedUpload:
    """The same for bytes that come from a file or a command instead of a browser."""
    reception = Reception()
    while piece := source.read(CHUNK):
        reception.take(piece)
    return reception.done(name, claimed_type)


def too_large_message() -> str:
    limit = display.size(settings.UPLOAD_LIMIT)
    return _(
        "The file is larger than %(limit)s. Send it in parts, or ask your administrator to "
        "bring it in."
    ) % {"limit": limit}


@contextlib.contextmanager
def abandoned() -> Iterator[list[Path]]:
    """What killed processes left in the incoming folder; none while an upload is on its way.

    Inside the block no new upload begins.
    """
    folder = incoming_folder()
    left = sorted(folder.glob(f"{PREFIX}*"))
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield [path for path in left if path.exists()]
    except BlockingIOError:
        yield []
    finally:
        os.close(handle)
