"""The accused of a case in rows: where each is, the last word on bail, the sentences together."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from casework import clock, court_record
from casework.models import Accused, AccusedEvent, BailDecision, Case
from casework.sentencing import sums, whereabouts
from casework.sentencing.sums import Sum
from casework.sentencing.whereabouts import Place


@dataclass(frozen=True)
class Row:
    accused: Accused
    place: Place
    bail: BailDecision | None
    sum: Sum | None


def of_case(case: Case) -> list[Row]:
    """In the order of their numbers; five queries for all."""
    people = list(court_record.accused_of(case))
    events: dict[int, list[AccusedEvent]] = defaultdict(list)
    rows: Any = AccusedEvent.objects
    standing = rows.standing().filter(accused__case=case)
    for event in standing.order_by("happened_on", "pk"):
        events[event.accused_id].append(event)
    found = {one.accused.pk: one for one in sums.of_accused(people)}
    return [_row(person, events[person.pk], found.get(person.pk)) for person in people]


def _row(person: Accused, events: list[AccusedEvent], found: Sum | None) -> Row:
    served = [event for line in found.lines for event in line.events] if found else []
    served.sort(key=lambda row: (row.happened_on, row.pk))
    decisions: list[BailDecision] = getattr(person, "bail_decisions", [])
    place = whereabouts.now(person, events, served, clock.today())
    return Row(person, place, decisions[0] if decisions else None, found)
