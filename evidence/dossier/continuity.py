"""What a chain of custody leaves open: named, never smoothed over.

Pure. Works on the events of the snapshot; `after` is the event behind which a remark is printed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from evidence.dossier import words
from evidence.dossier.snapshot import Event, Exhibit

LATE = timedelta(days=1)  # recorded later than this after it happened
OPENERS = {"seized", "received"}  # and the events of a sample, which begin with its parent's
CHANGES_COUNT = {"sampled", "corrected"}


@dataclass(frozen=True)
class Remark:
    mark: str  # open (nobody answers), half (one side), cross (contradicted)
    words: str
    after: int = 0


def remarks(exhibit: Exhibit) -> list[Remark]:
    """In the order of the chain; the state of the proof first."""
    found = list(_proof(exhibit))
    answered = {event.answers for event in exhibit.events if event.answers}
    before: list[Event] = []
    for event in exhibit.events:
        found += _handover(event, answered)
        found += _seal(event, before)
        found += _measures(event, before)
        found += _lateness(event)
        before.append(event)
    return found


def _proof(exhibit: Exhibit) -> Iterator[Remark]:
    if exhibit.proof.state == "empty":
        yield Remark("open", "No custody event is recorded.")
    elif exhibit.proof.state == "broken":
        yield Remark("cross", f"The chain does not verify: {exhibit.proof.fault}.")
    elif exhibit.proof.state == "pending":
        missing = len(exhibit.events) - exhibit.proof.sequenced
        yield Remark("half", f"{words.plural(missing, 'event')} not under a signed head yet.")


def _handover(event: Event, answered: set[int]) -> Iterator[Remark]:
    if event.kind == "offered" and event.sequence not in answered:
        to = words.person(event.receiver)
        yield Remark("half", f"Offered to {to}; nobody has acknowledged it.", event.sequence)
    if event.kind == "refused":
        who = words.person(event.recorder)
        yield Remark("cross", f"{who} refused what was offered.", event.sequence)


def _seal(event: Event, before: list[Event]) -> Iterator[Remark]:
    if event.seal_intact is False:
        yield Remark("cross", f"Seal {event.seal_number or ''} was not intact.", event.sequence)
    known = next((_left(past) for past in reversed(before) if _left(past)), "")
    is_put_on = event.kind == "sealed" or not before
    if known and event.seal_number and not is_put_on and event.seal_number != known:
        text = f"Seal {known} was put on; seal {event.seal_number} was found."
        yield Remark("cross", text, event.sequence)


def _left(event: Event) -> str:
    """The seal that the exhibit carries after an event."""
    return event.new_seal_number or event.seal_number


def _measures(event: Event, before: list[Event]) -> Iterator[Remark]:
    if event.kind in CHANGES_COUNT:
        return
    counts = [past.count for past in before if past.count is not None]
    if event.count is not None and counts and event.count != counts[-1]:
        yield _explained(event, f"Count {counts[-1]:,} before, {event.count:,} here.")
    weights = [past.weight_mg for past in before if past.weight_mg is not None]
    if event.weight_mg is not None and weights:
        drift = event.weight_mg - weights[-1]
        if abs(drift) > (event.tolerance_mg or 0):
            more = "more" if drift > 0 else "less"
            yield _explained(
                event, f"{words.weight(abs(drift))} {more} than at the reading before."
            )


def _explained(event: Event, text: str) -> Remark:
    if event.explanation:
        return Remark("half", f"{text} Explained in the record.", event.sequence)
    return Remark("cross", f"{text} No explanation is recorded.", event.sequence)


def _lateness(event: Event) -> Iterator[Remark]:
    late = event.recorded_at - event.happened_at
    if late > LATE:
        text = f"Event {event.sequence} was recorded {words.duration(late)} after it happened."
        yield Remark("half", text, event.sequence)
