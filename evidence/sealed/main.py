"""One job in the walled process: the file comes in on 0, the result goes out on 1.

Ends with 0, or with 3 and one word why; anything else is a crash, which the caller expects.
"""

import json
import os
import sys
from typing import IO, Any, Final

from evidence.sealed import limits
from evidence.sealed.refusal import Refused

REFUSED: Final = 3


def _picture(source: IO[bytes], **values: Any) -> bytes:
    from evidence.sealed import pictures

    return pictures.redrawn(source, **values)


def _page(source: IO[bytes], **values: Any) -> bytes:
    from evidence.sealed import papers

    return papers.page(source, **values)


def _notes(source: IO[bytes], **values: Any) -> bytes:
    from evidence.sealed import notes

    return json.dumps(notes.read(source, **values)).encode()


def _pages(source: IO[bytes], **values: Any) -> bytes:
    from evidence.sealed import papers

    return json.dumps({"pages": papers.count(source, **values)}).encode()


def _words(source: IO[bytes], **values: Any) -> bytes:
    """Says its places while it reads; only the end is left to say."""
    from evidence.sealed.words import reading

    reading.say(source, _write, **values)
    return b""


def _leaves(source: IO[bytes], *, form: str, counts: bool = False, **values: Any) -> bytes:
    """Written where the result goes, piece by piece: it may be larger than the memory."""
    from evidence.sealed import leaves

    if counts:
        return json.dumps({"pages": leaves.count(source, form=form)}).encode()
    with open(1, "w+b", closefd=False) as out:
        try:
            leaves.write(source, out, form=form, edge=values["edge"], pixels=values["pixels"])
        except BaseException:
            out.seek(0)
            out.truncate()
            raise
    return b""


def _frames(source: IO[bytes], **values: Any) -> bytes:
    from evidence.sealed import pictures

    return json.dumps({"pages": pictures.frames(source, **values)}).encode()


def _find(source: IO[bytes], **_limits: Any) -> bytes:
    from evidence.sealed.redaction import work

    return work.find(source)


def _redact(source: IO[bytes], **_limits: Any) -> bytes:
    from evidence.sealed.redaction import work

    return work.redact(source)


JOBS: Final = {
    "picture": _picture, "notes": _notes, "page": _page, "pages": _pages, "words": _words,
    "leaves": _leaves, "frames": _frames, "find": _find, "redact": _redact,
}  # fmt: skip


def main() -> None:
    job, values = sys.argv[1], json.loads(sys.argv[2])
    _load(job, values.get("form", ""), draws=values.get("draws", False))
    limits.put_up(
        values.get("seconds", limits.PROCESSOR_SECONDS),
        output=values.get("output", limits.OUTPUT),
        memory=values.get("memory", limits.MEMORY),
    )
    try:
        with open(0, "rb", closefd=False) as source:
            result = JOBS[job](source, **values)
    except Refused as refused:
        _end(REFUSED, refused.reason.encode())
    except MemoryError:
        _end(REFUSED, b"memory")
    except Exception:
        # Whatever a reader raises for hostile bytes means the same: it cannot be read.
        _end(REFUSED, b"unreadable")
    _end(0, result)


def _load(job: str, form: str, *, draws: bool = False) -> None:
    """Import everything while files can still be opened."""
    if job == "words":
        from evidence.sealed.words import reading

        reading.prepare(draws=draws)
        return
    if job in ("find", "redact"):
        from evidence.sealed.redaction import work

        work.prepare(form)
        return
    from evidence.sealed import pictures

    pictures.prepare(form)
    if job == "leaves":
        from evidence.sealed import leaves

        leaves.prepare()
    elif job in ("page", "pages"):
        from evidence.sealed import papers  # noqa: F401
    else:
        from evidence.sealed import notes  # noqa: F401
    for encoding in ("latin-1", "utf-16-le", "utf-16-be", "ascii", "utf-8"):
        "".encode(encoding)


def _end(status: int, said: bytes) -> None:
    """Leave without closing what a library may have left broken."""
    _write(said)
    os._exit(status)


def _write(said: bytes) -> None:
    while said:
        said = said[os.write(1, said) :]
