"""The weights of one load compared: what each says of the goods, against the least doubtful.

Pure; milligrams. A scale that weighed the box with the goods says more than the papers do by the
box's tare, so the tare is taken off where it is known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["declared", "bill", "entry", "vgm", "scan", "weighbridge"]

# The least doubtful first: read on a public scale, reckoned from an image, the shippers' own word.
BY_TRUST: tuple[Kind, ...] = ("weighbridge", "scan", "vgm", "bill", "entry", "declared")
WITH_BOX = frozenset({"weighbridge", "vgm"})
INDEPENDENT = frozenset({"weighbridge", "scan"})
# SOLAS VI/2 leaves the tolerance to states; many accept 5 % between verified mass and scale.
TOLERANCE = 50  # thousandths


@dataclass(frozen=True)
class Said:
    kind: Kind
    mg: int


@dataclass(frozen=True)
class Row:
    """A weight, what it leaves for the goods, and how far that is from the reference."""

    kind: Kind
    mg: int
    goods_mg: int
    difference_mg: int | None  # None for the reference itself
    thousandths: int | None  # of the reference
    is_far: bool


@dataclass(frozen=True)
class Comparison:
    """`reference` is the kind that all are held against; "" where there are not two weights."""

    rows: tuple[Row, ...]
    reference: Kind | Literal[""]
    is_independent: bool  # the reference is not the shipper's own word
    is_tare_known: bool

    @property
    def farthest(self) -> Row | None:
        """The weight that is farthest beyond the tolerance."""
        far = [row for row in self.rows if row.is_far]
        return max(far, key=lambda row: abs(row.difference_mg or 0), default=None)


def compare(said: Sequence[Said], tare_mg: int | None = None) -> Comparison:
    """Each weight against the least doubtful one, in the order given."""
    kinds = {one.kind for one in said}
    reference = next((kind for kind in BY_TRUST if kind in kinds), None)
    if reference is None or len(kinds) < 2:
        rows = tuple(Row(one.kind, one.mg, _goods(one, tare_mg), None, None, False) for one in said)
        return Comparison(rows, "", False, tare_mg is not None)
    least = next(_goods(one, tare_mg) for one in said if one.kind == reference)
    return Comparison(
        tuple(_row(one, _goods(one, tare_mg), reference, least) for one in said),
        reference,
        reference in INDEPENDENT,
        tare_mg is not None,
    )


def _goods(one: Said, tare_mg: int | None) -> int:
    """Less the tare, but never below zero: then the weight was of the goods alone."""
    if tare_mg is None or one.kind not in WITH_BOX or one.mg <= tare_mg:
        return one.mg
    return one.mg - tare_mg


def _row(one: Said, goods: int, reference: Kind, least: int) -> Row:
    if one.kind == reference:
        return Row(one.kind, one.mg, goods, None, None, False)
    difference = goods - least
    thousandths = round(difference * 1000 / least) if least else None
    is_far = abs(difference) * 1000 > TOLERANCE * least
    return Row(one.kind, one.mg, goods, difference, thousandths, is_far)
