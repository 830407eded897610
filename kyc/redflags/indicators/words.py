"""Free text as the rules compare it: folded words, phrases within it, plural endings aside."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

WORD = re.compile(r"[^\W_]+")
SHORT = 3  # a shorter word says too little to be what two descriptions have in common


def folded(text: str) -> str:
    """Lower-case words without accents and punctuation, one blank between them."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))


def same(one: str, other: str) -> bool:
    return folded(one) == folded(other)


def phrases_in(text: str, phrases: Iterable[str]) -> tuple[str, ...]:
    """Those phrases that stand in a text as whole words."""
    padded = f" {folded(text)} "
    return tuple(p for p in phrases if folded(p) and f" {folded(p)} " in padded)


def content(text: str, ignored: Sequence[str] = ()) -> frozenset[str]:
    """The words that say what goods are: singular, of some length, without those ignored."""
    left_out = {_singular(word) for phrase in ignored for word in folded(phrase).split()}
    found = (_singular(word) for word in folded(text).split() if not word.isdigit())
    return frozenset(word for word in found if len(word) >= SHORT and word not in left_out)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > SHORT and word.endswith("s") and word[-2] != "s" else word
