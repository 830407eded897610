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
from evidence.dossier.faces import bidi

LONGEST_WORD = 200  # reportlab's time to break a word grows with the square of its length
LONGEST_PIECE = 4000  # characters of one paragraph, for the same reason
PLAIN = re.compile(r"[ !#-%'-;=?-~\n]*")  # ASCII that needs nothing; & < > " are escaped
LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")
NAMED = {"Cc", "Cf", "Cs", "Co", "Cn"}  # controls, direction marks, half pairs, unassigned
# Joiners that change how two Arabic letters are drawn; anywhere else they would be unseen.
JOINERS = re.compile("(?<=[\u0620-\u06ff])[\u200c\u200d](?=[\u0620-\u06ff])")
UNSEEN = {"Cc", "Cf"}
UNSPACED = re.compile("[\u3000-\u9fff\uff00-\uffef\U00020000-\U0003ffff]")  # Chinese, Japanese
SPACES = str.maketrans({"\t": " ", "\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n"})


def markup(text: object, face: str = fonts.SANS) -> str:
    """One piece of typed text as reportlab markup in a face; line ends become breaks."""
    return _markup(_trimmed(str(text)), face)


def paragraphs(text: str, face: str = fonts.SERIF) -> list[str]:
    """A long text as pieces of markup: one per paragraph, none too long to lay out."""
    lines = [line.strip() for line in _trimmed(text).split("\n")]
    pieces = [piece for line in lines if line for piece in _pieces(line)]
    return [_set(piece, face) for piece in pieces]


def _set(piece: str, face: str) -> str:
    """A paragraph from right to left begins at the right; one in Chinese has no spaces to break."""
    if len(UNSPACED.findall(piece)) * 2 > len(piece):
        return f'<para wordWrap="CJK">{_markup(piece, face, is_spaced=False)}</para>'
    ready = _markup(piece, face)
    return f'<para align="right">{ready}</para>' if _is_leftward(piece) else ready


def _is_leftward(line: str) -> bool:
    """Whether a line is set from right to left: only where one face can draw all of it."""
    drawn = fonts.covered(fonts.ARABIC)
    return bidi.is_leftward(line) and all(ord(char) in drawn for char in line)


def plain(text: object) -> str:
    """For bookmarks and metadata: one line, nothing that acts, at most 200 characters."""
    found = "".join(_name(char) if _is_named(char) else char for char in _trimmed(str(text)))
    return " ".join(found.split())[:200]


def undrawable(text: str) -> tuple[str, ...]:
    """The letters and signs of a text that no face has, by code point, each once."""
    faces = [fonts.covered(name) for name in (fonts.SANS, fonts.ARABIC, *fonts.FALLBACKS)]
    chars = dict.fromkeys(_trimmed(text).replace("\n", ""))
    return tuple(
        f"U+{ord(char):04X}"
        for char in chars
        if unicodedata.category(char) not in UNSEEN and not any(ord(char) in one for one in faces)
    )


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
def _markup(text: str, face: str, is_spaced: bool = True) -> str:
    text = LONG_WORD.sub(lambda word: f"{word[0]} ", text) if is_spaced else text
    if PLAIN.fullmatch(text):
        return text.replace("\n", "<br/>")
    lines = text.split("\n")
    return "<br/>".join(
        _bothways(one, face) if bidi.has_leftward(one) else _runs(one, face) for one in lines
    )


def _bothways(line: str, face: str) -> str:
    """A line with letters that are written from right to left: those in their own face.

    In a line from left to right such a stretch ends with its last letter. The Unicode algorithm
    would take a number after it along, to its left: the date after a name would stand before it.
    """
    shaped = fonts.ARABIC + (fonts.BOLD if face.endswith(fonts.BOLD) else "")
    if _is_leftward(line):
        return _runs(line, face, shaped)
    spans = groupby(zip(bidi.levels(line, 0), line, strict=True), key=lambda pair: pair[0] > 0)
    made = []
    for is_shaped, span in spans:
        said = "".join(char for _, char in span)
        inside = bidi.to_last_letter(said) if is_shaped else 0
        made += [_runs(said[:inside], face, shaped), _runs(said[inside:], face)]
    return "".join(made)


def _runs(line: str, face: str, shaped: str = "") -> str:
    joiners = {found.start() for found in JOINERS.finditer(line)} if shaped else set()
    drawn = [
        shaped if at in joiners else _drawn_by(char, shaped or face) for at, char in enumerate(line)
    ]
    runs = groupby(zip(drawn, line, strict=True), key=lambda pair: pair[0])
    return "".join(_run("".join(char for _, char in run), how, face) for how, run in runs)


def _drawn_by(char: str, face: str) -> str:
    """The face that draws a character: the one asked for, the widest one, another, or none."""
    if _is_named(char):
        return ""
    widest = fonts.SANS + (fonts.BOLD if face.endswith(fonts.BOLD) else "")
    for candidate in (face, widest, *fonts.FALLBACKS):
        if ord(char) in fonts.covered(candidate):
            return candidate
    return ""


def _is_named(char: str) -> bool:
    return char != "\n" and unicodedata.category(char) in NAMED


def _run(chars: str, how: str, face: str) -> str:
    if not how:
        names = " ".join(f"U+{ord(char):04X}" for char in chars)
        return f"[{names}]"
    drawn = escape(chars, {'"': "&quot;"})
    return drawn if how == face else f'<font name="{how}">{drawn}</font>'


def _name(char: str) -> str:
    return f"[U+{ord(char):04X}]"
