"""Which pages of which document stand in which annex volume, under which label. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.dossier import numbering
from evidence.dossier.annex.preparing import Leaves, Prepared
from evidence.dossier.binding import Annexed


@dataclass(frozen=True)
class Piece:
    """Pages of a document that stand in one volume; `begin` counts from 0."""

    leaves: Leaves
    begin: int
    labels: tuple[str, ...]


def runs(prepared: Prepared, first_page: int) -> list[list[Piece]]:
    """The pieces of each volume; pages that stand for others have volumes of their own."""
    documents = _runs(_numbered(prepared.documents, first_page))
    return [*documents, *_runs(_lettered(prepared.replacements))]


def annexed(prepared: Prepared) -> tuple[Annexed, ...]:
    """Where each document will begin, as pages.build wants to know before it numbers."""
    found = []
    for volume, run in enumerate(runs(prepared, 1)):
        page = 0
        for piece in run:
            each = piece.leaves
            if not piece.begin:
                label = piece.labels[0] if each.replaces else ""
                found.append(Annexed(each.document.key, each.pages, volume, page, label))
            page += len(piece.labels)
    return tuple(found)


def _numbered(documents: Sequence[Leaves], first: int) -> Iterator[Piece]:
    for each in documents:
        yield from _broken(each, numbering.labels(first, each.pages))
        first += each.pages


def _lettered(replacements: Sequence[Leaves]) -> Iterator[Piece]:
    """57A, 57B, 57C: a second document in the place of one page goes on with the letters."""
    used: dict[int, int] = {}
    for each in replacements:
        begin = used.get(each.replaces, each.used)
        used[each.replaces] = begin + each.pages
        yield from _broken(each, numbering.replacement_labels(each.replaces, each.pages, begin))


def _broken(leaves: Leaves, labels: list[str]) -> Iterator[Piece]:
    """A document that fills more than a volume goes on in the next one."""
    for at in range(0, len(labels), numbering.MOST_PAGES):
        yield Piece(leaves, at, tuple(labels[at : at + numbering.MOST_PAGES]))


def _runs(pieces: Iterator[Piece]) -> Iterator[list[Piece]]:
    held = [*pieces]
    for begin, end in numbering.cut([len(piece.labels) for piece in held]):
        yield held[begin:end]
