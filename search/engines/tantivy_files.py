"""What a folder of tantivy holds: whether its files are whole, and what the system says of it.

A panic of the library, a file cut short and a folder that is gone all become one error.
"""

import json
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from search.engines import EngineBusyError, EngineUnavailableError, IndexLostError

PARTS: Final = ("idx", "term", "pos", "store", "fast", "fieldnorm")
MAGIC: Final = 1_337  # the last four bytes of each file; before them the length of the footer
PIECE: Final = 1 << 20
CHANGES: Final = 3  # how often a writer may replace files under the reader
# Memory, permission, open files, room, read-only, quota: a new index would fare no better.
SURROUNDINGS: Final = re.compile(r"(?:os error|Errno) (?:12|13|23|24|28|30|122)\b")


@contextmanager
def reported() -> Iterator[None]:
    """One error for whatever the library, the disk or a damaged file may raise."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise _named(str(error)) from error
    except BaseException as error:
        # A damaged file makes the library panic, which is no Exception.
        if type(error).__name__ == "PanicException":
            raise IndexLostError("The index is damaged.") from error
        raise


def _named(reason: str) -> EngineUnavailableError:
    if "LockBusy" in reason:
        return EngineBusyError(reason)
    return (EngineUnavailableError if SURROUNDINGS.search(reason) else IndexLostError)(reason)


def verify(folder: Path) -> None:
    """Compares every file of the last commit with the checksum in its footer."""
    for _ in range(CHANGES):
        meta = (folder / "meta.json").read_bytes()
        try:
            for file in _files(folder, json.loads(meta)):
                _verify(file)
            return
        except FileNotFoundError:
            if (folder / "meta.json").read_bytes() == meta:
                raise
    raise EngineUnavailableError("The index changes too fast to be checked.")


def _files(folder: Path, meta: Any) -> Iterator[Path]:
    for segment in meta["segments"]:
        name = segment["segment_id"].replace("-", "")
        yield from (folder / f"{name}.{part}" for part in PARTS)
        if deletes := segment["deletes"]:
            yield folder / f"{name}.{deletes['opstamp']}.del"


def _verify(path: Path) -> None:
    with path.open("rb") as file:
        end = file.seek(0, 2)
        file.seek(max(0, end - 8))
        tail = file.read(8)
        length = int.from_bytes(tail[:4], "little")
        if int.from_bytes(tail[4:], "little") != MAGIC or length + 8 > end:
            raise ValueError(f"{path.name} is cut short.")
        file.seek(end - 8 - length)
        footer = json.loads(file.read(length))
        if footer["crc"] != _checksum(file, end - 8 - length):
            raise ValueError(f"{path.name} is damaged.")


def _checksum(file: Any, size: int) -> int:
    found = 0
    file.seek(0)
    while size > 0 and (piece := file.read(min(PIECE, size))):
        found = zlib.crc32(piece, found)
        size -= len(piece)
    return found
