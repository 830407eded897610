"""Custody: acts per second through the real operation, and verification of 100,000 events."""

import secrets
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from casework import cases, people, signals
from casework.ledger import format
from casework.ledger.event import commit
from casework.models import Case, Code, User
from evidence import chain, custody, custody_check, exhibits, sequencer
from evidence.models import CustodyEvent, Exhibit

EVENTS_EACH = 10
Row = dict[str, object]


def run(quick: bool) -> list[Row]:
    actor, case = scene()
    acts, events = (50, 2_000) if quick else (200, 100_000)
    rows = [acts_per_second(case, actor, acts)]
    signals.changed.receivers = []  # from here on without the search index, which has its own bench
    signals.changed.sender_receivers_cache.clear()
    rows.append(acts_per_second(case, actor, acts, "not indexed"))
    fill(case, actor, events)
    head = timed("sequence and sign what is pending", sequencer.run, events)
    sequencer.publish(Path(settings.HEADS_FILE))
    first = case.exhibits.order_by("pk")[0]
    everything = timed("verify chains, tree and heads", custody_check.check, events)
    reading = timed("chain of one exhibit, for its page", lambda: custody.chain(first), events)
    proofs = timed("extract with proofs of one exhibit", lambda: custody.extract([first]), events)
    after = acts_per_second(case, actor, acts, "not indexed")
    return [*rows, head, everything, reading, proofs, after]


def scene() -> tuple[User, Case]:
    agency = people.create_agency(
        code="BN", name="Bench Service", kind="wildlife", country="KE", actor=None
    )
    unit = people.create_unit(agency, code="BNU", name="Bench unit", actor=None)
    actor = people.create_person(
        username="bench",
        password=secrets.token_urlsafe(16),
        name="Amina Wekesa",
        position="investigator",
        agency=agency,
        unit=unit,
        actor=None,
    )
    return actor, cases.open_case(title="Bench", tier="port", actor=actor)


def acts_per_second(case: Case, actor: User, count: int, how: str = "indexed") -> Row:
    """Each act in its own transaction, sequenced, signed and on disk before the next."""
    kind = Code.objects.filter(kind="exhibit_kind")[0]
    thing = exhibits.Thing(kind=kind, description="Tusks", count=41)
    held = [exhibits.register(case, thing, actor=actor) for _ in range(10)]
    before = CustodyEvent.objects.count()
    start = time.perf_counter()
    for number in range(count):
        custody.examine(held[number % 10], actor=actor, note="Counted", place="Quay 11")
    rate = count / (time.perf_counter() - start)
    name = f"acts, signed, on disk and {how}, after {before:,} events"
    return {"name": name, "value": rate, "unit": "per second", "n": count}


def timed(name: str, act: Callable[[], object], events: int) -> Row:
    start = time.perf_counter()
    act()
    value = time.perf_counter() - start
    return {"name": f"{name}, {events:,} events", "value": value, "unit": "seconds", "n": 1}


def fill(case: Case, actor: User, events: int) -> None:
    """Chains as the operation would write them, inserted in bulk."""
    kind = Code.objects.filter(kind="exhibit_kind")[0]
    made = Exhibit.objects.bulk_create(
        Exhibit(
            case=case,
            label=f"B{number}",
            kind=kind,
            description="Tusks",
            holder=actor,
            storage_place="Quay 11",
            registered_by=actor,
        )
        for number in range(events // EVENTS_EACH)
    )
    for start in range(0, len(made), 500):
        rows = [row for exhibit in made[start : start + 500] for row in links(exhibit, actor)]
        CustodyEvent.objects.bulk_create(rows)


def links(exhibit: Exhibit, actor: User) -> list[CustodyEvent]:
    rows: list[CustodyEvent] = []
    begin = timezone.now() - timedelta(days=1)
    for sequence in range(1, EVENTS_EACH + 1):
        row = CustodyEvent(
            exhibit=exhibit,
            label=str(exhibit),  # verification holds it against the case
            sequence=sequence,
            kind="seized" if sequence == 1 else "examined",
            happened_at=begin + timedelta(minutes=sequence),
            recorded_at=begin + timedelta(minutes=sequence),
            to_user=actor,
            to_name=actor.name,
            recorder=actor,
            recorder_name=actor.name,
            place="Quay 11",
            note="Counted and found as before",
            count=41,
            salt=secrets.token_hex(format.SALT_BYTES),
            previous_digest=rows[-1].digest if rows else "",
        )
        event, _openings = commit(chain.event_of(row), bytes.fromhex(row.salt))
        row.digest = format.event_digest(event).hex()
        rows.append(row)
    return rows
