"""What people typed, made harmless for paper: escaped, drawable, and never wider than the page.

Pure. Nothing is dropped: what a face cannot draw, or what would act on the text around it, is named
as a code point in brackets.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from xml.sax.saxutils import escape

from evidence.dossier import fonts

LONGEST_WORD = 200  # reportlab's time to break a word grows with the square of its length
LONGEST_PIECE = 4000  # characters of one paragraph, for the same reason
PLAIN = re.compile(r"[ !#-%'-;=?-~\n]*")  # ASCII that needs nothing; & < > " are escaped
LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")
NAMED = {"Cc", "Cf", "Cs", "Co", "Cn"}  # controls, direction marks, half pairs, unassigned
SPACES = str.maketrans({"\t": " ", "\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n"})


def markup(text: object, face: str = fonts.SANS) -> str:
    """One piece of typed text as reportlab markup in a face; line ends become breaks."""
    return _markup(_trimmed(str(text)), face)


def paragraphs(text: str, face: str = fonts.SERIF) -> list[str]:
    """A long text as pieces of markup: one per paragraph, none too long to lay out."""
    lines = [line.strip() for line in _trimmed(text).split("\n")]
    pieces = [piece for line in lines if line for piece in _pieces(line)]
    return [_markup(piece, face) for piece in pieces]


def plain(text: object) -> str:
    """For bookmarks and metadata: one line, nothing that acts, at most 200 characters."""
    found = "".join(_name(char) if _is_named(char) else char for char in _trimmed(str(text)))
    return " ".join(found.split())[:200]


def _trimmed(text: str) -> str:
    text = text.replace("\r\n", "\n").translate(SPACES)
    return unicodedata.normalize("NFC", text)


def _pieces(line: str) -> Iterator[str]:
    while len(line) > LONGEST_PIECE:
        cut = line.rfind(" ", LONGEST_PIECE // 2, LONGEST_PIECE)
        cut = cut if cut > 0 else LONGEST_PIECE
        yield line[:cut]
        line = line[cut:].lstrip(" ")
    yield line


@lru_cache(maxsize=4096)
def _markup(text: str, face: str) -> str:
    text = LONG_WORD.sub(lambda word: f"{word[0]} ", text)
    if PLAIN.fullmatch(text):
        return text.replace("\n", "<br/>")
    runs = groupby(text, key=lambda char: _drawn_by(char, face))
    return "".join(_run("".join(chars), how, face) for how, chars in runs)


def _drawn_by(char: str, face: str) -> str:
    """The face that draws a character: the one asked for, the widest one, or none."""
    if char == "\n":
        return face
    if _is_named(char):
        return ""
    for candidate in (face, fonts.SANS):
        if ord(char) in fonts.covered(candidate):
            return candidate
    return ""


def _is_named(char: str) -> bool:
    return char != "\n" and unicodedata.category(char) in NAMED


def _run(chars: str, how: str, face: str) -> str:
    if not how:
        names = " ".join(f"U+{ord(char):04X}" for char in chars)
        return f"[{names}]"
    drawn = escape(chars, {'"': "&quot;"}).replace("\n", "<br/>")
    return drawn if how == face else f'<font name="{how}">{drawn}</font>'


def _name(char: str) -> str:
    return f"[U+{ord(char):04X}]"
