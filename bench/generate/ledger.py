"""A large ledger in bulk: chains as the operations write them, with their leaves, heads and audit.

Salts, commitments, digests and signatures are real. Acts on many exhibits are interleaved as in a
busy store. Every name and number is invented.
"""

import random
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.db import connection, transaction

from bench.generate.insert import insert, reset_sequences
from casework import audit, cases, people
from casework.ledger import format
from casework.ledger.event import commit
from casework.models import AuditEntry, Case, Code, User
from evidence import chain, sequencer
from evidence.models import CustodyEvent, Exhibit

AT_ONCE = 1000  # events that one head is signed for
AT_WORK = 2000  # exhibits whose chains grow at the same time
BEGIN = datetime(2023, 1, 2, 6, 0, tzinfo=UTC)
PLACES = ("Quay 11, Berth 4", "Exhibit store, Room 2, Shelf 14", "Laboratory", "Court 3")
NOTES = ("Counted and found as before", 'Seal read aloud: "whole"', "Two tusks split at the tip")
OTHERS = ("examined", "reweighed", "moved", "produced", "copied")


@dataclass
class Growing:
    """One exhibit whose chain is being written."""

    exhibit: Exhibit
    label: str
    length: int
    holder: User
    last: CustodyEvent | None = None
    offer: CustodyEvent | None = None

    @property
    def is_done(self) -> bool:
        return bool(self.last and self.last.sequence >= self.length and not self.offer)


