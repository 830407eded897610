"""What the clock did: flagged and never a break, since the order is that of the tree."""

from collections.abc import Iterable, Iterator
from itertools import chain as joined
from itertools import pairwise
from typing import Final

from casework.models import AuditEntry
from evidence.ledger_check.scan import Clock, is_earlier
from evidence.models import CustodyEvent

Recorded = type[CustodyEvent] | type[AuditEntry]
MOST_TOLD: Final = 10  # of each sort


def warnings(clocks: list[tuple[Clock, Clock]]) -> list[str]:
    """`clocks` of events and of entries, stretch by stretch in the order of the tree."""
    told = []
    models: tuple[Recorded, Recorded] = (CustodyEvent, AuditEntry)
    for place, model in enumerate(models):
        ours = [pair[place] for pair in clocks]
        turned = sorted(_turned(ours), key=lambda pair: pair[1])
        told += _few([_back(model, *pair) for pair in turned[:MOST_TOLD]], len(turned))
        ahead = sorted(joined.from_iterable(one.ahead for one in ours))
        told += _few([_ahead(model, pk) for pk in ahead[:MOST_TOLD]], len(ahead))
    return told


def _turned(clocks: Iterable[Clock]) -> Iterator[tuple[int, int]]:
    """Also where one stretch ends and the next begins."""
    used = [one for one in clocks if one.first and one.last]
    for one in used:
        yield from one.turned
    for earlier, later in pairwise(used):
        if earlier.last and later.first and is_earlier(later.first[0], earlier.last[0]):
            yield earlier.last[1], later.first[1]


def _few(told: list[str], count: int) -> list[str]:
    return [*told, f"And {count - len(told)} more like it."] if count > len(told) else told


def _back(model: Recorded, before: int, pk: int) -> str:
    (name, at), (other, later) = _said(model, pk), _said(model, before)
    return f"{name} was recorded at {at}, after {other} of {later}: the clock went back."


def _ahead(model: Recorded, pk: int) -> str:
    name, at = _said(model, pk)
    return f"{name} was recorded at {at}, which is still to come."


def _said(model: Recorded, pk: int) -> tuple[str, object]:
    row = model._default_manager.get(pk=pk)
    if isinstance(row, AuditEntry):
        return f"Audit entry {pk}", row.at
    return f"{row.label}, event {row.sequence},", row.recorded_at
