"""What one typed unit asks for, as a tree. Pure."""

import re
from collections.abc import Iterable, Iterator
from datetime import tzinfo

from search import sounds, text
from search.query.pieces import Piece
from search.query.tree import All, Any, Mark, Phrase, Prefix, Tree, Within, Word

_HYPHENED = re.compile(r"[^\W\d_]+-[^\W\d_]+")
_UNKNOWN_FIELD = re.compile(r"[^\W\d_]{2,24}:[^\W\d_]+")


def of(piece: Piece, zone: tzinfo) -> Tree | None:
    """None where the unit holds no word."""
    if days := piece.days:
        return days.between(zone)
    found = text.tokens(piece.start or piece.typed)
    if not found:
        return None
    if piece.field:
        return _within(piece, found)
    return _beginning(piece, found) if piece.start else _words(piece, found)


def either(trees: Iterable[Tree]) -> Tree:
    """One of them is enough."""
    parts = tuple(dict.fromkeys(_plain(tree) for tree in trees))
    return parts[0] if len(parts) == 1 else Any(parts)


def _word(token: text.Token, piece: Piece) -> Word:
    """A word is also looked for as it sounds, unless it was put in quotes or taken away."""
    heard = sounds.of_word(token.folded) if piece.is_plain else sounds.NONE
    return Word(token.text, token.folded, heard)


def _words(piece: Piece, found: list[text.Token]) -> Tree:
    """A word, words that stand together, or the identifier that they spell."""
    if len(found) == 1:
        return _word(found[0], piece)
    if _UNKNOWN_FIELD.fullmatch(piece.typed) and not piece.is_quoted:
        return All(tuple(_word(token, piece) for token in found))
    phrase = Phrase(tuple(token.text for token in found))
    if heard := _name_in_signs(piece):
        return Any((phrase, heard))
    if text.has_digit(piece.mark):
        return either([phrase, Mark(piece.mark)])
    return either([phrase, *_without_hyphen(piece)])


def _without_hyphen(piece: Piece) -> Iterator[Word]:
    """re-weighed is also written reweighed."""
    if not piece.is_quoted and _HYPHENED.fullmatch(piece.typed):
        yield from (Word(*pair) for pair in text.words(piece.typed.replace("-", "")))


def _beginning(piece: Piece, found: list[text.Token]) -> Tree:
    """The last word, or the identifier, begins so; a script without spaces begins anywhere."""
    if text.has_digit(piece.mark):
        return Prefix(piece.mark)
    last = found[-1]
    if text.is_unspaced(last.folded):
        return _words(piece, found)
    begun = Prefix(last.folded)
    if len(found) == 1:
        return begun
    return All((*(_word(token, piece) for token in found[:-1]), begun))


def _name_in_signs(piece: Piece) -> Word | None:
    """A name of several signs, as it may be spelt in Latin letters."""
    name = text.fold(piece.typed)
    if not piece.is_plain or len(name) > sounds.LONGEST_IN_SIGNS or not text.is_unspaced(name):
        return None
    heard = sounds.of_word(name)
    return Word(name, name, heard) if heard else None


def _within(piece: Piece, found: list[text.Token]) -> Within:
    stems = tuple(token.text for token in found)
    is_mark = text.has_digit(piece.mark) and len(stems) > 1
    return Within(piece.field, stems, piece.mark if is_mark else "")


def _plain(tree: Tree) -> Tree:
    """All of one part is that part."""
    match tree:
        case All((only,), ()):
            return only
    return tree
