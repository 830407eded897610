"""From what was decided: what the snapshot loses, and the lines of the schedule."""

import re
from collections.abc import Iterable, Sequence

from evidence.disclosure.decisions import Decision
from evidence.disclosure.hiding import hidden
from evidence.disclosure.things import EXHIBIT, FILE, PART, STATEMENT, WITNESS, Treatment
from evidence.disclosure.withhold import Decided
from evidence.dossier.plan import Withheld
from evidence.dossier.snapshot import Snapshot

SHORTEST_NAME = 3  # letters of a part of a name that is looked for alone


def decided(
    made: Sequence[Decision], snapshot: Snapshot, typed: Iterable[str], copies: Iterable[str]
) -> Decided:
    """`typed` are words that nobody outside may read; `copies` digests of all redacted copies."""
    withheld = [one for one in made if one.is_withheld]
    redacted = {
        one.thing.digest: one.thing.copy
        for one in made
        if one.treatment == Treatment.REDACTED and one.thing.copy
    }
    return Decided(
        parts=_names(withheld, PART),
        exhibits=_names(withheld, EXHIBIT),
        files=_names(withheld, FILE) | frozenset(copies),
        keys=_names(withheld, WITNESS) | _names(withheld, STATEMENT),
        copies=redacted,
        served=frozenset(one.thing.name for one in made if not one.is_withheld),
        words=frozenset(typed) | _secret_names(withheld, snapshot),
        schedule=tuple(lines(made)),
    )


def _names(made: Sequence[Decision], kind: str) -> frozenset[str]:
    return frozenset(one.thing.name for one in made if one.thing.kind == kind)


def _secret_names(withheld: Sequence[Decision], snapshot: Snapshot) -> frozenset[str]:
    """Whole names, and each part of one that nobody else of the case bears."""
    whole = {word for one in withheld for word in one.thing.words}
    others = (name for name in _other_names(snapshot) if not hidden(whole).is_in(name))
    known = {part.casefold() for name in others for part in _parts(name)}
    parts = {part for name in whole for part in _parts(name) if _is_a_name(part)}
    return frozenset(whole | {part for part in parts if part.casefold() not in known})


def _is_a_name(part: str) -> bool:
    """Somebody may be entered as "a guard of the night shift": those words are nobody's name."""
    is_lower = part[0] != part[0].upper()
    return len(part) >= SHORTEST_NAME and not is_lower


def _other_names(snapshot: Snapshot) -> Iterable[str]:
    yield from (one.name for one in snapshot.accused)
    yield from (one.name for one in snapshot.parties)
    yield snapshot.lead_officer.name
    yield snapshot.built_by.name
    for exhibit in snapshot.exhibits:
        for event in exhibit.events:
            yield from (one.name for one in (event.recorder, event.giver, event.receiver) if one)


def _parts(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", name)


def lines(made: Sequence[Decision]) -> Iterable[Withheld]:
    """What is not served, or not whole. A sensitive thing is a number and a ground."""
    for position, one in enumerate(made, 1):
        if one.treatment != Treatment.SERVED and not one.follows:
            yield Withheld(title=printed(one, position), ground=one.ground, treatment=one.treatment)


def printed(one: Decision, position: int) -> str:
    if one.thing.is_sensitive and one.is_withheld:
        return f"Item {position}, sensitive"
    if one.treatment == Treatment.REDACTED and one.thing.copy:
        return one.thing.copy.name
    return one.thing.title
