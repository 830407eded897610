"""Whether what matched is spelt as it was typed, and how words begin that may match.

Pure.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from search import matching, text
from search.highlights import Snippet
from search.query import Mark, Near, Phrase, Prefix, Tree, Within, Word, leaves

KEPT: Final = 3  # letters of a misspelt word that are taken as right: few slip at once there


def is_otherwise(snippets: Iterable[Snippet], tree: Tree) -> bool:
    """Something matched, and none of it as it was typed: a slip forgiven, a name by its sound."""
    matched = [s.text for snippet in snippets for s in snippet.segments if s.is_match]
    return bool(matched) and not any(_is_typed(words, tree) for words in matched)


def beginnings(tree: Tree) -> frozenset[str]:
    """The letters that places worth reading hold."""
    letters = {letters for several in matching.wanted(tree).letters for letters in several}
    near = {leaf.word[:KEPT] for leaf in leaves(tree) if isinstance(leaf, Near)}
    return frozenset(filter(None, letters | near))


def _is_typed(words: str, tree: Tree) -> bool:
    tokens = text.tokens(words)
    stems, folded = {t.text for t in tokens}, {t.folded for t in tokens}
    typed = set(_typed(tree))
    if not typed.isdisjoint(stems | folded) or text.compact(words) in typed:
        return True
    starts = tuple(leaf.start for leaf in leaves(tree) if isinstance(leaf, Prefix))
    return any(word.startswith(starts) for word in folded)


def _typed(tree: Tree) -> Iterator[str]:
    for leaf in leaves(tree):
        match leaf:
            case Word(stem, exact):
                yield from (stem, exact)
            case Near(word):
                yield word
            case Phrase(stems):
                yield from stems
            case Within(_, stems, mark):
                yield from (*stems, mark)
            case Mark(mark):
                yield mark
