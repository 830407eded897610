"""The state of a charge from the dated rows of its record: now, or as at a day. Pure.

The record decides, not a column: what was corrected or taken back is not in the rows given here.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from casework.procedure.states import State

CONVICTED = ("convicted_plea", "convicted_trial")
RETRIAL, ABATED = "retrial", "abated"
OPENED, CLOSED, TO_ANSWER, REOPENED = (
    "opened", "prosecution_closed", "case_to_answer", "reopened",
)  # fmt: skip
STAGES = {
    OPENED: State.ON_TRIAL,
    CLOSED: State.PROSECUTION_CLOSED,
    TO_ANSWER: State.CASE_TO_ANSWER,
    REOPENED: State.ON_TRIAL,
}


@dataclass(frozen=True)
class Pleaded:
    day: date
    plea: str
    recorded_at: datetime


@dataclass(frozen=True)
class Taken:
    """A step of a trial, as it stands."""

    day: date
    kind: str
    court: int


@dataclass(frozen=True)
class Decided:
    """One decision; `court` is the key of the proceeding that made it."""

    day: date
    decision: str
    court: int
    recorded_at: datetime
    key: int = 0
    has_sentence: bool = False
    varies_sentence: bool = False  # the sentence below fell; the new one is awaited or on it
    is_highest: bool = False
    is_correction: bool = False

    @property
    def convicts(self) -> bool:
        return self.decision in CONVICTED


@dataclass(frozen=True)
class Brought:
    """An appeal that is about this charge; `decided` the day of its decision on it."""

    court: int
    day: date
    decided: date | None = None
    side: str = ""


@dataclass(frozen=True)
class Line:
    """All that is on record of one charge, each in its order."""

    charge: int
    place: int  # the trial it is tried in
    filed_on: date | None = None
    pleas: tuple[Pleaded, ...] = ()
    steps: tuple[Taken, ...] = ()
    decisions: tuple[Decided, ...] = ()
    appeals: tuple[Brought, ...] = ()
    retrials: tuple[tuple[int, int], ...] = ()  # the appeal that ordered it, the court file
    moves: tuple[tuple[date, int, int], ...] = ()  # severed or joined: when, from, to

    @property
    def last(self) -> Decided | None:
        return self.decisions[-1] if self.decisions else None

    @property
    def plea(self) -> Pleaded | None:
        """The plea that counts; after an order to retry only one entered since."""
        order = self.last if self.last and self.last.decision == RETRIAL else None
        real = [one for one in self.pleas if one.plea != "none"]
        if order is not None:
            since = (order.day, order.recorded_at)
            real = [one for one in real if (one.day, one.recorded_at) > since]
        return real[-1] if real else None

    @property
    def pending(self) -> tuple[Brought, ...]:
        """The appeals that have still to be decided on this charge."""
        if self.last is None or self.last.decision in (RETRIAL, ABATED):
            return ()
        return tuple(one for one in self.appeals if one.decided is None)

    @property
    def courts(self) -> tuple[int, ...]:
        """The court files in which it is tried now: of a charge sent back, the retrial's."""
        if self.last is None or self.last.decision != RETRIAL:
            return (self.place,)
        return tuple(court for order, court in self.retrials if order == self.last.court)


def as_at(line: Line, day: date) -> Line:
    """The line without what happened later than a day."""
    place = line.place
    if line.moves:
        gone = [to for when, _from, to in line.moves if when <= day]
        place = gone[-1] if gone else line.moves[0][1]
    brought = [one for one in line.appeals if one.day <= day]
    return replace(
        line,
        place=place,
        filed_on=line.filed_on if line.filed_on and line.filed_on <= day else None,
        pleas=_until(line.pleas, day),
        steps=_until(line.steps, day),
        decisions=_until(line.decisions, day),
        appeals=tuple(
            replace(one, decided=None) if one.decided and one.decided > day else one
            for one in brought
        ),
    )


def _until(rows: tuple[Any, ...], day: date) -> tuple[Any, ...]:
    return tuple(one for one in rows if one.day <= day)


def state(line: Line, on: date | None = None) -> State:
    """Where the charge stands, now or at the end of a day."""
    if on is not None:
        line = as_at(line, on)
    if line.filed_on is None:
        return State.DRAFTED
    last = line.last
    if last is None or last.decision == RETRIAL:
        return _undecided(line)
    if last.decision in (ABATED, "substituted"):
        return State(last.decision)
    if line.pending:
        return State.CONVICTION_APPEALED if last.convicts else State.ACQUITTAL_APPEALED
    if last.convicts and not is_sentenced(line):
        return State.CONVICTED
    if last.is_highest:
        return State.FINAL
    return State.SENTENCED if last.convicts else State(last.decision)


def is_sentenced(line: Line) -> bool:
    """Whether a sentence is in force: of the last conviction in the unbroken run that has one."""
    for one in reversed(line.decisions):
        if not one.convicts:
            return False
        if one.has_sentence:
            return True
        if one.varies_sentence:
            return False
    return False


def _undecided(line: Line) -> State:
    plea, begun = line.plea, stage(line)
    if plea is not None:
        return State.PLEADED_GUILTY if plea.plea == "guilty" else begun or State.PLEADED
    if line.last is None:
        return State.FILED
    return begun or State.RETRIAL_ORDERED


def stage(line: Line) -> State | None:
    """How far the trial of this charge has come; None before evidence is heard."""
    found = None
    for step in line.steps:
        if step.court in line.courts:
            found = STAGES.get(step.kind, found)
    return found


def closed_on(line: Line) -> date | None:
    """The day on which the prosecution last closed its case."""
    days = [one.day for one in line.steps if one.court in line.courts and one.kind == CLOSED]
    return days[-1] if days else None


def before(line: Line) -> Line:
    """The line as it stood before its last decision, with what corrected that one."""
    kept = list(line.decisions)
    while kept and kept[-1].is_correction:
        kept.pop()
    gone = {one.court for one in line.decisions[max(len(kept) - 1, 0) :]}
    still = {one.court for one in kept[:-1]}
    return replace(
        line,
        decisions=tuple(kept[:-1]),
        appeals=tuple(
            replace(one, decided=None) if one.court in gone - still else one for one in line.appeals
        ),
    )
