"""Reads whatever a person typed into one small tree that every engine translates.

Pure, and total: nothing that is typed is an error. Words are joined by AND, `OR` binds its
neighbours tighter than AND, "..." is a phrase, `-` takes away. What cannot be read is a word.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from search import text

MAX_TYPED = 1_000  # characters that are read; a longer text is cut
MAX_PIECES = 48  # words and phrases that are read; the rest is left out
MAX_MARK_WORDS = 6  # words that one identifier may be typed in: KE MSA 2026 0042


@dataclass(frozen=True)
class Word:
    """A word in any field; `exact` is also looked for among the identifiers."""

    stem: str
    exact: str


@dataclass(frozen=True)
class Phrase:
    """At least two stems that stand next to each other in one field."""

    stems: tuple[str, ...]


@dataclass(frozen=True)
class Mark:
    """An identifier without its spaces and dashes."""

    mark: str


@dataclass(frozen=True)
class All:
    """Every part matches and no part of `but_not` does; without parts, everything."""

    parts: "tuple[Tree, ...]"
    but_not: "tuple[Tree, ...]" = ()


@dataclass(frozen=True)
class Any:
    """At least one part matches."""

    parts: "tuple[Tree, ...]"


Leaf = Word | Phrase | Mark
Tree = Leaf | All | Any
EVERYTHING = All(())


@dataclass(frozen=True)
class Piece:
    """One typed unit, a word or a quoted phrase, with the words in it."""

    typed: str
    is_quoted: bool = False
    is_negated: bool = False

    @property
    def is_or(self) -> bool:
        return self.typed == "OR" and not self.is_quoted and not self.is_negated

    @property
    def mark(self) -> str:
        return text.compact(self.typed)


@dataclass(frozen=True)
class Reading:
    """One piece of how a typed text was understood, for the sentence under the box."""

    text: str
    is_together: bool = False
    is_without: bool = False
    is_or: bool = False
    ends: bool = False


_UNIT = re.compile(r'(?P<not>(?<!\S)-)?(?:"(?P<quoted>[^"]*)(?:"|$)|(?P<bare>[^\s"]+))')
_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02", '"'))


def clean(typed: str) -> str:
    """What was typed, without characters that no page can show, at a length that is read."""
    shown = "".join(_shown(c) for c in typed[: 2 * MAX_TYPED])
    return " ".join(shown.split())[:MAX_TYPED]


def build(typed: str) -> Tree:
    """The tree of a typed text; an empty text, or one without words, asks for everything."""
    units = pieces(typed)
    parts: list[Tree] = []
    for run in _runs([p for p in units if not p.is_negated]):
        parts.extend(_alternatives(run) if len(run) > 1 else _joined(run[0]))
    removed = [tree for p in units if p.is_negated and (tree := _read(p))]
    if len(parts) == 1 and not removed:
        return parts[0]
    return All(tuple(parts), tuple(removed))


def pieces(typed: str) -> list[Piece]:
    """The typed units that hold a word, and the ORs between them."""
    found = (_piece(match) for match in _UNIT.finditer(clean(typed).translate(_QUOTES)))
    return [piece for piece in found if piece.is_or or piece.mark][:MAX_PIECES]


def reading(typed: str) -> tuple[Reading, ...]:
    """How a text with signs in it was read; plain words need no explanation."""
    units = pieces(typed)
    if not any(unit.is_quoted or unit.is_negated or unit.is_or for unit in units):
        return ()
    following = [*units[1:], None]
    return tuple(
        Reading(
            unit.typed,
            is_together=unit.is_quoted and not unit.is_negated,
            is_without=unit.is_negated,
            is_or=unit.is_or,
            ends=after is not None and not unit.is_or and not after.is_or,
        )
        for unit, after in zip(units, following, strict=True)
    )


def leaves(tree: Tree) -> Iterator[Leaf]:
    """What may be highlighted: every leaf that is not taken away."""
    if isinstance(tree, All | Any):
        for part in tree.parts:
            yield from leaves(part)
    else:
        yield tree


def _shown(character: str) -> str:
    if character.isprintable() or character.isspace():
        return character
    return "" if unicodedata.category(character) == "Cf" else " "


def _piece(match: re.Match[str]) -> Piece:
    quoted = match["quoted"]
    typed = match["bare"] if quoted is None else quoted
    return Piece(typed, quoted is not None, match["not"] is not None)


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


def _alternatives(run: Sequence[Sequence[Piece]]) -> list[Tree]:
    return [_any(tree for (piece,) in run if (tree := _read(piece)))]


def _joined(group: Sequence[Piece]) -> Iterator[Tree]:
    """Adjacent words that are all wanted; what may be one identifier is read both ways."""
    i = 0
    while i < len(group):
        end = _mark_end(group, i)
        if end - i > 1:
            yield _either_way(group[i:end])
        elif tree := _read(group[i]):
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


def _either_way(group: Sequence[Piece]) -> Tree:
    """The words as they stand, or any stretch of them up to a number as one identifier."""
    words = [tree for piece in group if (tree := _read(piece))]
    ways: list[Tree] = [All(tuple(words))]
    first_number = next(i for i, piece in enumerate(group) if _is_number(piece))
    for start in range(first_number + 1):
        for end in range(max(first_number + 1, start + 2), len(group) + 1):
            mark = Mark("".join(piece.mark for piece in group[start:end])[: text.MAX_TOKEN])
            ways.append(All((*words[:start], mark, *words[end:])))
    return _any(ways)


def _is_code(piece: Piece) -> bool:
    return not piece.is_quoted and len(piece.mark) <= 4 and piece.mark.isalpha()


def _is_number(piece: Piece) -> bool:
    return not piece.is_quoted and text.has_digit(piece.mark)


def _read(piece: Piece) -> Tree | None:
    """One piece: a word, or words that stand together, or the identifier they spell."""
    found = text.tokens(piece.typed)
    if not found:
        return None
    if len(found) == 1:
        return Word(found[0].text, found[0].folded)
    phrase = Phrase(tuple(token.text for token in found))
    return _any([phrase, Mark(piece.mark)]) if text.has_digit(piece.mark) else phrase


def _any(trees: Iterable[Tree]) -> Tree:
    parts = tuple(dict.fromkeys(_plain(tree) for tree in trees))
    return parts[0] if len(parts) == 1 else Any(parts)


def _plain(tree: Tree) -> Tree:
    """All of one part is that part."""
    match tree:
        case All((only,), ()):
            return only
    return tree
