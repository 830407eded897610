"""What the chains of several exhibits say against each other."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from uuid import UUID

from casework.ledger.event import Event
from evidence.continuity.finding import Finding, Rules, Subject, found
from evidence.continuity.places import PRESENT, is_elsewhere
from evidence.continuity.reading import name

SEES_IT = PRESENT | {"acknowledged"}


def read(subjects: Sequence[Subject], rules: Rules) -> Mapping[UUID, list[Finding]]:
    """One person at two sites within minutes, by exhibit."""
    made: dict[UUID, list[Finding]] = {}
    for acts in _by_person(subjects).values():
        for (first, one), (second, other) in pairwise(acts):
            apart = other.happened_at - one.happened_at
            if apart <= rules.elsewhere and is_elsewhere(one.place, other.place):
                made.setdefault(first.identifier, []).append(_finding(one, other, second.label))
                made.setdefault(second.identifier, []).append(_finding(other, one, first.label))
    return made


def _by_person(
    subjects: Sequence[Subject],
) -> Mapping[tuple[str, str], list[tuple[Subject, Event]]]:
    acts: dict[tuple[str, str], list[tuple[Subject, Event]]] = {}
    for subject in subjects:
        for event in subject.events:
            who = event.recorder
            if event.kind in SEES_IT and event.place:
                key = (who.service_number or who.name, who.agency)
                acts.setdefault(key, []).append((subject, event))
    for rows in acts.values():
        rows.sort(key=lambda row: (row[1].happened_at, row[0].label, row[1].sequence))
    return acts


def _finding(event: Event, other: Event, label: str) -> Finding:
    return found(
        "two_places", "cross", event, recorder=name(event.recorder), place=event.place,
        other_place=other.place, other=label, length=abs(other.happened_at - event.happened_at),
    )  # fmt: skip
