"""The values of the engine: what it is given, the rules it applies, and what it finds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from casework.ledger.event import Event
from evidence.continuity.sentences import SENTENCES

# What still is so, whatever anybody says of it: only an act ends it.
ONGOING = {
    *("offered", "unanswered", "handed_out", "overdue", "lost", "no_place", "missing"),
    *("still_unsealed", "corrected"),
}
GRAVITY = {"cross": 0, "open": 1, "half": 2}

# Half a percent, and a gram at least: what two calibrated platform scales may disagree by.
TOLERANCE_PER_MILLE = 5
LEAST_TOLERANCE_MG = 1000


@dataclass(frozen=True, kw_only=True)
class Rules:
    """From when on an interval or a difference is named."""

    first_record: timedelta = timedelta(hours=1)  # from the seizure to the first event
    answer: timedelta = timedelta(days=2)  # an offer waits longer than this: nobody took it
    handover: timedelta = timedelta(hours=12)  # between offer and acknowledgement: a night
    back: timedelta = timedelta(days=30)  # with a person who has no account here
    reseal: timedelta = timedelta(hours=12)  # opened, and sealed again within the working day
    place: timedelta = timedelta(days=2)  # held, and nobody wrote where it is kept
    late: timedelta = timedelta(hours=24)  # recorded later than this after it happened
    clock_slack: timedelta = timedelta(minutes=1)  # times are typed to the minute
    elsewhere: timedelta = timedelta(minutes=10)  # one person cannot be at two sites within it
    per_mille: int = TOLERANCE_PER_MILLE
    least_mg: int = LEAST_TOLERANCE_MG

    def tolerance(self, weight_mg: int) -> int:
        """The difference between two scales that means nothing, in milligrams."""
        return max(weight_mg * self.per_mille // 1000, self.least_mg)


@dataclass(frozen=True)
class Weight:
    """A weight among the values of a sentence, so that it is written as one."""

    mg: int


Value = str | int | datetime | timedelta | Weight


@dataclass(frozen=True)
class Measure:
    """Count and weight of another exhibit: what a part took out, what a source brought in."""

    label: str
    count: int | None = None
    weight_mg: int | None = None


@dataclass(frozen=True)
class Sighting:
    """What a finished check of the store says of it; `found` is empty if it was missing."""

    at: datetime
    recorded: str
    found: str


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One exhibit: its events, when it was seized, and what its neighbours and the store say.

    `others` holds the measure of each exhibit named in `related`, where it is known; `due_back`
    when it was expected back, by the number of the event that handed it out.
    """

    identifier: UUID
    label: str
    events: Sequence[Event]
    seized_at: datetime | None = None
    others: Mapping[UUID, Measure] = field(default_factory=dict)
    due_back: Mapping[int, datetime] = field(default_factory=dict)
    sightings: Sequence[Sighting] = ()


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing left open. `sequence` is the event it stands at, `until` the one that ends it.

    Marks: `open` nobody accounts for it, `half` one side says so, `cross` the record contradicts
    itself.
    """

    kind: str
    mark: str
    sequence: int
    values: tuple[tuple[str, Value], ...] = ()
    until: int | None = None
    start: datetime | None = None
    end: datetime | None = None
    is_explained: bool = False  # by a correction that names the event

    @property
    def template(self) -> str:
        return SENTENCES[self.kind]

    @property
    def length(self) -> timedelta | None:
        return self.end - self.start if self.start and self.end else None

    @property
    def gravity(self) -> int:
        """0 is the worst."""
        return GRAVITY[self.mark]

    @property
    def order(self) -> tuple[int, int, str, str]:
        return (self.sequence, self.gravity, self.kind, str(self.values))


def found(kind: str, mark: str, event: Event, **values: Value) -> Finding:
    """A finding at an event; its number is among the values of every sentence."""
    return Finding(
        kind=kind,
        mark=mark,
        sequence=event.sequence,
        values=tuple(sorted({"event": event.sequence, **values}.items())),
    )


def between(
    kind: str,
    mark: str,
    first: Event,
    start: datetime,
    end: datetime,
    last: Event | None = None,
    **values: Value,
) -> Finding:
    """A stretch of time that nobody accounts for, from an event to another or until now."""
    given = {"event": first.sequence, "length": end - start, "since": start, **values}
    return Finding(
        kind=kind,
        mark=mark,
        sequence=first.sequence,
        until=last.sequence if last else None,
        start=start,
        end=end,
        values=tuple(sorted(given.items())),
    )
