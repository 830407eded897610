"""How a typed text was read, for the sentence under the box.

Pure. Says what signs did; plain words need no explanation.
"""

from dataclasses import dataclass
from datetime import date

from search.query.pieces import Piece, pieces


@dataclass(frozen=True)
class Reading:
    """One piece as it was understood.

    `field` is the name of a field, `is_start` the beginning of a word. With `is_date`, `first` and
    `last` are its days, both included, None where it is open. `ends` where the next is no `or`.
    """

    text: str
    is_together: bool = False
    is_without: bool = False
    is_or: bool = False
    ends: bool = False
    field: str = ""
    is_start: bool = False
    is_date: bool = False
    first: date | None = None
    last: date | None = None


def reading(typed: str) -> tuple[Reading, ...]:
    units = pieces(typed)
    if all(unit.is_plain for unit in units):
        return ()
    following = [*units[1:], None]
    return tuple(_read(unit, after) for unit, after in zip(units, following, strict=True))


def _read(unit: Piece, after: Piece | None) -> Reading:
    days = unit.days
    return Reading(
        unit.start or unit.typed,
        is_together=unit.is_quoted and not unit.is_negated and not unit.field,
        is_without=unit.is_negated,
        is_or=unit.is_or,
        ends=after is not None and not unit.is_or and not after.is_or,
        field=unit.field,
        is_start=bool(unit.start),
        is_date=days is not None,
        first=days.first if days else None,
        last=days.last if days else None,
    )
