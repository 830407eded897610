"""The file outside the database that signed heads are appended to: whole notes, in order, on disk.

What a kill or a full disk left of a note at the end is cut off and written again whole.
"""

import fcntl
import os
from collections.abc import Iterable
from io import FileIO
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from casework.errors import DomainError
from casework.ledger import checkpoint, signing
from casework.ledger.format import Mismatch
from evidence.models import SignedHead

END_BYTES = 64 * 1024  # of the file that are read; a note has some hundred bytes
SIGNATURE = "\n— ".encode()


class HeadsFileBroken(DomainError):
    """The end of the file is neither a head nor the beginning of one."""

    code = "heads-file-broken"
    status = 500
    message = _("The last head in the heads file is torn. Mend the file.")


def last_size(path: Path) -> int:
    """Size of the last whole head in the file."""
    try:
        with path.open("rb", buffering=0) as file:
            return _size(_whole(file)[0])
    except FileNotFoundError:
        return 0


def publish(path: Path) -> None:
    """Append the heads that the file has not got yet; they are on disk when this returns.

    After a failure the file is as it was, so that nothing counts as written that was not synced.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        known = _mend(file)
        end = file.seek(0, os.SEEK_END)
        try:
            for head in _after(known):
                _write(file, head.note.encode())
            os.fsync(file.fileno())
            _sync_folder(path.parent)
        except OSError:
            file.truncate(end)
            raise


def _after(size: int) -> Iterable[SignedHead]:
    heads: Iterable[SignedHead] = SignedHead.objects.filter(tree_size__gt=size)
    return sorted(heads, key=lambda head: head.tree_size)


def _write(file: FileIO, note: bytes) -> None:
    while note:
        note = note[file.write(note) or 0 :]


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _mend(file: FileIO) -> int:
    """Cut off a torn note at the end, if it is one of ours; the size of the last whole head."""
    note, torn = _whole(file)
    size = _size(note)
    if torn:
        if not any(head.note.encode().startswith(torn) for head in _after(size)):
            raise HeadsFileBroken
        file.truncate(file.seek(0, os.SEEK_END) - len(torn))
    return size


def _whole(file: FileIO) -> tuple[str, bytes]:
    """The last whole note, and what stands behind it."""
    length = file.seek(0, os.SEEK_END)
    file.seek(max(0, length - END_BYTES))
    text = file.read(END_BYTES) or b""
    start = text.rfind(SIGNATURE)
    if start >= 0 and text.find(b"\n", start + 1) < 0:  # torn in its signature
        start = text.rfind(SIGNATURE, 0, start)
    end = text.find(b"\n", start + 1) + 1 if start >= 0 else 0
    notes = list(signing.split_notes(text[:end].decode(errors="replace")))
    return (notes[-1] if notes else ""), text[end:]


def _size(note: str) -> int:
    if not note:
        return 0
    try:
        return checkpoint.parse_head(note.partition("\n\n")[0] + "\n").size
    except Mismatch as fault:
        raise HeadsFileBroken from fault
