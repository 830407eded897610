"""Cuts a typed text into the units that a person meant: words, "phrases", -words, OR.

Pure, and total: nothing that is typed is an error.
"""

import re
import unicodedata
from dataclasses import dataclass

from search import text

MAX_TYPED = 1_000  # characters that are read; a longer text is cut
MAX_PIECES = 48  # words and phrases that are read; the rest is left out


@dataclass(frozen=True)
class Piece:
    """One typed unit, a word or a quoted phrase, with the words in it."""

    typed: str
    is_quoted: bool = False
    is_negated: bool = False

    @property
    def is_or(self) -> bool:
        return self.typed == "OR" and not self.is_quoted and not self.is_negated

    @property
    def mark(self) -> str:
        return text.compact(self.typed)


@dataclass(frozen=True)
class Reading:
    """One piece of how a typed text was understood, for the sentence under the box."""

    text: str
    is_together: bool = False
    is_without: bool = False
    is_or: bool = False
    ends: bool = False


_UNIT = re.compile(r'(?P<not>(?<!\S)-)?(?:"(?P<quoted>[^"]*)(?:"|$)|(?P<bare>[^\s"]+))')
_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02", '"'))


def clean(typed: str) -> str:
    """What was typed, without characters that no page can show, at a length that is read."""
    shown = "".join(_shown(c) for c in typed[: 2 * MAX_TYPED])
    return " ".join(shown.split())[:MAX_TYPED]


def pieces(typed: str) -> list[Piece]:
    """The typed units that hold a word, and the ORs between them."""
    found = (_piece(match) for match in _UNIT.finditer(clean(typed).translate(_QUOTES)))
    return [piece for piece in found if piece.is_or or piece.mark][:MAX_PIECES]


def reading(typed: str) -> tuple[Reading, ...]:
    """How a text with signs in it was read; plain words need no explanation."""
    units = pieces(typed)
    if not any(unit.is_quoted or unit.is_negated or unit.is_or for unit in units):
        return ()
    following = [*units[1:], None]
    return tuple(
        Reading(
            unit.typed,
            is_together=unit.is_quoted and not unit.is_negated,
            is_without=unit.is_negated,
            is_or=unit.is_or,
            ends=after is not None and not unit.is_or and not after.is_or,
        )
        for unit, after in zip(units, following, strict=True)
    )


def _shown(character: str) -> str:
    if character.isprintable() or character.isspace():
        return character
    return "" if unicodedata.category(character) == "Cf" else " "


def _piece(match: re.Match[str]) -> Piece:
    quoted = match["quoted"]
    typed = match["bare"] if quoted is None else quoted
    return Piece(typed, quoted is not None, match["not"] is not None)
