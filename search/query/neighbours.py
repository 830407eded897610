"""Words that were typed next to each other, for the order "best first" alone.

Pure. Texts in which they stand together are put first; what is found does not depend on it.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from search.function_words import ALL as FUNCTION_WORDS
from search.query.tree import All, Any, Tree, Word

LEAST_WORDS: Final = 3  # two very common words alone would be looked for word by word
MOST_PAIRS: Final = 24
BETWEEN: Final = 2  # words that may stand between the two: scales of the pangolin

Pair = tuple[str, str]


def neighbours(tree: Tree) -> tuple[Pair, ...]:
    """The stems of telling words that follow each other, of at least three words."""
    return tuple(dict.fromkeys(_pairs(tree)))[:MOST_PAIRS]


def _pairs(tree: Tree) -> Iterator[Pair]:
    if isinstance(tree, All):
        yield from _within(tree.parts)
        for part in tree.parts:
            yield from _pairs(part)
    elif isinstance(tree, Any) and tree.least > 1:
        yield from _within(tree.parts)


def _within(parts: Sequence[Tree]) -> Iterator[Pair]:
    """What is not a plain word parts those before it from those behind it."""
    words = [part if isinstance(part, Word) else None for part in parts]
    if sum(word is not None for word in words) < LEAST_WORDS:
        return
    telling = (word for word in words if word is None or word.exact not in FUNCTION_WORDS)
    for one, other in pairwise(telling):
        if one and other and one.stem != other.stem:
            yield one.stem, other.stem
