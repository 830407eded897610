"""What a chain of custody leaves open: each gap, conflict and drift named in one sentence.

Pure: from the plain events of a chain and what is known of its neighbours to findings. The exhibit
page, the case page, the work list and the dossier all say what stands here. Order of the events
given does not matter: a chain is read by its sequence, never by a clock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from evidence.continuity import clocks, crossing, intervals, measures, places, seals
from evidence.continuity.finding import ONGOING, Finding, Measure, Rules, Sighting, Subject
from evidence.continuity.reading import corrected, first_measure, last_measure, prepared

__all__ = [
    "Finding",
    "Measure",
    "Rules",
    "Sighting",
    "Subject",
    "findings",
    "findings_of_all",
    "first_measure",
    "last_measure",
]

PARTS = (intervals, seals, measures, places, clocks)


def findings(subject: Subject, *, now: datetime, rules: Rules | None = None) -> tuple[Finding, ...]:
    """All that one chain leaves open at the moment `now`, in the order of its events."""
    chosen = rules or Rules()
    events = prepared(subject.events)
    if not events:
        return ()
    named = corrected(events)
    found = [
        _explained(one, named) for part in PARTS for one in part.read(subject, events, now, chosen)
    ]
    return tuple(sorted(found, key=lambda one: one.order))


def _explained(one: Finding, named: set[int]) -> Finding:
    """One side's word, where a correction says how it came about; it stays named."""
    if one.sequence in named and one.mark != "half" and one.kind not in ONGOING:
        return replace(one, mark="half", is_explained=True)
    return one


def findings_of_all(
    subjects: Iterable[Subject], *, now: datetime, rules: Rules | None = None
) -> Mapping[UUID, tuple[Finding, ...]]:
    """By exhibit: what each chain leaves open, and what the chains say against each other."""
    chosen, given = rules or Rules(), list(subjects)
    against = crossing.read(given, chosen)
    return {
        subject.identifier: tuple(
            sorted(
                [*findings(subject, now=now, rules=chosen), *against.get(subject.identifier, ())],
                key=lambda one: one.order,
            )
        )
        for subject in given
    }
