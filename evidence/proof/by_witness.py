"""The matrix turned round: for each witness what they bring in, for the preparation of a day."""

from collections.abc import Iterable
from dataclasses import dataclass

from casework.models import Witness
from evidence.proof.matrix import Cell, Matrix, Piece
from evidence.proof.suggestions import Offer


@dataclass(frozen=True)
class Thing:
    """A piece of evidence with every point that it is linked to."""

    key: str
    piece: Piece
    cells: tuple[Cell, ...]
    links: tuple[int, ...]

    @property
    def words(self) -> str:
        return f"{self.piece.kind.word}: {self.piece.words}"

    @property
    def points(self) -> tuple[str, ...]:
        """The elements that it is for, each once."""
        return tuple(dict.fromkeys(cell.element.label for cell in self.cells))

    @property
    def counts(self) -> tuple[int, ...]:
        return tuple(sorted({cell.charge.count.number for cell in self.cells}))


@dataclass(frozen=True)
class Called:
    witness: Witness
    things: tuple[Thing, ...]


@dataclass(frozen=True)
class Told:
    witnesses: tuple[Called, ...]
    orphans: tuple[Thing, ...]  # what nobody brings in


def of(found: Matrix) -> Told:
    """Witnesses by their number; then what must come in through somebody and does not."""
    by_witness: dict[Witness | None, dict[str, list[tuple[Cell, Piece]]]] = {}
    for cell in found.cells:
        for piece in cell.pieces:
            if piece.witness is not None or not piece.is_brought_in:
                own = by_witness.setdefault(piece.witness, {})
                own.setdefault(piece.key, []).append((cell, piece))
    called = [
        Called(witness, _things(own)) for witness, own in by_witness.items() if witness is not None
    ]
    orphans = _things(by_witness.get(None, {}))
    return Told(tuple(sorted(called, key=lambda one: one.witness.number)), orphans)


def _things(own: dict[str, list[tuple[Cell, Piece]]]) -> tuple[Thing, ...]:
    made = []
    for key, rows in own.items():
        links = tuple(pk for _cell, piece in rows for pk in piece.links)
        made.append(Thing(key, rows[-1][1], tuple(cell for cell, _piece in rows), links))
    return tuple(made)


def by_element(offers: Iterable[Offer]) -> list[tuple[Cell, list[Offer]]]:
    """Offers by the cell that they are for."""
    found: dict[str, tuple[Cell, list[Offer]]] = {}
    for offer in offers:
        found.setdefault(offer.cell.key, (offer.cell, []))[1].append(offer)
    return list(found.values())
