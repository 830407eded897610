"""Identifiers in running text: KE-MSA-2026-0042, MDOU 418207 9, CU 558120, joined up.

Pure.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from search import text
from search.text import Token

MAX_PARTS = 6  # words that one identifier may be written in
SHORTEST = 5  # characters of a mark that is written in several words
_CLOSE = frozenset("-/._:\\")
_APART = _CLOSE | frozenset(" \u00a0\u2010\u2011\u2012\u2013\u2014\u2015")
_ANY_DIGIT = re.compile(r"\d")
_NUMBERED = re.compile(r"[^\W\d_]{1,4}(\d{4,})")


def may_hold(written: str) -> bool:
    return _ANY_DIGIT.search(written) is not None


def found(written: str, tokens: Sequence[Token]) -> set[str]:
    """The marks in a text of which these are the tokens."""
    single = {digits for token in tokens if (digits := digits_of(token.folded))}
    return single.union(mark for mark, _, _ in spelled(written, tokens))


def spelled(written: str, tokens: Sequence[Token]) -> Iterator[tuple[str, int, int]]:
    """Each mark that is written in several words, with its first and its last token."""
    numbers = [i for i, token in enumerate(tokens) if text.has_digit(token.folded)]
    firsts = {i for n in numbers for i in range(max(0, n - MAX_PARTS + 1), n + 1)}
    for first in sorted(firsts):
        yield from _from(written, tokens, first)


def of(identifiers: Iterable[str]) -> Iterator[str]:
    """The marks of identifiers that are known as such; one without a digit is a word."""
    for mark in map(text.compact, identifiers):
        if text.has_digit(mark):
            yield mark
            if digits := digits_of(mark):
                yield digits


def digits_of(mark: str) -> str:
    """The number in a mark such as cu558120, which people type alone; else nothing."""
    match = _NUMBERED.fullmatch(mark)
    return match[1] if match else ""


def may_begin(word: str) -> bool:
    return text.has_digit(word) or (len(word) <= 4 and word.isalpha())


def _from(written: str, tokens: Sequence[Token], first: int) -> Iterator[tuple[str, int, int]]:
    """Marks that begin at one word: joined without spaces, or a short code and numbers."""
    spaced = may_begin(tokens[first].folded) and not written[tokens[first].start].islower()
    close = True
    joined = tokens[first].folded
    for i in range(first + 1, min(first + MAX_PARTS, len(tokens))):
        gap = written[tokens[i - 1].end : tokens[i].start]
        close = close and gap in _CLOSE
        spaced = spaced and gap in _APART and text.has_digit(tokens[i].folded)
        if not close and not spaced:
            return
        joined += tokens[i].folded
        if len(joined) >= SHORTEST and text.has_digit(joined):
            yield joined[: text.MAX_TOKEN], first, i
