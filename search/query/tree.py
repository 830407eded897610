"""The small tree that every typed text becomes, and that every engine translates.

Pure. What each leaf matches is said against `search.terms.Terms`, which every engine indexes;
`tests/search/oracle.py` computes it without an engine.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """A word in any field: its stem in title or text, `exact` among the identifiers, or one of
    its `sounds` among the sounds of the names."""

    stem: str
    exact: str
    sounds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Prefix:
    """Any word or identifier that begins so, folded but not stemmed; only those of the title and
    the identifiers where `in_title`."""

    start: str
    in_title: bool = False


@dataclass(frozen=True)
class Near:
    """Any word at most so many slips away: a letter put in, left out, changed, or two swapped
    (optimal string alignment). One slip or two."""

    word: str
    slips: int


@dataclass(frozen=True)
class Phrase:
    """At least two stems that stand next to each other in one field."""

    stems: tuple[str, ...]


@dataclass(frozen=True)
class Mark:
    """An identifier without its spaces and dashes."""

    mark: str


@dataclass(frozen=True)
class Within:
    """A value of one named field: its stems next to each other, or the identifier it spells."""

    name: str
    stems: tuple[str, ...] = ()
    mark: str = ""


@dataclass(frozen=True)
class Between:
    """A moment from the first minute to the last, both included, as minutes since 1970 in UTC."""

    first: int
    last: int


@dataclass(frozen=True)
class All:
    """Every part matches and no part of `but_not` does; without parts, everything."""

    parts: "tuple[Tree, ...]"
    but_not: "tuple[Tree, ...]" = ()


@dataclass(frozen=True)
class Any:
    """At least so many of the parts match."""

    parts: "tuple[Tree, ...]"
    least: int = 1


Leaf = Word | Prefix | Near | Phrase | Mark | Within | Between
Tree = Leaf | All | Any
EVERYTHING = All(())


def leaves(tree: Tree) -> Iterator[Leaf]:
    """What may be highlighted: every leaf that is not taken away."""
    if isinstance(tree, All | Any):
        for part in tree.parts:
            yield from leaves(part)
    else:
        yield tree
