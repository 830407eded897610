"""The same question asked again more widely, for when little or nothing was found.

Pure. `exact` is what was typed; `most` wants three of four words, for the order "best first";
`some` wants a part of many words; `near` forgives slips.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Literal

from search import text
from search.function_words import ALL as FUNCTION_WORDS
from search.query import meaning
from search.query.building import of_pieces
from search.query.pieces import Piece, pieces
from search.query.tree import All, Any, Near, Tree, Word

LEAST_WORDS = 3  # from so many telling words on a part of them is enough
MOST_WORDS = 48  # telling words that are looked for
MANY_WORDS = 4  # telling words, of which a good answer may well leave one out
LONG_QUESTION = 8  # telling words from which on a text was pasted, and quotes are part of it
ENOUGH_WORDS = 2  # words that must be there, so that no single common one finds everything
SHORTEST_NEAR = 4  # letters of a word that may be misspelt
LONG = 8  # letters from which on it may be misspelt twice


@dataclass(frozen=True)
class Rung:
    """One way to ask; `words` are those that it looks for, as they were typed."""

    name: Literal["exact", "most", "some", "near"]
    tree: Tree
    words: tuple[str, ...]


def rungs(typed: str, zone: tzinfo = UTC) -> tuple[Rung, ...]:
    """In the order to ask them, until enough is found."""
    units = pieces(typed)
    return tuple(_rungs(units, of_pieces(units, zone), zone))


def _rungs(units: Sequence[Piece], exact: Tree, zone: tzinfo) -> Iterator[Rung]:
    yield Rung("exact", exact, tuple(unit.typed for unit in units if not unit.is_or))
    if some := _some(units, zone):
        yield from _most(units, some)
        yield some
    if (near := _near(exact)) != exact:
        yield Rung("near", near, tuple(unit.typed for unit in units if not unit.is_or))


def _some(units: Sequence[Piece], zone: tzinfo) -> Rung | None:
    """A part of the words; what was typed with a sign stays as it is, but for the quotes in a long
    text. With `OR` it is said already what is enough."""
    told = [unit for unit in units if unit.is_plain and not _joins(unit)]
    if len(told) < LEAST_WORDS or any(unit.is_or for unit in units):
        return None
    if len(told) >= LONG_QUESTION:
        told = [u for u in units if (u.is_plain and not _joins(u)) or u.is_only_quoted]
    kept = [unit for unit in units if not unit.is_plain and unit not in told]
    read = (meaning.of(unit, zone) for unit in told[:MOST_WORDS])
    parts = tuple(dict.fromkeys(part for part in read if part))
    tree: Tree = Any(parts, min(ENOUGH_WORDS, len(parts)))
    if kept:
        tree = _and(tree, of_pieces(kept, zone))
    return Rung("some", tree, tuple(unit.typed for unit in (*kept, *told)))


def _most(units: Iterable[Piece], some: Rung) -> Iterator[Rung]:
    """Finds all that the words themselves find. Where signs were typed, they say what is meant."""
    if not isinstance(some.tree, Any) or not all(unit.is_plain for unit in units):
        return
    if (count := len(some.tree.parts)) >= MANY_WORDS:
        yield Rung("most", Any(some.tree.parts, count - count // 4), some.words)


def _joins(unit: Piece) -> bool:
    return text.fold(unit.typed) in FUNCTION_WORDS


def _and(tree: Tree, kept: Tree) -> Tree:
    match kept:
        case All(parts, but_not):
            return All((tree, *parts), but_not)
    return All((tree, kept))


def _near(tree: Tree) -> Tree:
    """The same tree where each longer word may hold slips; what is taken away stays as it is."""
    match tree:
        case All(parts, but_not):
            return All(tuple(map(_near, parts)), but_not)
        case Any(parts, wanted):
            return Any(tuple(map(_near, parts)), wanted)
        case Word(_, exact) if len(exact) >= SHORTEST_NEAR and not text.is_unspaced(exact):
            return Any((tree, Near(exact, 2 if len(exact) >= LONG else 1)))
    return tree
