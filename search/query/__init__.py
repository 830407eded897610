"""Reads whatever a person typed into one small tree that every engine translates."""

from search.query.building import build
from search.query.pieces import MAX_PIECES, MAX_TYPED, Piece, Reading, clean, pieces, reading
from search.query.tree import (
    EVERYTHING,
    All,
    Any,
    Between,
    Leaf,
    Mark,
    Near,
    Phrase,
    Prefix,
    Tree,
    Within,
    Word,
    leaves,
)

__all__ = [
    "EVERYTHING",
    "MAX_PIECES",
    "MAX_TYPED",
    "All",
    "Any",
    "Between",
    "Leaf",
    "Mark",
    "Near",
    "Phrase",
    "Piece",
    "Prefix",
    "Reading",
    "Tree",
    "Within",
    "Word",
    "build",
    "clean",
    "leaves",
    "pieces",
    "reading",
]
