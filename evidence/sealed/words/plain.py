"""Text without a form of its own, in whatever character set; and text that is RTF or HTML. Pure."""

import codecs
import contextlib
import re
from typing import IO, Final

from charset_normalizer import from_bytes

from evidence.sealed.refusal import Refused
from evidence.sealed.words import markup, rtf
from evidence.sealed.words.said import CHARACTERS, Enough, Lines, Said, numbered

LARGEST: Final = 4 * CHARACTERS  # bytes
SAMPLE: Final = 64 << 10
MARKS: Final = (  # the longer first: one is the beginning of another
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What trade documents come in where their letters are not Latin; the detection of these is sure.
LIKELY: Final = (
    "cp1251", "koi8_r", "cp1253", "cp1255", "cp1256", "cp874", "gb18030", "big5", "cp932", "euc_jp",
    "cp949",
)  # fmt: skip
LATIN: Final = 0.25  # of the letters: with fewer bytes beyond ASCII a text is Western
FALLBACK: Final = "cp1252"
STRANGE, STRANGE_IN_UNICODE = 0.02, 0.3  # of the bytes: control characters that no text holds
_WRITTEN: Final = frozenset(range(32, 256)) - {127} | set(b"\t\n\r\f\x1b\x08")
_CHARSET: Final = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([A-Za-z0-9_.-]{2,30})")
_HTML: Final = ("<!doctype html", "<html", "<head", "<body", "<?xml", "<!--")


def read(source: IO[bytes], said: Said) -> None:
    data = source.read(LARGEST + 1)
    text = decoded(data[:LARGEST], _named(data))
    beginning = text[:1000].lstrip("\ufeff \t\r\n").lower()
    if beginning.startswith("{\\rtf"):
        rtf.say(text, said)
    elif beginning.startswith(_HTML):
        markup.say(text, said)
    else:
        say(text, said)
    if len(data) > LARGEST:
        raise Enough("limit")


def say(text: str, said: Said, *, first: str = "text:") -> None:
    lines = Lines(said, numbered("line", first))
    for line in text.split("\n"):
        lines.add(line)
    lines.flush()


def decoded(data: bytes, named: str = "") -> str:
    """The text, in the set that was named where it fits. Raises Refused where it is no text."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if wide := _wide(data):
        return data.decode(wide, "replace")
    sample = data[:SAMPLE]
    strange = sum(byte not in _WRITTEN for byte in sample) / max(1, len(sample))
    if strange > STRANGE_IN_UNICODE:
        raise Refused("no_reader")
    for encoding in filter(None, (named, "utf-8")):
        with contextlib.suppress(UnicodeError, LookupError, ValueError, OSError):  # a late import
            return data.decode(encoding)
    if strange > STRANGE:
        raise Refused("no_reader")
    return data.decode(_guessed(sample), "replace")


def _named(data: bytes) -> str:
    """The set that a page of HTML or XML names for itself."""
    head = data[:2048]
    found = _CHARSET.search(head) if head.lstrip().startswith(b"<") else None
    return found[1].decode("ascii") if found else ""


def forced(data: bytes, named: str) -> str:
    """The same for what must be text: what cannot be read as such becomes signs of doubt."""
    try:
        return decoded(data, named)
    except Refused:
        return data.decode(FALLBACK, "replace")


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of Western text is zero."""
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 5 and even * 10 < odd:
        return "utf-16-le"
    if even > len(sample) // 5 and odd * 10 < even:
        return "utf-16-be"
    return ""


def _guessed(sample: bytes) -> str:
    beyond = sum(byte > 127 for byte in sample)
    letters = sum(byte > 127 or chr(byte).isalpha() for byte in sample)
    if beyond <= LATIN * letters:
        return FALLBACK
    best = from_bytes(sample, cp_isolation=list(LIKELY), enable_fallback=False).best()
    return best.encoding if best is not None else FALLBACK
