"""Turns text into the tokens that every engine indexes and every query is made of.

Pure. Folding, stemming and pairs of characters happen here, once, so that all engines mean the
same.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from search.stemming import stem

MAX_TOKEN = 64  # longer runs are digests or noise; both sides are cut alike
MAX_RUN = 4 * MAX_TOKEN  # characters of a run that are read: marks and invisible ones fall away

# Scripts written without spaces: they are cut into overlapping pairs of characters.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003134f"
)
# Marks and invisible controls that may stand inside a word without ending it.
_INSIDE = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0980-\u0983\u09bc-\u09cd\u0a00-\u0a03\u0a3c-\u0a4d"
    "\u0b80-\u0bcd\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u2069\u20d0-\u20ff\ufe00-\ufe0f"
    "\ufe20-\ufe2f\ufeff"
)
_APOSTROPHES = "'\u2019\u02bc"
# l'ivoire, d'\u00e9l\u00e9phants, qu'il: the article stands before a vowel or an h, and is no word.
_ELIDED = (
    rf"(?i:(?<![^\W_])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)[{_APOSTROPHES}]"
    r"(?=[aeiouh\u00e0-\u00e6\u00e8-\u00f6\u00f9-\u00fc\u0153]))"
)
_RUN = re.compile(
    rf"(?P<unspaced>[{_UNSPACED}]+)|(?P<elided>{_ELIDED})"
    rf"|(?![{_UNSPACED}])[^\W_](?:(?![{_UNSPACED}])[^\W_]|[{_INSIDE}]|[{_APOSTROPHES}](?=[^\W_]))*"
)
_PLAIN_RUN = re.compile(r"[A-Za-z0-9]+")  # the same for ASCII without apostrophes, and quicker
_ANY_UNSPACED = re.compile(rf"[{_UNSPACED}]+")
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}]s$", re.IGNORECASE)
# Letters that no decomposition takes apart, and those that one word writes in two ways.
_LETTERS = str.maketrans(
    {"\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u00f0": "d", "\u00fe": "th"}
)
_LETTERS.update({0xE6: "ae", 0x153: "oe", 0x131: "i", 0x127: "h"})
_LETTERS.update({0x649: "\u064a", 0x6CC: "\u064a", 0x6A9: "\u0643", 0x629: "\u0647"})
_SHORT_I = "\u0439"  # a letter of its own, not one with an accent


class Token(NamedTuple):
    """One indexed word: its stem, the folded word, and where it stands in the text."""

    text: str
    folded: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text in order; the index in the list is the position for phrases."""
    return list(_plain_tokens(text) if _is_plain(text) else _tokens(text))


def words(text: str) -> list[tuple[str, str]]:
    """Stem and folded word of each token, quicker than `tokens` where no place is needed."""
    if not _is_plain(text):
        return [(token.text, token.folded) for token in _tokens(text)]
    return [_read_plain(word[:MAX_TOKEN]) for word in _PLAIN_RUN.findall(text)]


def stems(text: str) -> list[str]:
    return [stemmed for stemmed, _ in words(text)]


def characters(text: str) -> frozenset[str]:
    """Single characters of unspaced scripts, so that one typed character is found, too."""
    if text.isascii():
        return frozenset()
    return frozenset(c for run in _ANY_UNSPACED.findall(text) for c in fold(run))


def fold(text: str) -> str:
    """Lower case, one form, without accents, invisible characters and stretched letters."""
    # Words are remembered; a page without a space must not stay in memory for good.
    return _folded(text) if len(text) <= MAX_RUN else _fold(text)


@lru_cache(maxsize=65536)
def _folded(text: str) -> str:
    return _fold(text)


def _fold(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text.lower()
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    return _SHORT_I.join(map(_without_accents, plain.split(_SHORT_I)))


def compact(text: str) -> str:
    """An identifier without the spaces, dashes and dots that people type or leave out."""
    return "".join(filter(str.isalnum, fold(text)))[:MAX_TOKEN]


def is_unspaced(word: str) -> bool:
    """Whether it is written in a script without spaces."""
    return _ANY_UNSPACED.match(word) is not None


def unspaced_runs(text: str) -> Iterator[tuple[int, int]]:
    """Where the stretches of such scripts begin and end."""
    if not text.isascii():
        yield from (match.span() for match in _ANY_UNSPACED.finditer(text))


def has_digit(word: str) -> bool:
    return not word.isalpha() and any(map(str.isdigit, word))


def _is_plain(text: str) -> bool:
    return text.isascii() and "'" not in text


def _plain_tokens(text: str) -> Iterator[Token]:
    for match in _PLAIN_RUN.finditer(text):
        start, end = match.span()
        yield Token(*_read_plain(text[start : min(end, start + MAX_TOKEN)]), start, end)


def _tokens(text: str) -> Iterator[Token]:
    for match in _RUN.finditer(text):
        if match.lastgroup == "elided":
            continue
        if match.lastgroup == "unspaced":
            yield from _pairs(match.group(), match.start())
            continue
        stemmed, folded = _read(match.group()[:MAX_RUN])
        if folded:
            yield Token(stemmed, folded, match.start(), match.end())


@lru_cache(maxsize=1 << 18)
def _read_plain(word: str) -> tuple[str, str]:
    folded = word.lower()
    return stem(folded), folded


@lru_cache(maxsize=1 << 18)
def _read(word: str) -> tuple[str, str]:
    """A word as it stands in a text, as its stem and as it is folded; both may be empty."""
    bare = (c for c in fold(_POSSESSIVE.sub("", word)) if c.isalnum() or _is_mark(c))
    folded = "".join(bare)[:MAX_TOKEN]
    return stem(folded), folded


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


def _pairs(run: str, start: int) -> Iterator[Token]:
    folded = fold(run)
    if len(folded) < 2:
        if folded:
            yield Token(folded, folded, start, start + len(run))
        return
    aligned = len(folded) == len(run)
    for i in range(len(folded) - 1):
        pair = folded[i : i + 2]
        begin, end = (start + i, start + i + 2) if aligned else (start, start + len(run))
        yield Token(pair, pair, begin, end)


def _without_accents(text: str) -> str:
    kept = (_digit(c) for c in unicodedata.normalize("NFD", text) if not _is_dropped(c))
    return unicodedata.normalize("NFC", "".join(kept))


def _digit(character: str) -> str:
    """A figure of any script as ours."""
    if character.isascii() or not character.isdecimal():
        return character
    return str(unicodedata.decimal(character))


def _is_dropped(character: str) -> bool:
    category = unicodedata.category(character)
    if character == "\u0640":  # the Arabic letter that only stretches a word
        return True
    if category in ("Cf", "Cc", "Cs"):
        return True
    weight = unicodedata.combining(character)
    # 10-35: Hebrew and Arabic points; from 200: accents. Vowel signs of Indic scripts stay.
    return category == "Mn" and (weight >= 200 or 10 <= weight <= 35)