class Writer:
    """Writes events until it is told to stop; a new exhibit begins where a chain has ended."""

    def __init__(self, *, with_audit: bool = True) -> None:
        self.chance = random.Random(18)
        self.with_audit = with_audit
        self.staff, self.cases = staff_and_cases()
        self.called = {person: audit.describe(person) for person in self.staff}
        self.kind = Code.objects.filter(kind="exhibit_kind")[0]
        self.at, self.key, self.labels = BEGIN, 0, 0
        self.growing: list[Growing] = []
        self.done: list[Growing] = []

    def fill(self, events: int) -> None:
        """Sequenced and signed as it goes on."""
        while self.key < events:
            with transaction.atomic():
                self._begin(AT_WORK - len(self.growing))
            self._write([self._act() for _ in range(min(AT_ONCE, events - self.key))])
        self._write([self._event(one) for one in self.growing if one.last is None])
        self._settle()

    def _write(self, rows: list[CustodyEvent]) -> None:
        with transaction.atomic():
            insert(rows)
            if self.with_audit:
                insert([self._entry(row) for row in rows])
        sequencer.run()

    def _entry(self, row: CustodyEvent) -> AuditEntry:
        return AuditEntry(
            at=row.recorded_at,
            actor=row.recorder,
            actor_text=self.called[row.recorder],
            action=f"custody.{row.kind}",
            case=row.exhibit.case,
            subject_kind="evidence.exhibit",
            subject_id=str(row.exhibit_id),
            subject_text=row.label,
            detail={"event": row.sequence},
        )

    def _begin(self, count: int) -> None:
        made = []
        for label in range(self.labels, self.labels + count):
            holder = self.chance.choice(self.staff)
            given = {"kind": self.kind, "description": "Tusks", "registered_by": holder}
            case = self.chance.choice(self.cases)
            made.append(Exhibit(case=case, label=f"B{label}", holder=holder, **given))
        self.labels += count
        insert(made)
        for exhibit in made:
            length = self.chance.randint(5, 50)
            self.growing.append(Growing(exhibit, str(exhibit), length, exhibit.registered_by))

    def _settle(self) -> None:
        """Holder and place of each exhibit as its chain has left them."""
        rows = [
            (one.holder.pk, one.exhibit.storage_place, one.exhibit.pk)
            for one in self.done + self.growing
        ]
        statement = "UPDATE evidence_exhibit SET holder_id = %s, storage_place = %s WHERE id = %s"
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(statement, rows)
        reset_sequences([Exhibit, CustodyEvent, AuditEntry])
        sequencer.publish(Path(settings.HEADS_FILE))

    def _act(self) -> CustodyEvent:
        place = self.chance.randrange(len(self.growing))
        one = self.growing[place]
        row = self._event(one)
        if one.is_done:
            self.done.append(one)
            self.growing[place] = self.growing[-1]
            self.growing.pop()
        return row

    def _event(self, one: Growing) -> CustodyEvent:
        self.key += 1
        self.at += timedelta(milliseconds=self.chance.randrange(1, 40_000))
        kind = self._next_kind(one)
        row = CustodyEvent(
            pk=self.key,
            exhibit=one.exhibit,
            label=one.label,
            sequence=one.last.sequence + 1 if one.last else 1,
            kind=kind,
            happened_at=self.at,
            recorded_at=self.at + timedelta(seconds=self.chance.choice((0, 0, 47))),
            salt=secrets.token_hex(format.SALT_BYTES),
            previous_digest=one.last.digest if one.last else "",
            **getattr(self, f"_{kind}", self._other)(one),
        )
        row.recorder = one.holder  # of an acknowledged one, already the receiver
        one.last, one.offer = row, row if kind == "offered" else None
        _name(row)
        made, _openings = commit(chain.event_of(row), bytes.fromhex(row.salt))
        row.digest = format.event_digest(made).hex()
        return row

    def _next_kind(self, one: Growing) -> str:
        if one.last is None:
            return "seized"
        if one.offer:
            return "acknowledged"
        return "offered" if self.chance.random() < 0.2 else self.chance.choice(OTHERS)

    def _seized(self, one: Growing) -> dict[str, Any]:
        place = one.exhibit.storage_place = self.chance.choice(PLACES)
        return {
            "to_user": one.holder,
            "place": place,
            "note": self.chance.choice(NOTES),
            "authority": "Search warrant 318 of 2026",
            "seal_number": f"BV {self.key:07}",
            "count": 41,
        }

    def _offered(self, one: Growing) -> dict[str, Any]:
        others = [person for person in self.staff if person != one.holder]
        return {
            "from_user": one.holder,
            "to_user": self.chance.choice(others),
            "purpose": "For the laboratory",
            "seal_number": f"BV {self.key:07}",
            "count": 41,
        }

    def _acknowledged(self, one: Growing) -> dict[str, Any]:
        offer = cast(CustodyEvent, one.offer)
        one.holder = cast(User, offer.to_user)
        place = one.exhibit.storage_place = self.chance.choice(PLACES)
        same = {"from_user": offer.from_user, "to_user": offer.to_user, "answers": offer}
        return same | {"seal_number": offer.seal_number, "seal_intact": True, "place": place}

    def _moved(self, one: Growing) -> dict[str, Any]:
        place = one.exhibit.storage_place = self.chance.choice(PLACES)
        return {"place": place, "purpose": "Room is needed"}

    def _other(self, one: Growing) -> dict[str, Any]:
        return {
            "place": self.chance.choice(PLACES),
            "note": self.chance.choice(NOTES),
            "weight_mg": 41_250_000 + self.chance.randrange(1000),
            "scale": "Scale 4",
            "scale_calibrated_on": date(2026, 1, 9),
        }


def staff_and_cases() -> tuple[list[User], list[Case]]:
    agency = people.create_agency(
        code="BV", name="Bench Wildlife Service", kind="wildlife", country="KE", actor=None
    )
    unit = people.create_unit(agency, code="BVU", name="Bench unit", actor=None)
    staff = [
        people.create_person(
            username=f"bench{number}",
            password=secrets.token_urlsafe(16),
            name=f"Officer Bench Number-{number}",
            position="investigator",
            service_number=f"BV-{number:05}",
            agency=agency,
            unit=unit,
            actor=None,
        )
        for number in range(12)
    ]
    return staff, [cases.open_case(title="Bench", tier="port", actor=staff[0]) for _ in range(50)]


def _name(row: CustodyEvent) -> None:
    for prefix in ("from", "to", "recorder"):
        person = getattr(row, f"{prefix}_user" if prefix != "recorder" else prefix)
        if person is not None:
            setattr(row, f"{prefix}_name", person.get_full_name())
            setattr(row, f"{prefix}_number", person.service_number)
            setattr(row, f"{prefix}_agency", person.agency.name)
