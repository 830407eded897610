"""Where the exhibit was: acts at one place while it was kept at another, and what checks found.

Places are compared by their site, the first part of their name: `Exhibit store, shelf C-2` and
`Exhibit store, scale room` are one site.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from casework.ledger.event import Event
from evidence.continuity.finding import Finding, Rules, Sighting, Subject, Value, found
from evidence.continuity.reading import holders, name, same, takes_hold

SETS_PLACE = {"moved", "found"}
PRESENT = {
    *("examined", "reweighed", "sampled", "split", "sealed", "copied", "produced", "damaged"),
    "moved",
}


def site(place: str) -> str:
    return re.split(r"\s*[,/>\N{RIGHTWARDS ARROW}]\s*", place.strip(), maxsplit=1)[0].casefold()


def is_elsewhere(one: str, other: str) -> bool:
    """Two places that cannot be the same site."""
    first, second = site(one), site(other)
    if not first or not second:
        return False
    return first not in other.casefold() and second not in one.casefold()


def read(
    subject: Subject, events: Sequence[Event], now: datetime, rules: Rules
) -> Iterator[Finding]:
    known = ""
    for event, holder in zip(events, holders(events), strict=True):
        is_present = event.kind in PRESENT and event.sequence > 1 and holder is not None
        if is_present and is_elsewhere(event.place, known):
            values: dict[str, Value] = {"place": event.place, "known": known}
            if not same(event.recorder, holder):
                kind = "court_elsewhere" if event.kind == "produced" else "act_elsewhere"
                values |= {"recorder": name(event.recorder), "holder": name(holder)}
                yield found(kind, "cross", event, **values)
            elif event.kind not in ("produced", "moved"):  # the holder takes it to court, or moves
                yield found("not_moved", "half", event, **values)
        if event.kind == "handed_out":
            known = ""  # whoever has no account says nothing of where it is
        elif takes_hold(event) or event.kind in SETS_PLACE:
            known = event.place or known
    yield from _sightings(subject, events)


def _sightings(subject: Subject, events: Sequence[Event]) -> Iterator[Finding]:
    seen = sorted(subject.sightings, key=lambda sighting: sighting.at)
    for at, sighting in enumerate(seen):
        if sighting.found == sighting.recorded:
            continue
        before = [event for event in events if event.recorded_at <= sighting.at] or [events[0]]
        after = next((event for event in events if _settles(event, sighting)), None)
        is_seen_again = any(later.found for later in seen[at + 1 :])
        yield _sighted(sighting, before[-1], after, is_seen_again)


def _settles(event: Event, sighting: Sighting) -> bool:
    is_place = takes_hold(event) or event.kind in SETS_PLACE
    return is_place and event.recorded_at > sighting.at


def _sighted(
    sighting: Sighting, before: Event, after: Event | None, is_seen_again: bool
) -> Finding:
    values: dict[str, Value] = {"day": sighting.at, "known": sighting.recorded or "\N{EN DASH}"}
    if sighting.found:
        kind, mark = ("found_elsewhere_moved", "half") if after else ("found_elsewhere", "cross")
        return found(kind, mark, after or before, **values, place=sighting.found)
    if after:
        return found("missing_since", "half", after, **values)
    kind, mark = ("seen_again", "half") if is_seen_again else ("missing", "open")
    return found(kind, mark, before, **values)
