"""Members of a question reduced to cells, without those that would give a small group away."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from casework.cohorts import Dimension
from casework.metrics import FEWEST, to_hide
from casework.statistics.members import Members

Row = tuple[Any, ...]
BITS = {place: 1 << n for n, place in enumerate(Dimension)}


@dataclass(frozen=True)
class Reduced:
    """What the question covers: rows of the columns asked for, each ending in its number."""

    rows: tuple[Row, ...]
    n: int
    is_hidden: bool  # too few, or what is left out is too few


def fails(source: Members) -> str:
    """Which parts of the question leave a member out, as a number: 0 for none of them."""
    conditions = source.conditions()
    flags = [
        f"CASE WHEN {condition} THEN 0 ELSE {BITS[place]} END"
        for place, condition in conditions.items()
    ]
    return " + ".join(flags) or "0"


def reduce(source: Members, columns: Sequence[str], sums: Sequence[str] = ()) -> Reduced:
    """Group the members that the question covers by `columns`; `sums` are added up.

    Those left out by one part of the question alone are counted beside them.
    """
    outside = fails(source)
    tier = "k.tier" if source.question.tiers else "''"
    kept = [f"CASE WHEN {outside} = 0 THEN {column} END" for column in columns]
    if outside == "0":  # columns as they are can be grouped in the order of an index
        kept = list(columns)
    added = [f"sum({column}) AS added{n}" for n, column in enumerate(sums)]
    found = source.rows(source.select([outside, tier, *kept], totals=added))
    return judged(source, found, len(columns))


def judged(source: Members, found: Sequence[Row], columns: int) -> Reduced:
    """Rows of (fails, tier, columns, sums, number) with whether they may be told."""
    left_out: dict[int, int] = defaultdict(int)
    tiers: dict[str, int] = defaultdict(int)
    for outside, tier, *_rest, n in found:
        left_out[outside] += n
        if outside in (0, BITS[Dimension.TIER]):
            tiers[tier] += n
    size = left_out.pop(0, 0)
    is_small = any(
        left_out[bit] and left_out[bit] < FEWEST for bit in {*BITS.values()} & {*left_out}
    )
    hidden = to_hide(tiers)
    asked = hidden & source.question.tiers
    is_partial = bool(source.question.tiers) and 0 < len(asked) < len(hidden)
    rows = tuple(tuple(row[2:]) for row in found if row[0] == 0)
    return Reduced(rows, size, 0 < size < FEWEST or (size > 0 and (is_small or is_partial)))
