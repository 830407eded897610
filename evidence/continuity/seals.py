"""The seal: put on, found, cut, replaced; broken; and the time without one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from casework.ledger.event import Event
from evidence.continuity.finding import Finding, Rules, Subject, between, found
from evidence.continuity.reading import explained, leaves

OPENS = {"examined", "sampled", "split", "copied"}  # nobody does these through a sealed bag
CHANGES_HANDS = {"acknowledged", "handed_out"}


def read(
    subject: Subject, events: Sequence[Event], now: datetime, rules: Rules
) -> Iterator[Finding]:
    known, opened, was_told = "", None, False
    clear = explained(events)
    for event in events:
        is_clear = event.sequence in clear
        yield from _broken(event, known, is_clear)
        if event.kind == "refused":
            continue  # what a refuser read is one side's word; the seal stands as it was
        put_on = _put_on(event)
        if event.seal_number and event.seal_number != put_on:
            yield from _compared(event, known, is_clear)
        opened = _unless_whole(event, put_on, known, opened)
        if event.kind in CHANGES_HANDS and not put_on and (opened or not known):
            if opened or not was_told:
                yield _handed(event, opened)
            was_told = True
        if put_on:
            yield from _sealed(event, put_on, known, opened, rules)
        known, opened = _left(event, put_on, known, opened)
    if opened and now - opened.happened_at > rules.reseal and not any(map(leaves, events)):
        yield between("still_unsealed", "open", opened, opened.happened_at, now)


@dataclass(frozen=True)
class Now:
    """The seal that is on it, as the chain leaves it."""

    opened: Event | None  # by what; no seal was put on it or read whole since
    is_intact: bool | None  # as it was read last, since it was put on


def now(events: Iterable[Event]) -> Now:
    known, opened, is_intact = "", None, None
    for event in events:
        if event.kind == "refused":
            continue
        put_on = _put_on(event)
        opened = _unless_whole(event, put_on, known, opened)
        known, opened = _left(event, put_on, known, opened)
        if put_on:
            is_intact = None
        elif event.seal_intact is not None:
            is_intact = event.seal_intact
    return Now(opened, is_intact)


def _unless_whole(event: Event, put_on: str, known: str, opened: Event | None) -> Event | None:
    """Read whole under the same number: it was never cut."""
    is_read = bool(event.seal_number) and event.seal_number != put_on
    return None if is_read and event.seal_number == known and event.seal_intact is True else opened


def _left(event: Event, put_on: str, known: str, opened: Event | None) -> tuple[str, Event | None]:
    """The seal that is known after the event, and what opened it."""
    if put_on:
        return put_on, None
    known = event.seal_number or known
    return known, opened or _opening(event, known)


def _handed(event: Event, opened: Event | None) -> Finding:
    """Not everything can be sealed; what was sealed and opened has to be."""
    return found(*(("handed_open", "open") if opened else ("never_sealed", "half")), event)


def _put_on(event: Event) -> str:
    """The seal that the event leaves on it, where the act is to put one on."""
    is_first = event.sequence == 1 or event.kind == "sealed"
    return event.new_seal_number or (event.seal_number if is_first else "")


def _broken(event: Event, known: str, is_clear: bool) -> Iterator[Finding]:
    if event.seal_intact is False:
        kind, mark = ("seal_broken_explained", "half") if is_clear else ("seal_broken", "cross")
        yield found(kind, mark, event, seal=event.seal_number or known)


def _compared(event: Event, known: str, is_clear: bool) -> Iterator[Finding]:
    if known and event.seal_number != known:
        kind, mark = ("seal_changed_explained", "half") if is_clear else ("seal_changed", "cross")
        yield found(kind, mark, event, known=known, seal=event.seal_number)


def _sealed(
    event: Event, number: str, known: str, opened: Event | None, rules: Rules
) -> Iterator[Finding]:
    if opened and event.happened_at - opened.happened_at > rules.reseal:
        start, end = opened.happened_at, event.happened_at
        yield between("unsealed", "open", opened, start, end, event)
    is_replaced = event.kind == "sealed" and known and known != number
    if is_replaced and not opened and event.seal_intact is not False:
        yield found("seal_replaced", "half", event, known=known, seal=number)


def _opening(event: Event, known: str) -> Event | None:
    is_part = event.sequence == 1  # a sample is sealed after it is taken
    opens = event.kind in OPENS or event.seal_intact is False
    return event if known and opens and not is_part else None
