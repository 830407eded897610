"""A batch of invented cases, each model written in one statement or a few."""

import random
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TypeVar

from django.contrib.auth.models import Group
from django.db import models

from bench.generate import UNITS, Setting
from bench.generate.insert import insert, reset_sequences
from casework import access
from casework.models import (
    Accused,
    AuditEntry,
    Case,
    CaseGroupGrant,
    CaseUserGrant,
    Charge,
    ChargeSheet,
    Code,
    Count,
    DiaryEntry,
    Hearing,
    Outcome,
    Proceeding,
    RouteCountry,
    SeizedItem,
    Seizure,
    User,
)
from evidence.models import Attachment, CustodyEvent, Exhibit, StoredFile
from kyc.models import BillOfLading, Consignment, Container, Fact, Involvement, Party, Seal

M = TypeVar("M", bound=models.Model)
BEGIN = datetime(2015, 1, 5, 6, tzinfo=UTC)
EXHIBITS, EVENTS, NOTES, HEARINGS, AUDITS = 5, 9, 4, 5, 6
STATUSES = ("recorded", "inquiry", "submitted", "charged", "trial", "concluded")
TIERS = ("port", "trafficking", "poaching", "possession")
KINDS = ("seized", "sealed", "offered", "acknowledged", "examined", "reweighed", "copied")


