"""Cases, charges, decisions and hearings by the hundred thousand, for the statistics only.

Of every four cases three are charged, with four counts each and now and then one against both
accused; thirteen hearings a case and one more. Every name and number is invented.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.db import connection, transaction

from bench.generate import bulk
from bench.generate.setting import UNITS, Setting
from casework import access, lines, people
from casework.models import (
    Accused,
    AccusedEvent,
    Agency,
    Case,
    CaseGroupGrant,
    Charge,
    ChargeSheet,
    Count,
    Court,
    Hearing,
    Outcome,
    Plea,
    Proceeding,
    SeizedItem,
    Seizure,
    Sentence,
    SentenceEvent,
)

BEGIN = datetime(2010, 1, 4, 6)  # noqa: DTZ001  # as the databases keep it, in UTC
DAYS, STEP = 5_600, 997  # cases are spread over fifteen years
COUNTS, HEARINGS = 4, 13
TIERS = ("port", "trafficking", "poaching", "possession")
DECISIONS = ("convicted_trial", "convicted_plea", "acquitted", "acquitted", "no_case", "withdrawn")
TODAY = date(2026, 1, 1)
NOW = datetime(2026, 1, 1)  # noqa: DTZ001  # later hearings are listed already
FINE = 200_000
Row = tuple[Any, ...]


@dataclass
class Made:
    """One case as all tables need it; keys follow from its number."""

    number: int
    day: datetime
    is_charged: bool
    chance: random.Random

    @property
    def filed(self) -> date:
        return (self.day + timedelta(days=20 + self.number % 200)).date()


def fill(setting: Setting, until: int) -> dict[str, int]:
    """Add cases until there are this many; how many rows were written to each table."""
    other = Agency.objects.filter(code="OT").first() or people.create_agency(
        code="OT", name="Other Service", kind="customs", country="KE", actor=None
    )
    cases = range(setting.made + 1, until + 1)
    setting.made = until
    made = {}
    with transaction.atomic():
        made.update(_cases(setting, cases, other.pk))
        made.update(_charges(setting, cases))
        made.update(_decisions(setting, cases))
        made.update(_hearings(setting, cases))
        lines.fill()
        _histories()
    if connection.vendor == "postgresql":  # SQLite does nothing of the kind by itself
        bulk.settle()
    return made


def _each(cases: range) -> Iterator[Made]:
    for number in cases:
        chance = random.Random(number)
        day = BEGIN + timedelta(days=number * STEP % DAYS, minutes=number % 1_000)
        yield Made(number, day, number % 4 != 0, chance)


def _charged(cases: range) -> Iterator[Made]:
    return (case for case in _each(cases) if case.is_charged)


def _cases(setting: Setting, cases: range, other: int) -> dict[str, int]:
    officer, ports, taxa = setting.officers[0].pk, setting.ports, setting.taxa
    own, units = setting.agency.pk, setting.units
    names: tuple[str, ...] = ("id", "reference", "title", "tier", "status", "agency_id", "unit_id",
             "lead_officer_id", "created_by_id", "created_at", "changed_at")  # fmt: skip
    made = bulk.load(Case, names, (
        (c.number, f"BN-{c.number:07d}", "Invented", c.chance.choice(TIERS), "inquiry",
         own if c.number % 5 else other, units[c.number % UNITS].pk, officer, officer, c.day, c.day)
        for c in _each(cases)
    ))  # fmt: skip
    names = ("id", "case_id", "number", "seized_at", "port_id", "agency_id", "recorded_by_id",
             "recorded_at")  # fmt: skip
    seized = bulk.load(Seizure, names, (
        (c.number, c.number, 1, c.day, c.chance.choice(ports).pk, own, officer, c.day)
        for c in _each(cases)
    ))  # fmt: skip
    bulk.load(SeizedItem, ("id", "seizure_id", "number", "taxon_id"), (
        (c.number, c.number, 1, c.chance.choice(taxa).pk) for c in _each(cases)
    ))  # fmt: skip
    _grants(setting, cases, officer)
    return {"cases": made, "seizures": seized}


def _grants(setting: Setting, cases: range, officer: int) -> None:
    """Every case to a unit (a fifth each) and to the auditors."""
    names = ("content_object_id", "group_id", "permission_id", "granted_by_id", "id")
    roles = {name: access.role_permission(name).pk for name in ("investigator", "auditor")}
    auditors: Group = setting.agency.auditors
    bulk.load(CaseGroupGrant, names, (
        row for c in _each(cases) for row in (
            (c.number, setting.units[c.number % UNITS].group_id, roles["investigator"], officer,
             2 * c.number),
            (c.number, auditors.pk, roles["auditor"], officer, 2 * c.number + 1),
        )
    ))  # fmt: skip


def _charges(setting: Setting, cases: range) -> dict[str, int]:
    officer, courts = setting.officers[0].pk, list(Court.objects.values_list("pk", flat=True))
    bulk.load(Proceeding, ("id", "case_id", "kind", "court_id", "number", "prosecutor_id",
                           "opened_on", "created_by_id", "created_at"), (
        (c.number, c.number, "trial", courts[c.number % len(courts)], f"CR {c.number}", officer,
         c.filed, officer, c.day) for c in _charged(cases)
    ))  # fmt: skip
    bulk.load(Accused, ("id", "case_id", "number", "name"), (
        (2 * c.number + n, c.number, n + 1, "Invented") for c in _charged(cases) for n in (0, 1)
    ))  # fmt: skip
    bulk.load(ChargeSheet, ("id", "proceeding_id", "filed_on", "filing_recorded_at"), (
        (c.number, c.number, c.filed, datetime(c.filed.year, c.filed.month, c.filed.day, 12))  # noqa: DTZ001
        for c in _charged(cases)
    ))  # fmt: skip
    counts = bulk.load(Count, ("id", "charge_sheet_id", "number", "provision_id", "offence",
                               "particulars", "offence_on"), (
        (COUNTS * c.number + n, c.number, n + 1, setting.provision.pk, "Dealing", "Invented " * 20,
         c.day.date()) for c in _charged(cases) for n in range(COUNTS)
    ))  # fmt: skip
    charges = bulk.load(Charge, ("id", "count_id", "accused_id"), _against(cases))
    return {"counts": counts, "counts against an accused": charges}


def _against(cases: range) -> Iterator[Row]:
    """Counts in turn against the two accused; of every eighth case the last one against both."""
    for key, _case, count, accused in _keys(cases):
        yield key, count, accused


def _keys(cases: range) -> Iterator[tuple[int, Made, int, int]]:
    for c in _charged(cases):
        for n in range(COUNTS + (c.number % 8 == 1)):
            place = min(n, COUNTS - 1)
            accused = 2 * c.number + (n % 2 if n < COUNTS else 0)
            yield (COUNTS + 1) * c.number + n, c, COUNTS * c.number + place, accused


def _decisions(setting: Setting, cases: range) -> dict[str, int]:
    officer = setting.officers[0].pk
    bulk.load(Plea, ("id", "charge_id", "plea", "entered_on", "recorded_by_id", "recorded_at"), (
        (key, key, "not_guilty", c.filed + timedelta(days=2), officer, c.day)
        for key, c, _count, _accused in _keys(cases)
    ))  # fmt: skip
    made = bulk.load(Outcome, ("id", "charge_id", "proceeding_id", "decision", "decided_on",
                               "recorded_by_id", "recorded_at", "supersedes_id", "is_correction"),
                     _outcomes(cases, officer))  # fmt: skip
    names: tuple[str, ...] = (
        "id",
        "outcome_id",
        "imprisonment_days",
        "fine",
        "recorded_by_id",
        "recorded_at",
    )
    bulk.load(Sentence, names, (
        (row[0], row[0], 365 * (1 + row[0] % 12), FINE if row[0] % 3 else None, officer, row[6])
        for row in _outcomes(cases, officer)
        if row[3].startswith("convicted") and not row[8] and row[7] is None
    ))  # fmt: skip
    names = ("id", "sentence_id", "kind", "happened_on", "amount", "recorded_by_id", "recorded_at")
    bulk.load(SentenceEvent, names, (
        (row[0], row[0], "paid" if row[0] % 2 else "default", row[4],
         FINE if row[0] % 2 else None, officer, row[6])
        for row in _outcomes(cases, officer)
        if row[3].startswith("convicted") and not row[8] and row[7] is None and row[0] % 3
    ))  # fmt: skip
    bulk.load(AccusedEvent, ("id", "accused_id", "kind", "happened_on", "recorded_by_id",
                             "recorded_at"), (
        (c.number, 2 * c.number, "absconded", c.filed, officer, c.day)
        for c in _charged(cases) if c.number % 50 == 1
    ))  # fmt: skip
    return {"outcomes": made}


def _outcomes(cases: range, officer: int) -> Iterator[Row]:
    """Most charges decided; one in twenty on appeal, one in fifty corrected."""
    for key, c, _count, _accused in _keys(cases):
        day = c.filed + timedelta(days=200 + c.chance.randrange(2_500))
        what = c.chance.choice(DECISIONS)
        if day >= TODAY:
            continue
        yield _outcome(2 * key, key, c, what, day, officer, None)
        fate = key * 7_919 // 16 % 100
        if fate < 5:
            later = day + timedelta(days=300)
            yield _outcome(2 * key + 1, key, c, "acquitted", later, officer, 2 * key)
        elif fate < 7:
            yield _outcome(2 * key + 1, key, c, "withdrawn", day, officer, 2 * key, True)


def _outcome(
    key: int, charge: int, c: Made, what: str, day: date, officer: int, before: int | None,
    is_correction: bool = False,
) -> Row:  # fmt: skip
    recorded = datetime(day.year, day.month, day.day, 15)  # noqa: DTZ001
    return key, charge, c.number, what, day, officer, recorded, before, is_correction


def _hearings(setting: Setting, cases: range) -> dict[str, int]:
    kinds, reasons = setting.codes["hearing_type"], setting.codes["adjournment_reason"]
    officer, note = setting.officers[0].pk, "What was said that day. " * 6
    names = ("id", "proceeding_id", "kind_id", "starts_at", "state", "adjournment_reason_id",
             "side", "note", "recorded_by_id", "recorded_at")  # fmt: skip

    def rows() -> Iterator[Row]:
        for c in _charged(cases):
            for n in range(HEARINGS + (c.number % 3 == 0)):
                at = c.day + timedelta(days=30 + 45 * n)
                reason = c.chance.choice(reasons) if n % 2 else None
                yield (
                    (HEARINGS + 1) * c.number + n, c.number, kinds[n % len(kinds)].pk, at,
                    "adjourned" if reason else "held", reason.pk if reason else None,
                    reason.side if reason else "", note, officer, min(at, NOW),
                )  # fmt: skip

    return {"hearings": bulk.load(Hearing, names, rows())}


def _histories() -> None:
    bulk.keep_history(Case, "created_at")
    bulk.keep_history(Seizure, "recorded_at")
    bulk.keep_history(SeizedItem, "'2020-01-01 00:00:00'")
    bulk.keep_history(Proceeding, "created_at")
    bulk.keep_history(Hearing, "recorded_at")
