"""Cuts a typed text into the units that were meant: words, "phrases", -words, field:value, OR.

Pure, and total: nothing that is typed is an error.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from search import text
from search.query import dates, fields
from search.query.dates import Days
from search.query.fields import DATES

MAX_TYPED = 1_000  # characters that are read; a longer text is cut
MAX_PIECES = 96  # words and phrases that are read; the rest is left out
LONGEST_CODE = 4  # letters before the figures of a number: MDOU 418207 9
MIN_START = 2  # characters before the star of a beginning


@dataclass(frozen=True)
class Piece:
    """One typed unit: a word or a quoted phrase, and the field before its colon."""

    typed: str
    is_quoted: bool = False
    is_negated: bool = False
    field: str = ""

    @property
    def is_or(self) -> bool:
        return self.typed == "OR" and self.is_bare

    @property
    def is_and(self) -> bool:
        """A word that says what is meant anyway."""
        return self.typed == "AND" and self.is_bare

    @property
    def is_bare(self) -> bool:
        return not (self.is_quoted or self.is_negated or self.field)

    @property
    def start(self) -> str:
        """What a word begins with, where it ends in a star after at least two characters."""
        found = None if self.is_quoted or self.field else _STARRED.fullmatch(self.typed)
        return found[1] if found and len(text.compact(found[1])) >= MIN_START else ""

    @property
    def days(self) -> Days | None:
        """The days that a date stands for; None where none is typed."""
        return dates.read(self.field, self.typed) if self.field in DATES else None

    @property
    def is_plain(self) -> bool:
        """A word and nothing but a word."""
        return self.is_bare and not self.is_or and not self.start

    @property
    def is_only_quoted(self) -> bool:
        return self.is_quoted and not (self.is_negated or self.field)

    @property
    def is_open_number(self) -> bool:
        """The value of a field of numbers, to which the next figures may belong."""
        is_code = text.has_digit(self.mark) or len(self.mark) <= LONGEST_CODE
        return self.field in fields.NUMBERS and not self.is_quoted and is_code

    @property
    def mark(self) -> str:
        return text.compact(self.typed)


_UNIT = re.compile(
    r"(?P<not>(?<!\S)-)?(?:(?P<field>[^\W\d_]{2,24}):(?=[^\s:/]))?"
    r'(?:"(?P<quoted>[^"]*)(?:"|$)|(?P<bare>[^\s"]+))'
)
_STARRED = re.compile(r"(.+?)\*+", re.DOTALL)
_SIGNS = str.maketrans(
    dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02", '"')
    | {"\uff1a": ":", "\uff0a": "*", "\uff0d": "-", "\u2212": "-"}
)


def clean(typed: str) -> str:
    """What was typed, without characters that no page can show, at a length that is read."""
    shown = "".join(_shown(c) for c in typed[: 2 * MAX_TYPED])
    return " ".join(shown.split())[:MAX_TYPED]


def pieces(typed: str) -> list[Piece]:
    """The typed units that hold a word, and the ORs between them."""
    found = (_piece(match) for match in _UNIT.finditer(clean(typed).translate(_SIGNS)))
    said = (piece for piece in found if piece.mark and not piece.is_and)
    return _joined(said)[:MAX_PIECES]


def _joined(found: Iterable[Piece]) -> list[Piece]:
    """seal:CU 558120 is one number: figures after a field of numbers belong to it."""
    kept: list[Piece] = []
    for piece in found:
        before = kept[-1] if kept else None
        if before and before.is_open_number and piece.is_plain and text.has_digit(piece.mark):
            kept[-1] = replace(before, typed=f"{before.typed} {piece.typed}")
        else:
            kept.append(piece)
    return kept


def _shown(character: str) -> str:
    if character.isprintable() or character.isspace():
        return character
    return "" if unicodedata.category(character) == "Cf" else " "


def _piece(match: re.Match[str]) -> Piece:
    quoted, said = match["quoted"], match["field"] or ""
    typed = match["bare"] if quoted is None else quoted
    field = fields.known(said)
    is_negated = match["not"] is not None
    if said and not _is_value(field, typed):
        return Piece(f"{said}:{typed}", is_negated=is_negated)
    return Piece(typed, quoted is not None, is_negated, field)


def _is_value(field: str, typed: str) -> bool:
    """Whether this can stand after a field; else the field is a word like others."""
    if field in DATES:
        return dates.read(field, typed) is not None
    return bool(field and text.compact(typed))
