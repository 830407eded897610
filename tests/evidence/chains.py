"""Chains of custody in plain values, written act by act: clean ones, and ones with a fault."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from casework.ledger.event import Event, Person
from evidence.continuity import Measure, Sighting, Subject

START = datetime(2026, 3, 2, 5, 40, tzinfo=UTC)
PEOPLE = tuple(
    Person(name, f"WS-{number}", "Wildlife Service")
    for number, name in enumerate(("Sgt Amina Wekesa", "Joseph Kilonzi", "Dr Esther Rono"), 11)
)
CLERK = Person("Clerk of the court", "", "")
STORE, COURT = "Exhibit store, room 2, shelf C", "Law Courts, court 4"
MINUTE = timedelta(minutes=1)
IDENTIFIER = uuid.UUID(int=7)


@dataclass
class Story:
    """One exhibit that is acted upon. Each act takes a minute and is recorded at once."""

    count: int = 24
    mass: int = 212_600_000
    seal: str = "S-1"
    holder: Person = PEOPLE[0]
    at: datetime = START
    seized_at: datetime = START
    events: list[Event] = field(default_factory=list)
    others: dict[uuid.UUID, Measure] = field(default_factory=dict)
    sightings: list[Sighting] = field(default_factory=list)
    identifier: uuid.UUID = IDENTIFIER

    def act(self, kind: str, **values: Any) -> Event:
        self.at += MINUTE
        late = values.pop("late", timedelta())
        event = Event(
            exhibit=self.identifier,
            label="C/E1",
            sequence=len(self.events) + 1,
            previous=None,
            kind=kind,
            happened_at=self.at,
            recorded_at=self.at + late,
            **{"recorder": self.holder, **values},
        )
        self.events.append(event)
        return event

    def seize(self) -> None:
        self.act("seized", receiver=self.holder, place=STORE, **self.reading())

    def reading(self) -> dict[str, Any]:
        return {"seal_number": self.seal, "count": self.count, "weight_mg": self.mass}

    def offer(self, to: Person) -> Event:
        return self.act("offered", giver=self.holder, receiver=to, place=STORE, **self.reading())

    def answer(self, offer: Event, **values: Any) -> None:
        to = offer.receiver
        assert to is not None
        given = {"seal_intact": True, "place": STORE, **self.reading(), **values}
        self.act(
            "acknowledged", giver=self.holder, receiver=to, answers=offer.sequence,
            **{"recorder": to, **given},
        )  # fmt: skip
        self.holder = to

    def part(self, count: int | None, mass: int | None) -> uuid.UUID:
        identifier = uuid.UUID(int=1000 + len(self.others))
        self.others[identifier] = Measure(f"E1/S{len(self.others) + 1}", count, mass)
        return identifier

    def new_seal(self) -> str:
        self.seal = f"S-{len(self.events) + 2}"
        return self.seal

    def subject(self, **values: Any) -> Subject:
        given = {
            "identifier": self.identifier,
            "label": "E1",
            "events": self.events,
            "seized_at": self.seized_at,
            "others": self.others,
            "sightings": self.sightings,
            **values,
        }
        return Subject(**given)


def another(person: Person) -> Person:
    return PEOPLE[(PEOPLE.index(person) + 1) % len(PEOPLE)]


# Acts after which nothing is left open.


def handover(story: Story) -> None:
    story.answer(story.offer(another(story.holder)))


def weigh(story: Story) -> None:
    story.act("reweighed", weight_mg=story.mass + len(story.events) % 2 * 900, place=STORE)


def examine(story: Story) -> None:
    read = story.seal
    story.act(
        "examined", seal_number=read, seal_intact=True, new_seal_number=story.new_seal(),
        place=STORE,
    )  # fmt: skip


def sample(story: Story) -> None:
    taken = story.part(1, 40_000_000 // (len(story.events) + 4))
    story.mass -= story.others[taken].weight_mg or 0
    story.act("sampled", related=[taken], new_seal_number=story.new_seal(), place=STORE)
    story.act("reweighed", weight_mg=story.mass, count=story.count, place=STORE)


def split(story: Story) -> None:
    if story.count < 2:
        return
    taken = story.part(1, story.mass // 10)
    story.mass -= story.mass // 10
    story.count -= 1
    story.act("split", related=[taken], new_seal_number=story.new_seal(), place=STORE)
    story.act("reweighed", weight_mg=story.mass, count=story.count, place=STORE)


def move(story: Story) -> None:
    story.act("moved", place="Exhibit store, room 3")


def show(story: Story) -> None:
    story.act("produced", place=COURT, **story.reading(), seal_intact=True)


def refused_proposal(story: Story) -> None:
    asked = story.act("proposed", receiver=another(story.holder))
    story.act("refused", answers=asked.sequence, recorder=another(story.holder))


def wait(story: Story) -> None:
    story.at += timedelta(days=40)


def lend(story: Story) -> None:
    story.act("handed_out", giver=story.holder, receiver=CLERK, place=COURT, **story.reading())
    story.at += timedelta(days=3)
    story.act("taken_back", giver=CLERK, receiver=story.holder, place=STORE, **story.reading())


CLEAN: tuple[Callable[[Story], None], ...] = (
    handover, weigh, examine, sample, split, move, show, refused_proposal, wait, lend,
)  # fmt: skip


# One fault each, and the kind of finding that has to name it.


def unanswered(story: Story) -> None:
    story.offer(another(story.holder))
    story.at += timedelta(days=3)


def slow(story: Story) -> None:
    offer = story.offer(another(story.holder))
    story.at += timedelta(hours=13)
    story.answer(offer)


def refused(story: Story) -> None:
    offer = story.offer(another(story.holder))
    story.act("refused", answers=offer.sequence, receiver=another(story.holder))


def taken(story: Story) -> None:
    other = another(story.holder)
    story.act("acknowledged", giver=story.holder, receiver=other, place=STORE, recorder=other)
    story.holder = other


def wrong_giver(story: Story) -> None:
    other = another(story.holder)
    offer = story.act("offered", giver=other, receiver=another(other), recorder=other)
    story.act("withdrawn", answers=offer.sequence)


def overdue(story: Story) -> None:
    story.act("handed_out", giver=story.holder, receiver=CLERK, **story.reading())
    story.at += timedelta(days=31)


def lost(story: Story) -> None:
    story.act("lost")
    story.at += timedelta(days=2)


def lost_found(story: Story) -> None:
    lost(story)
    story.act("found", place=STORE)


def after_end(story: Story) -> None:
    story.act("returned", giver=story.holder, receiver=CLERK)
    story.act("examined", place=STORE)


def to_nobody(story: Story) -> None:
    story.act("returned", giver=story.holder)


def nowhere(story: Story) -> None:
    story.answer(story.offer(another(story.holder)), place="")
    story.at += timedelta(days=3)


def damaged(story: Story) -> None:
    story.act("damaged", place=STORE)


def torn(story: Story) -> None:
    story.act("reweighed", seal_number=story.seal, seal_intact=False, new_seal_number=story.seal)


def other_seal(story: Story) -> None:
    story.seal = "CLONE-9"
    story.act("reweighed", seal_number="CLONE-9", seal_intact=True, place=STORE)


def second_seal(story: Story) -> None:
    story.act("sealed", seal_number=story.new_seal(), place=STORE)


def open_for_days(story: Story) -> None:
    story.act("examined", place=STORE)
    story.at += timedelta(days=2)
    story.act("sealed", seal_number=story.new_seal(), place=STORE)


def open_still(story: Story) -> None:
    story.act("examined", place=STORE)
    story.at += timedelta(days=2)


def handed_open(story: Story) -> None:
    story.act("examined", place=STORE)
    story.answer(story.offer(another(story.holder)), seal_number="", seal_intact=None)


def fewer(story: Story) -> None:
    story.count += 1  # 24 became 25: a count may not rise, either
    story.act("reweighed", count=story.count, place=STORE)


def lighter(story: Story) -> None:
    story.mass -= story.mass // 50
    story.act("reweighed", weight_mg=story.mass, place=STORE)


def heavier(story: Story) -> None:
    story.mass += story.mass // 50
    story.act("reweighed", weight_mg=story.mass, place=STORE)


def many_small_losses(story: Story) -> None:
    for _ in range(4):  # four in a thousand each time: less than two scales may disagree by
        story.mass -= story.mass * 4 // 1000
        story.act("reweighed", weight_mg=story.mass, place=STORE)


def court_elsewhere(story: Story) -> None:
    story.act("produced", place=COURT, recorder=another(story.holder))


def act_elsewhere(story: Story) -> None:
    story.act("examined", place="Harbour laboratory", recorder=another(story.holder),
              new_seal_number=story.new_seal())  # fmt: skip


def not_moved(story: Story) -> None:
    story.act("reweighed", place="Weighbridge at gate 9", weight_mg=story.mass)


def missing(story: Story) -> None:
    story.at += timedelta(days=1)
    story.sightings.append(Sighting(story.at, STORE, ""))


def elsewhere(story: Story) -> None:
    story.at += timedelta(days=1)
    story.sightings.append(Sighting(story.at, STORE, "Exhibit store, room 9"))


def late(story: Story) -> None:
    story.act("reweighed", weight_mg=story.mass, place=STORE, late=timedelta(hours=25))
    story.at += timedelta(hours=26)


def foretold(story: Story) -> None:
    story.act("reweighed", place=STORE, late=-timedelta(minutes=5))


def clock_back(story: Story) -> None:
    story.at = story.events[-1].recorded_at - timedelta(days=2)
    story.act("reweighed", place=STORE)


def corrected(story: Story) -> None:
    story.act("corrected", corrects=1, note="A word")


FAULTS: dict[str, Callable[[Story], None]] = {
    "unanswered": unanswered,
    "slow_handover": slow,
    "refused": refused,
    "not_offered": taken,
    "wrong_giver": wrong_giver,
    "overdue": overdue,
    "lost": lost,
    "lost_found": lost_found,
    "after_end": after_end,
    "returned_to_nobody": to_nobody,
    "no_place": nowhere,
    "damaged": damaged,
    "seal_broken": torn,
    "seal_changed": other_seal,
    "seal_replaced": second_seal,
    "unsealed": open_for_days,
    "still_unsealed": open_still,
    "handed_open": handed_open,
    "count": fewer,
    "lighter": lighter,
    "heavier": heavier,
    "drift_lighter": many_small_losses,
    "court_elsewhere": court_elsewhere,
    "act_elsewhere": act_elsewhere,
    "not_moved": not_moved,
    "missing": missing,
    "found_elsewhere": elsewhere,
    "late": late,
    "before_it_happened": foretold,
    "clock_back": clock_back,
    "corrected": corrected,
}
