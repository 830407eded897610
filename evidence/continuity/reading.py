"""How the engine reads a chain: by sequence, corrections laid over what they correct."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from casework.ledger.event import Event, Person
from evidence.continuity.finding import Measure

TAKES = {"seized", "received", "acknowledged", "handed_out", "taken_back"}
BEGINS = {"sampled", "split", "combined"}  # as the first event of what was made
READINGS = ("seal_number", "seal_intact", "new_seal_number", "count", "weight_mg", "tolerance_mg")


def prepared(events: Iterable[Event]) -> list[Event]:
    """By sequence; a correction's readings stand at the event that it corrects, not at its own."""
    ordered = sorted(events, key=lambda event: event.sequence)
    right: dict[int, dict[str, Any]] = {}
    for event in ordered:
        if event.kind == "corrected" and event.corrects:
            right.setdefault(event.corrects, {}).update(_readings(event))
    return [_overlaid(event, right.get(event.sequence, {})) for event in ordered]


def _readings(event: Event) -> dict[str, Any]:
    values = {name: getattr(event, name) for name in READINGS}
    return {name: value for name, value in values.items() if value not in (None, "")}


def _overlaid(event: Event, right: dict[str, Any]) -> Event:
    if event.kind == "corrected":
        return replace(
            event, seal_number="", seal_intact=None, new_seal_number="", count=None, weight_mg=None
        )
    return replace(event, **right) if right else event


def explained(events: Sequence[Event]) -> set[int]:
    """Events whose difference is explained: in themselves, or by a correction that names them."""
    own = {event.sequence for event in events if event.explanation}
    return own | corrected(events)


def corrected(events: Sequence[Event]) -> set[int]:
    """Events that a correction names."""
    corrections = (event for event in events if event.kind == "corrected")
    return {event.corrects for event in corrections if event.corrects}


def takes_hold(event: Event) -> bool:
    return event.kind in TAKES or (event.kind in BEGINS and event.sequence == 1)


def leaves(event: Event) -> bool:
    """From then on nobody here holds it."""
    return event.kind in ("returned", "disposed") or (
        event.kind == "combined" and event.sequence > 1
    )


def holders(events: Sequence[Event]) -> list[Person | None]:
    """Who held it before each event."""
    holder: Person | None = None
    before = []
    for event in events:
        before.append(holder)
        if takes_hold(event):
            holder = event.receiver
        elif leaves(event):
            holder = None
    return before


def same(one: Person | None, other: Person | None) -> bool:
    """Ranks and names change; the number within an agency does not."""
    if one is None or other is None:
        return one is other
    if one.service_number and other.service_number:
        return (one.service_number, one.agency) == (other.service_number, other.agency)
    return one.name == other.name


def name(person: Person | None) -> str:
    return person.name if person else "\N{EN DASH}"


def first_measure(label: str, events: Iterable[Event]) -> Measure:
    """What a part was when it was first counted and weighed: that much left the whole."""
    return _measure(label, prepared(events))


def last_measure(label: str, events: Iterable[Event]) -> Measure:
    """What an exhibit was when it was last counted and weighed."""
    return _measure(label, prepared(events)[::-1])


def _measure(label: str, events: Sequence[Event]) -> Measure:
    read = [event for event in events if event.kind != "refused"]
    return Measure(
        label,
        next((event.count for event in read if event.count is not None), None),
        next((event.weight_mg for event in read if event.weight_mg is not None), None),
    )
