"""Reads the units of a typed text into the tree.

Pure, and total. Words are joined by AND, `OR` binds its neighbours tighter than AND, `-` takes
away. What cannot be read as anything else is a word.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, tzinfo

from search import text
from search.query import meaning
from search.query.pieces import Piece, pieces
from search.query.tree import All, Mark, Tree

MAX_MARK_WORDS = 6  # words that one identifier may be typed in: KE MSA 2026 0042


def build(typed: str, zone: tzinfo = UTC) -> Tree:
    """The tree of a typed text; an empty text, or one without words, asks for everything.

    Days begin at midnight in `zone`.
    """
    return of_pieces(pieces(typed), zone)


def of_pieces(units: Sequence[Piece], zone: tzinfo) -> Tree:
    parts: list[Tree] = []
    for run in _runs([p for p in units if not p.is_negated]):
        parts.extend(_alternatives(run, zone) if len(run) > 1 else _joined(run[0], zone))
    removed = [tree for p in units if p.is_negated and (tree := meaning.of(p, zone))]
    if len(parts) == 1 and not removed:
        return parts[0]
    return All(tuple(parts), tuple(removed))


def _runs(units: Iterable[Piece]) -> Iterator[list[list[Piece]]]:
    """The typed text cut at its ORs.

    Yields either one group of adjacent pieces (all wanted), or several groups of one piece
    each (any of them).
    """
    together: list[Piece] = []
    either: list[Piece] = []
    wants_next = False
    for unit in units:
        if unit.is_or:
            wants_next = bool(together or either)
            continue
        if wants_next:
            either = either or [together.pop()]
            either.append(unit)
        else:
            if either:
                yield from _closed(together, either)
                together, either = [], []
            together.append(unit)
        wants_next = False
    yield from _closed(together, either)


def _closed(together: list[Piece], either: list[Piece]) -> Iterator[list[list[Piece]]]:
    if together:
        yield [together]
    if either:
        yield [[piece] for piece in either]


def _alternatives(run: Sequence[Sequence[Piece]], zone: tzinfo) -> list[Tree]:
    ways = [tree for (piece,) in run if (tree := meaning.of(piece, zone))]
    return [meaning.either(ways)] if ways else []


def _joined(group: Sequence[Piece], zone: tzinfo) -> Iterator[Tree]:
    """Adjacent words that are all wanted; what may be one identifier is read both ways."""
    i = 0
    while i < len(group):
        end = _mark_end(group, i)
        if end - i > 1:
            yield _either_way(group[i:end], zone)
        elif tree := meaning.of(group[i], zone):
            yield tree
        i = max(end, i + 1)


def _mark_end(group: Sequence[Piece], start: int) -> int:
    """Where an identifier that begins here could end: short codes, then numbers."""
    codes = start
    while codes < min(len(group), start + 3) and _is_code(group[codes]):
        codes += 1
    end = codes
    while end < min(len(group), start + MAX_MARK_WORDS) and _is_number(group[end]):
        end += 1
    return end if end > codes else start


def _either_way(group: Sequence[Piece], zone: tzinfo) -> Tree:
    """The words as they stand, or any stretch of them up to a number as one identifier."""
    words = [tree for piece in group if (tree := meaning.of(piece, zone))]
    ways: list[Tree] = [All(tuple(words))]
    first_number = next(i for i, piece in enumerate(group) if _is_number(piece))
    for start in range(first_number + 1):
        for end in range(max(first_number + 1, start + 2), len(group) + 1):
            mark = Mark("".join(piece.mark for piece in group[start:end])[: text.MAX_TOKEN])
            ways.append(All((*words[:start], mark, *words[end:])))
    return meaning.either(ways)


def _is_code(piece: Piece) -> bool:
    return piece.is_plain and len(piece.mark) <= 4 and piece.mark.isalpha()


def _is_number(piece: Piece) -> bool:
    return piece.is_plain and text.has_digit(piece.mark)
