"""Turns text into the tokens that every engine indexes and every query is made of.

Pure. Folding, stemming and bigrams happen here, once, so that all engines mean the same.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kyc.naming import name_keys, names

MAX_TOKEN = 64  # longer runs are digests or noise; both sides are cut alike
MAX_IDENTIFIER_PARTS = 6

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
_RUN = re.compile(
    rf"(?P<unspaced>[{_UNSPACED}]+)"
    rf"|(?![{_UNSPACED}])[^\W_](?:(?![{_UNSPACED}])[^\W_]|[{_INSIDE}]|['\u2019\u02bc](?=[^\W_]))*"
)
_PLAIN_RUN = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*")  # the same for ASCII, and quicker
_ANY_UNSPACED = re.compile(rf"[{_UNSPACED}]+")
_ANY_DIGIT = re.compile(r"\d")
_POSSESSIVE = re.compile(r"['\u2019\u02bc]s$")
# Letters that no decomposition takes apart.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
_LETTERS.update({0x131: "i", 0x127: "h"})
_VOWEL = re.compile(r"[aeiouy]")
_DOUBLED = frozenset("bdfgmnprt")
_JOINED_CLOSE = re.compile(r"[-/._:\\]")
_JOINED = re.compile(r"[-/._: \u00a0\u2010-\u2015]")


class Token(NamedTuple):
    """One indexed word: its stem, the folded word, and where it stands in the text."""

    text: str
    folded: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text in order; the index in the list is the position for phrases."""
    return list(_tokens(text))


def stems(text: str) -> list[str]:
    if not text.isascii():
        return [token.text for token in _tokens(text)]
    read = (_read(word) for word in _PLAIN_RUN.findall(text))
    return [stemmed for stemmed, _ in read if stemmed]


def characters(text: str) -> frozenset[str]:
    """Single characters of unspaced scripts, so that one typed character is found, too."""
    if text.isascii():
        return frozenset()
    return frozenset(c for run in _ANY_UNSPACED.findall(text) for c in fold(run))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case, one form, without accents, invisible characters and punctuation."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    kept = (c for c in unicodedata.normalize("NFD", plain) if not _is_dropped(c))
    return unicodedata.normalize("NFC", "".join(kept))


def sounds(name: str) -> frozenset[str]:
    """Keys that spellings of one name share, in any script; none for words that tell too little."""
    read = names.read(name)
    return frozenset(key for token in read.tokens for key in name_keys.heard(token))


def compact(text: str) -> str:
    """An identifier without the spaces, dashes and dots that people type or leave out."""
    return "".join(c for c in fold(text) if c.isalnum())[:MAX_TOKEN]


def is_single_character(word: str) -> bool:
    return len(word) == 1 and re.match(rf"[{_UNSPACED}]", word) is not None


def is_unspaced(word: str) -> bool:
    return _ANY_UNSPACED.match(word) is not None


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A light English stem; what it does to other languages it does to both sides alike."""
    if len(word) < 4 or not (word.isascii() and word.isalpha()):
        return word
    return _without_ending(_without_verb(_singular(word)))


def identifiers(text: str) -> frozenset[str]:
    """Compacted marks found in running text: KE-MSA-2026-0042, MDOU 418207 9, CU 558120."""
    if not _ANY_DIGIT.search(text):
        return frozenset()
    found = list(_tokens(text))
    marks: set[str] = set()
    for first in range(len(found)):
        marks.update(_marks_from(text, found, first))
    marks.update(digits for token in found if (digits := digits_of(token.folded)))
    return frozenset(marks)


def digits_of(mark: str) -> str:
    """The number in a mark such as cu558120, which people type alone; else nothing."""
    match = re.fullmatch(r"[^\W\d_]{1,4}(\d{4,})", mark)
    return match[1] if match else ""


def may_begin_mark(word: str) -> bool:
    return has_digit(word) or (len(word) <= 4 and word.isalpha())


def has_digit(word: str) -> bool:
    return any(c.isdigit() for c in word)


def _tokens(text: str) -> Iterator[Token]:
    for match in (_PLAIN_RUN if text.isascii() else _RUN).finditer(text):
        if match.lastgroup == "unspaced":
            yield from _pairs(match.group(), match.start())
            continue
        stemmed, folded = _read(match.group())
        if folded:
            yield Token(stemmed, folded, match.start(), match.end())


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


def _is_dropped(character: str) -> bool:
    category = unicodedata.category(character)
    if character == "\u0640":  # the Arabic letter that only stretches a word
        return True
    if category in ("Cf", "Cc", "Cs"):
        return True
    weight = unicodedata.combining(character)
    # 10-35: Hebrew and Arabic points; from 200: accents. Vowel signs of Indic scripts stay.
    return category == "Mn" and (weight >= 200 or 10 <= weight <= 35)


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _without_verb(word: str) -> str:
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > 2 and _VOWEL.search(rest) and not word.endswith("eed"):
            doubled = rest[-1] == rest[-2] and rest[-1] in _DOUBLED
            return rest[:-1] if doubled else rest
    return word


def _without_ending(word: str) -> str:
    if len(word) > 3 and word.endswith("y") and not _VOWEL.match(word[-2]):
        return word[:-1] + "i"
    if len(word) > 3 and word.endswith("e"):
        return word[:-1]
    return word


def _marks_from(text: str, found: list[Token], first: int) -> Iterator[str]:
    """Marks that begin at one word: joined without spaces, or a short code and numbers."""
    spaced = may_begin_mark(found[first].folded) and not text[found[first].start].islower()
    close = True
    joined = found[first].folded
    for i in range(first + 1, min(first + MAX_IDENTIFIER_PARTS, len(found))):
        gap = text[found[i - 1].end : found[i].start]
        close = close and _JOINED_CLOSE.fullmatch(gap) is not None
        spaced = spaced and _JOINED.fullmatch(gap) is not None and has_digit(found[i].folded)
        if not close and not spaced:
            return
        joined += found[i].folded
        if len(joined) > 4 and has_digit(joined):
            yield joined[:MAX_TOKEN]
