"""The same question asked again more widely, for when little or nothing was found.

Pure. `exact` is what was typed; `some` wants a part of many plain words; `near` forgives slips.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Literal

from search import text
from search.function_words import ALL as FUNCTION_WORDS
from search.query import meaning
from search.query.building import of_pieces
from search.query.pieces import Piece, pieces
from search.query.tree import All, Any, Near, Tree, Word

LEAST_WORDS = 3  # from so many words on a part of them is enough
SHORTEST_NEAR = 4  # letters of a word that may be misspelt
LONG = 8  # letters from which on it may be misspelt twice


@dataclass(frozen=True)
class Rung:
    """One way to ask; `words` are those that it looks for, as they were typed."""

    name: Literal["exact", "some", "near"]
    tree: Tree
    words: tuple[str, ...]


def rungs(typed: str, zone: tzinfo = UTC) -> tuple[Rung, ...]:
    """In the order to ask them, until enough is found."""
    units = pieces(typed)
    return tuple(_rungs(units, of_pieces(units, zone), zone))


def _rungs(units: Sequence[Piece], exact: Tree, zone: tzinfo) -> Iterator[Rung]:
    yield Rung("exact", exact, tuple(unit.typed for unit in units if not unit.is_or))
    telling = _telling(units)
    if len(telling) >= LEAST_WORDS and all(unit.is_plain for unit in units):
        parts = [tree for unit in telling if (tree := meaning.of(unit, zone))]
        some = Any(tuple(dict.fromkeys(parts)), least(len(set(parts))))
        yield Rung("some", some, tuple(unit.typed for unit in telling))
    if (near := _near(exact)) != exact:
        yield Rung("near", near, tuple(unit.typed for unit in units if unit.is_plain))


def least(words: int) -> int:
    """How many of so many words must be there."""
    return max(1, min(2, words))


def _telling(units: Sequence[Piece]) -> list[Piece]:
    return [unit for unit in units if text.fold(unit.typed) not in FUNCTION_WORDS]


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
