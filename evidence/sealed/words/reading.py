"""One file from its first byte to the line that says how the reading ended. Pure."""

import codecs
import importlib
import time
from collections.abc import Callable
from typing import IO, Final

from evidence.sealed import pictures
from evidence.sealed.refusal import Refused
from evidence.sealed.words import kinds, plain
from evidence.sealed.words.said import Enough, Said

SPARE: Final = 2  # seconds of the processor's time to say the end in
_LATE: Final = (  # what libraries import in the middle of their work
    "copy", "email.parser", "email.feedparser", "email.iterators", "email.generator", "quopri",
    "base64", "binascii", "uu", "bz2", "lzma", "zlib", "html.entities", "encodings.idna",
    "stringprep", "unicodedata", "ctypes", "_strptime", "charset_normalizer.legacy",
)  # fmt: skip
_MORE: Final = (
    "ascii", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7",
    "cp437", "cp850", "cp1250", "cp1252", "cp1254", "cp1258", "mac_roman", "latin-1",
    "iso8859_2", "iso8859_5", "iso8859_6", "iso8859_7", "iso8859_8", "iso8859_9", "iso8859_15",
    "cp1253", "cp1255", "cp1257", "koi8_u", "gb2312", "gbk", "shift_jis", "euc_kr", "iso2022_jp",
    "hz", "tis_620", "unicode_escape", "raw_unicode_escape",
)  # fmt: skip


def prepare(*, draws: bool) -> None:
    """Import everything while files can still be opened."""
    for form in set(kinds.PICTURES.values()) if draws else ():
        pictures.prepare(form)
    for name in _LATE:
        try:
            importlib.import_module(name)
        except ImportError:
            continue
    for encoding in (*_MORE, *plain.LIKELY):
        codecs.lookup(encoding)
        "".encode(encoding)
    plain.decoded("d\u00e9j\u00e0 vu, na\u00efve".encode("cp1252"))


def say(
    source: IO[bytes], write: Callable[[bytes], object], *, seconds: int, draws: bool = False
) -> None:
    """Every place as a line of JSON, then `{"end": reason, "scans": [pages]}`, empty when whole.

    With `draws`, pictures of text that lie in the file are said as pictures drawn anew.
    """
    said = Said(write, kinds.read, until=time.process_time() + seconds - SPARE, draws=draws)
    try:
        kinds.read(source, said)
    except (Enough, Refused) as stopped:
        said.end(stopped.reason)
    except MemoryError:
        said.end("memory")
    except Exception:
        # Whatever a reader raises for hostile bytes means the same: it cannot be read further.
        said.end("unreadable")
    else:
        said.end()
