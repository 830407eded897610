"""What happened, in order, from every part of the snapshot: each entry says where it comes from.

Pure. A day without a time stands before the moments of that day, a decision of the court behind.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from evidence.dossier import words
from evidence.dossier.snapshot import Event, Exhibit, Person, Proceeding, Snapshot

FIRST, TIMED, LAST = 0, 1, 2
MARKS = {"held": "full", "adjourned": "cross", "listed": "later", "vacated": "later"}
NAMED_EXHIBITS = 10


@dataclass(frozen=True, kw_only=True)
class Entry:
    day: date
    at: datetime | None = None
    place_in_day: int = TIMED
    mark: str = "full"
    title: str
    rest: str = ""
    by: str = ""
    source: str  # anchor of the part that tells more

    @property
    def order(self) -> tuple[date, int, float]:
        return self.day, self.place_in_day, self.at.timestamp() if self.at else 0.0


def entries(snapshot: Snapshot) -> list[Entry]:
    zone = ZoneInfo(snapshot.zone)
    found = [
        *_consignments(snapshot, zone),
        *_seizures(snapshot, zone),
        *_custody(snapshot.exhibits, zone),
        *_arrests(snapshot),
        *_laboratory(snapshot),
        *_statements(snapshot),
        *_marks_of_court(snapshot.exhibits),
    ]
    names = {one.number: one.name for one in snapshot.accused}
    for at, proceeding in enumerate(snapshot.proceedings):
        found += _court(at, proceeding, zone)
        found += _decisions(at, proceeding, names)
    return sorted(found, key=lambda entry: entry.order)


def _consignments(snapshot: Snapshot, zone: ZoneInfo) -> Iterator[Entry]:
    for at, one in enumerate(snapshot.consignments):
        source = f"consignment.{at}"
        if one.stuffed_on:
            yield Entry(
                day=one.stuffed_on,
                place_in_day=FIRST,
                mark="half",
                title="Container stuffed",
                rest=f" at {one.stuffing_place}" if one.stuffing_place else "",
                source=source,
            )
        for bill in one.bills:
            for on, what in ((bill.issued_on, "issued"), (bill.received_on, "received")):
                if on:
                    yield Entry(
                        day=on,
                        place_in_day=FIRST,
                        mark="half" if what == "issued" else "full",
                        title=f"Bill of lading {bill.number}, version {bill.version},",
                        rest=f" {what}",
                        source=source,
                    )
            if bill.changed_at:
                by = f" by {bill.changed_by}" if bill.changed_by else ""
                yield Entry(
                    day=bill.changed_at.astimezone(zone).date(),
                    at=bill.changed_at,
                    mark="half",
                    title=f"Bill of lading {bill.number} changed{by},",
                    rest=f" version {bill.version}",
                    by=", ".join(what for what, _was, _now in bill.changes),
                    source=source,
                )
        for seal in one.seals:
            if seal.seen_on:
                state = {True: ", intact", False: ", not intact", None: ""}[seal.is_intact]
                yield Entry(
                    day=seal.seen_on,
                    place_in_day=FIRST,
                    mark="cross" if seal.is_intact is False else "full",
                    title=f"Seal {seal.number} seen",
                    rest=f"{f' at {seal.place}' if seal.place else ''}{state}",
                    source=source,
                )


def _seizures(snapshot: Snapshot, zone: ZoneInfo) -> Iterator[Entry]:
    for at, one in enumerate(snapshot.seizures):
        items = ", ".join(dict.fromkeys(item.species or item.description for item in one.items))
        yield Entry(
            day=one.seized_at.astimezone(zone).date(),
            at=one.seized_at if one.is_time_known else None,
            place_in_day=TIMED if one.is_time_known else FIRST,
            title=f"Seizure S{one.number}",
            rest=f" at {one.place}, by {one.agency}",
            by=items,
            source=f"seizure.{at}",
        )


def _custody(exhibits: tuple[Exhibit, ...], zone: ZoneInfo) -> Iterator[Entry]:
    """The same act on several exhibits at one time is one entry."""
    acts: dict[tuple[object, ...], list[tuple[int, Event]]] = defaultdict(list)
    for at, exhibit in enumerate(exhibits):
        for event in exhibit.events:
            minute = event.happened_at.replace(second=0, microsecond=0)
            key = (minute, event.kind, event.giver, event.receiver, event.recorder, event.place)
            acts[key].append((at, event))
    for same in acts.values():
        at, event = same[0]
        yield Entry(
            day=event.happened_at.astimezone(zone).date(),
            at=event.happened_at,
            mark=mark_of(event),
            title=f"{labels([exhibits[one].label for one, _ in same])}: {event.title.lower()}",
            rest=_between(event),
            by=event.place,
            source=f"custody.{at}",
        )


def mark_of(event: Event) -> str:
    """Which mark an event of custody stands under."""
    if event.kind == "refused" or event.seal_intact is False:
        return "cross"
    marks = {"offered": "half", "proposed": "half", "withdrawn": "later"}
    return (marks | {"lost": "cross", "damaged": "cross"}).get(event.kind, "full")


def labels(found: list[str]) -> str:
    if len(found) <= NAMED_EXHIBITS:
        return ", ".join(found)
    return f"{found[0]} to {found[-1]} ({len(found)} exhibits)"


def _between(event: Event) -> str:
    def named(word: str, who: Person | None) -> str:
        return f" {word} {who.name}" if who and who.name else ""

    if event.receiver is None:
        return named("by", event.giver or event.recorder)
    return named("from", event.giver) + named("to", event.receiver)


def _arrests(snapshot: Snapshot) -> Iterator[Entry]:
    for one in snapshot.accused:
        if one.arrested_on:
            yield Entry(
                day=one.arrested_on,
                place_in_day=FIRST,
                title=f"A{one.number} arrested:",
                rest=f" {one.name}",
                source="accused",
            )


def _laboratory(snapshot: Snapshot) -> Iterator[Entry]:
    for one in snapshot.examinations:
        things = labels([item.label for item in one.items])
        steps = (
            (one.sent_on, "half", "sent to", one.carried_by),
            (one.received_on, "full" if one.is_intact else "cross", "received by", ""),
            (one.reported_on, "full", "reported on by", one.expert),
        )
        for on, mark, what, by in steps:
            if on is not None:
                yield Entry(
                    day=on,
                    place_in_day=LAST,
                    mark=mark,
                    title=f"{things} {what}",
                    rest=f" {one.laboratory}, memo L{one.number}",
                    by=by,
                    source=f"laboratory.{one.number}",
                )


def _statements(snapshot: Snapshot) -> Iterator[Entry]:
    names = {one.label: one.name for one in snapshot.witnesses}
    accused = {one.number: one.name for one in snapshot.accused}
    for one in snapshot.statements:
        label = one.witness or f"A{one.accused}"
        name = names.get(one.witness, "") or accused.get(one.accused, "")
        yield Entry(
            day=one.taken_on,
            place_in_day=LAST,
            mark="full" if one.is_signed else "half",
            title=f"Statement of {label}",
            rest=f" {name}",
            by=f"taken by {one.taken_by}" if one.taken_by else "",
            source=f"statement.{one.number}",
        )


def _marks_of_court(exhibits: tuple[Exhibit, ...]) -> Iterator[Entry]:
    for at, exhibit in enumerate(exhibits):
        for one in exhibit.court_marks:
            number = f", {one.number}" if one.number else ""
            yield Entry(
                day=one.happened_on,
                place_in_day=LAST,
                mark=one.mark,
                title=f"{exhibit.label}: {one.kind.lower()}",
                rest=f"{number}{f', by {one.witness}' if one.witness else ''}",
                by=one.court,
                source=f"exhibit.{at}",
            )


def _court(at: int, proceeding: Proceeding, zone: ZoneInfo) -> Iterator[Entry]:
    where = f"{proceeding.court}, {proceeding.number}"
    for sheet in proceeding.sheets:
        if sheet.filed_on:
            yield Entry(
                day=sheet.filed_on,
                place_in_day=FIRST,
                title=f"Charge sheet filed, version {sheet.version},",
                rest=f" {words.plural(len(sheet.counts), 'count')}",
                by=where,
                source=f"proceeding.{at}",
            )
    for hearing in proceeding.hearings:
        reason = f": {hearing.adjournment_reason}" if hearing.adjournment_reason else ""
        yield Entry(
            day=hearing.starts_at.astimezone(zone).date(),
            at=hearing.starts_at,
            mark=MARKS.get(hearing.state, "full"),
            title=f"{hearing.kind},",
            rest=f" {hearing.state_title.lower()}{reason}",
            by=where,
            source=f"hearings.{at}",
        )


def _decisions(at: int, proceeding: Proceeding, names: dict[int, str]) -> Iterator[Entry]:
    source = f"proceeding.{at}"
    for bail in proceeding.bail:
        yield Entry(
            day=bail.decided_on,
            place_in_day=LAST,
            title=f"Bail of A{bail.accused}:",
            rest=f" {bail.decision}",
            source=source,
        )
    yield from _pleas(proceeding, names, source)
    for count in (count for sheet in proceeding.sheets for count in sheet.counts):
        for charge in count.charges:
            who = f"A{charge.accused} {names.get(charge.accused, '')}, count {count.number}:"
            for outcome in charge.outcomes:
                yield Entry(
                    day=outcome.decided_on,
                    place_in_day=LAST,
                    title=who,
                    rest=f" {outcome.decision.lower()}{' on appeal' * outcome.is_appeal}",
                    by=outcome.court,
                    source=source,
                )


def _pleas(proceeding: Proceeding, names: dict[int, str], source: str) -> Iterator[Entry]:
    """The same plea of one accused to several counts on one day is one entry."""
    same: dict[tuple[date, int, str], list[int]] = defaultdict(list)
    for count in (count for sheet in proceeding.sheets for count in sheet.counts):
        for charge in count.charges:
            for plea in charge.pleas:
                key = (plea.entered_on, charge.accused, plea.plea)
                if count.number not in same[key]:
                    same[key].append(count.number)
    for (day, accused, said), counts in same.items():
        to = ", ".join(str(number) for number in counts)
        yield Entry(
            day=day,
            place_in_day=LAST,
            title=f"A{accused} {names.get(accused, '')}:",
            rest=f" plea {said.lower()}, {'count' if len(counts) == 1 else 'counts'} {to}",
            source=source,
        )