class Batch:
    """Some cases with all their rows; the same numbers give the same rows."""

    def __init__(self, setting: Setting, numbers: Sequence[int]) -> None:
        self.setting = setting
        self.numbers = numbers
        self.random = random.Random(numbers[0])
        self.rows = 0
        self.cases: list[Case] = []
        self.used: set[type[models.Model]] = set()

    def write(self) -> int:
        self.cases = self._save(self._case(number) for number in self.numbers)
        self._grants()
        seizures = self._seizures()
        consignments = self._consignments(seizures)
        self._parties(consignments)
        self._exhibits(seizures)
        self._diary()
        self._court()
        reset_sequences(list(self.used))
        return self.rows

    def _save(self, rows: Iterable[M]) -> list[M]:
        waiting = list(rows)
        insert(waiting)
        self.used.update(type(row) for row in waiting[:1])
        self.rows += len(waiting)
        return waiting

    def _text(self, words: int) -> str:
        return self.setting.words.some(self.random, words)

    def _code(self, kind: str) -> Code:
        return self.random.choice(self.setting.codes[kind])

    def _officer(self, case: Case) -> User:
        return case.lead_officer

    def _day(self, case: Case, days: int) -> datetime:
        return case.created_at + timedelta(days=days, minutes=case.pk % 1_000)

    def _case(self, number: int) -> Case:
        unit, officer = self.setting.units[number % UNITS], self.setting.officers[number % UNITS]
        return Case(
            reference=f"KE-{unit.code}-{2015 + number % 10}-{number:06d}",
            title=self._text(6),
            summary=self._text(60),
            tier=self.random.choice(TIERS),
            status=self.random.choice(STATUSES),
            agency=self.setting.agency,
            unit=unit,
            lead_officer=officer,
            created_by=officer,
            created_at=BEGIN + timedelta(hours=7 * number),
        )

    def _grants(self) -> None:
        roles = {name: access.role_permission(name) for name in ("lead", "investigator", "auditor")}
        self._save(
            CaseUserGrant(
                content_object=case,
                user=self._officer(case),
                permission=roles["lead"],
                granted_by=self._officer(case),
                reason="Opened the case",
            )
            for case in self.cases
        )
        self._save(
            CaseGroupGrant(
                content_object=case,
                group=group,
                permission=roles[role],
                granted_by=self._officer(case),
                reason="Unit or auditors",
            )
            for case in self.cases
            for role, group in self._groups(case)
        )

    def _groups(self, case: Case) -> list[tuple[str, Group]]:
        assert case.unit is not None  # noqa: S101  # every invented case has one
        return [("investigator", case.unit.group), ("auditor", self.setting.agency.auditors)]

    def _seizures(self) -> list[Seizure]:
        seizures = self._save(
            Seizure(
                case=case,
                number=1,
                seized_at=case.created_at,
                port=self.random.choice(self.setting.ports),
                agency=self.setting.agency,
                declared_goods=self._text(5),
                concealment=self._text(12),
                narrative=self._text(80),
                recorded_by=self._officer(case),
            )
            for case in self.cases
        )
        self._save(
            SeizedItem(
                seizure=seizure,
                number=number,
                taxon=self.random.choice(self.setting.taxa),
                specimen=self._code("specimen"),
                description=self._text(5),
                count=self.random.randint(1, 900),
                weight_mg=self.random.randint(1, 3_000) * 10**6,
            )
            for seizure in seizures
            for number in (1, 2)
        )
        self._save(
            RouteCountry(seizure=seizure, role=role, country=country)
            for seizure in seizures
            for role, country in (("origin", "UG"), ("transit", "KE"), ("destination", "VN"))
        )
        return seizures

    def _consignments(self, seizures: list[Seizure]) -> list[Consignment]:
        consignments = self._save(
            Consignment(
                seizure=seizure,
                number=1,
                goods_description=self._text(5),
                vessel_name=self._text(2),
                port_of_loading=seizure.port,
                port_of_discharge=self.random.choice(self.setting.ports),
                declared_weight_mg=self.random.randint(1, 20_000) * 10**6,
                recorded_by=self._officer(seizure.case),
            )
            for seizure in seizures
        )
        self._save(
            Container(consignment=c, number=f"XXXU{c.pk % 10**7:07d}", is_recorded_as_found=True)
            for c in consignments
        )
        self._save(
            Seal(
                consignment=c,
                number=f"CU {500_000 + 2 * c.pk + n}",
                number_key=f"CU{500_000 + 2 * c.pk + n}",
                source=self._code("seal_source"),
            )
            for c in consignments
            for n in (0, 1)
        )
        self._save(
            BillOfLading(
                consignment=c,
                number=f"MDO-MBA-{c.pk:07d}",
                shipper=f"{self._text(2)} Ltd",
                consignee=f"{self._text(2)} Co",
                recorded_by=self._officer(c.seizure.case),
            )
            for c in consignments
        )
        return consignments

    def _parties(self, consignments: list[Consignment]) -> None:
        every_other = self.cases[::2]
        parties = self._save(
            Party(kind="firm", name=f"{self._text(2)} Ltd", created_by=self._officer(case))
            for case in every_other
        )
        self._save(
            Fact(
                party=party,
                kind=self._code("fact_kind"),
                value=f"{self._text(2)} {party.pk * 7}",
                source_type="register",
                source="Invented register",
                as_of=case.created_at.date(),
                recorded_by=self._officer(case),
            )
            for case, party in zip(every_other, parties, strict=True)
            for _ in range(3)
        )
        roles = self.setting.codes["party_role"]
        self._save(
            Involvement(
                case=case,
                party=self.random.choice(parties),
                consignment=consignment,
                role=role,
                recorded_by=self._officer(case),
            )
            for case, consignment in zip(self.cases, consignments, strict=True)
            for role in roles[:2]
        )

    def _exhibits(self, seizures: list[Seizure]) -> None:
        exhibits = self._save(
            Exhibit(
                case=seizure.case,
                label=f"E{number + 1}",
                seizure=seizure,
                kind=self._code("exhibit_kind"),
                description=self._text(8),
                taxon=self.random.choice(self.setting.taxa),
                is_restricted=number == EXHIBITS - 1,
                holder=self._officer(seizure.case),
                registered_by=self._officer(seizure.case),
                registered_at=seizure.seized_at,
            )
            for seizure in seizures
            for number in range(EXHIBITS)
        )
        self._save(self._event(exhibit, n) for exhibit in exhibits for n in range(EVENTS))
        photographed = [exhibit for exhibit in exhibits if exhibit.label in ("E1", "E2", "E3")]
        stored = self._save(
            StoredFile(digest=_digest("file", e.pk), size=1_000, media_type="image/jpeg")
            for e in photographed
        )
        self._save(
            Attachment(
                case=exhibit.case,
                exhibit=exhibit,
                file=file,
                name=f"IMG_{exhibit.pk}.jpg",
                kind="photograph",
                caption=self._text(5),
                uploaded_by=self._officer(exhibit.case),
            )
            for exhibit, file in zip(photographed, stored, strict=True)
        )

    def _event(self, exhibit: Exhibit, number: int) -> CustodyEvent:
        moment = exhibit.registered_at + timedelta(days=3 * number)
        return CustodyEvent(
            exhibit=exhibit,
            sequence=number + 1,
            kind=KINDS[number % len(KINDS)],
            happened_at=moment,
            recorded_at=moment,
            to_name="Officer",
            note=self._text(10),
            place=self._text(2),
            seal_number=f"SL {exhibit.pk * EVENTS + number}",
            count=3,
            weight_mg=5_000_000,
            recorder=self._officer(exhibit.case),
            recorder_name="Officer",
            salt=_digest("salt", exhibit.pk),
            digest=_digest("event", exhibit.pk * EVENTS + number),
        )

    def _diary(self) -> None:
        self._save(
            DiaryEntry(
                case=case,
                text=self._text(50),
                is_sensitive=number == 0,
                happened_at=self._day(case, 2 * number),
                written_by=self._officer(case),
            )
            for case in self.cases
            for number in range(NOTES)
        )
        self._save(
            AuditEntry(
                actor=self._officer(case),
                actor_text="Officer",
                action="case.read",
                case=case,
                at=self._day(case, number),
            )
            for case in self.cases
            for number in range(AUDITS)
        )

    def _court(self) -> None:
        in_court = [case for case in self.cases if case.status in ("trial", "concluded")]
        trials = self._save(
            Proceeding(
                case=case,
                court=self.setting.court,
                number=f"CF {case.pk}/{case.created_at.year}",
                presiding="Hon. Invented Achola",
                prosecutor=self._officer(case),
                opened_on=self._day(case, 30).date(),
                created_by=self._officer(case),
            )
            for case in in_court
        )
        self._charges(trials)
        self._save(
            Hearing(
                proceeding=trial,
                kind=self._code("hearing_type"),
                starts_at=self._day(trial.case, 60 + 40 * number),
                state="adjourned",
                note=self._text(25),
                adjournment_reason=self._code("adjournment_reason"),
                recorded_by=self._officer(trial.case),
            )
            for trial in trials
            for number in range(HEARINGS)
        )

    def _charges(self, trials: list[Proceeding]) -> None:
        sheets = self._save(
            ChargeSheet(
                proceeding=trial, filed_on=trial.opened_on, filed_by=self._officer(trial.case)
            )
            for trial in trials
        )
        counts = self._save(
            Count(
                charge_sheet=sheet,
                number=number,
                provision=self.setting.provision,
                offence="Dealing in a trophy",
                particulars=self._text(30),
                offence_on=sheet.proceeding.opened_on,
            )
            for sheet in sheets
            for number in (1, 2)
        )
        accused = self._save(
            Accused(case=trial.case, number=number, name=f"{self._text(2)} {trial.pk}")
            for trial in trials
            for number in (1, 2)
        )
        charges = self._save(
            Charge(count=count, accused=person)
            for place, count in enumerate(counts)
            for person in accused[2 * (place // 2) : 2 * (place // 2) + 2]
        )
        self._save(
            Outcome(
                charge=charge,
                proceeding=charge.count.charge_sheet.proceeding,
                decision=self.random.choice(("convicted_trial", "acquitted", "withdrawn")),
                decided_on=self._day(charge.accused.case, 400).date(),
                recorded_by=self._officer(charge.accused.case),
            )
            for charge in charges
            if charge.accused.case.status == "concluded"
        )


def _digest(kind: str, number: int) -> str:
    return sha256(f"{kind} {number}".encode()).hexdigest()
