"""Reads whatever a person typed into one small tree that every engine translates."""

from search.query.building import build
from search.query.explained import Reading, reading
from search.query.fields import DATES, FIELDS
from search.query.pieces import MAX_PIECES, MAX_TYPED, Piece, clean, pieces
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
from search.query.widening import Rung, rungs

__all__ = [
    "DATES",
    "EVERYTHING",
    "FIELDS",
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
    "Rung",
    "Tree",
    "Within",
    "Word",
    "build",
    "clean",
    "leaves",
    "pieces",
    "reading",
    "rungs",
]
