"""Random histories of court records, written straight into the tables and remembered beside them.

What was recorded when is kept as facts of cohorts.py, so that both ways of counting compare.
Days and moments of recording are independent of each other: much is recorded late.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone

from casework import cohorts, lines
from casework.models import (
    Accused,
    AccusedEvent,
    Agency,
    Case,
    Charge,
    ChargeSheet,
    Code,
    Count,
    Court,
    Hearing,
    Outcome,
    Plea,
    Port,
    Proceeding,
    Provision,
    SeizedItem,
    Seizure,
    Sentence,
    SentenceEvent,
    Taxon,
    User,
)

FIRST = datetime(2020, 1, 1, 8, tzinfo=UTC)
TIERS = ("port", "trafficking", "poaching")
DECISIONS = (
    "convicted_plea", "convicted_trial", "acquitted", "no_case", "withdrawn", "withdrawn_barred",
    "dismissed", "abated", "retrial", "no_finding",
)  # fmt: skip


@dataclass
class Version:
    """A value of a row that people edit, since a moment."""

    since: datetime
    value: Any


def at(versions: list[Version], moment: datetime) -> Any:
    """What was known then; None before the first."""
    known = [version.value for version in versions if version.since <= moment]
    return known[-1] if known else None


@dataclass
class Story:
    """Acts one after another, each recorded when it is its turn."""

    chance: random.Random
    officer: User
    agencies: list[Agency]
    now: datetime = FIRST
    pause: timedelta = timedelta(hours=12)  # between two acts
    cases: dict[int, list[Version]] = field(default_factory=dict)
    seizures: dict[int, list[Version]] = field(default_factory=dict)
    of_case: dict[int, int] = field(default_factory=dict)  # of a seizure
    taxa: dict[int, list[Version]] = field(default_factory=dict)  # of a seizure
    courts: dict[int, list[Version]] = field(default_factory=dict)  # of a trial
    trials: dict[int, int] = field(default_factory=dict)  # the trial of a charge
    charges: list[cohorts.ChargeFact] = field(default_factory=list)
    outcomes: list[cohorts.OutcomeFact] = field(default_factory=list)
    whereabouts: list[cohorts.WhereaboutsFact] = field(default_factory=list)
    replaced: set[int] = field(default_factory=set)  # charges

    def __post_init__(self) -> None:
        self.ports = list(Port.objects.order_by("pk")[:3])
        self.species = list(Taxon.objects.order_by("pk")[:3])
        self.places = list(Court.objects.order_by("pk")[:3])
        self.reasons = list(Code.objects.filter(kind="adjournment_reason").order_by("pk")[:4])
        self.hearing_type = Code.objects.filter(kind="hearing_type").earliest("pk")
        self.provision = Provision.objects.earliest("pk")

    def tell(self, acts: int) -> None:
        for _act in range(acts):
            self.now += self.pause
            self.chance.choice(ACTS)(self)

    def day(self) -> date:
        return date(2018, 1, 1) + timedelta(days=self.chance.randrange(1_200))

    def save(self, row: Any) -> Any:
        row._history_date = self.now
        row.save()
        return row

    def _one_of(self, model: Any) -> Any:
        keys = list(model.objects.order_by("pk").values_list("pk", flat=True))
        return model.objects.get(pk=self.chance.choice(keys)) if keys else None

    # What happens

    def open_case(self) -> None:
        tier = self.chance.choice(TIERS)
        begun = datetime.combine(self.day(), datetime.min.time(), tzinfo=UTC)
        case = self.save(Case(
            reference=f"R-{Case.objects.count()}", title="Invented", tier=tier,
            agency=self.chance.choice(self.agencies), lead_officer=self.officer,
            created_by=self.officer, created_at=begun,
        ))  # fmt: skip
        self.cases[case.pk] = [Version(self.now, (tier, case.agency_id, timezone.localdate(begun)))]
        if self.chance.random() < 0.9:
            self._seize(case)

    def seize_again(self) -> None:
        if self.cases:
            self._seize(Case.objects.get(pk=self.chance.choice(list(self.cases))))

    def _seize(self, case: Case) -> None:
        moment = datetime.combine(self.day(), datetime.min.time(), tzinfo=UTC)
        moment += timedelta(hours=self.chance.randrange(24))
        seizure = self.save(Seizure(
            case=case, number=1 + case.seizures.count(), seized_at=moment, agency=case.agency,
            port=self.chance.choice([None, *self.ports]), recorded_by=self.officer,
            recorded_at=self.now,
        ))  # fmt: skip
        self.of_case[seizure.pk] = case.pk
        self.seizures[seizure.pk] = [Version(self.now, (moment, seizure.port_id))]
        taxon = self.chance.choice([None, *self.species])
        self.save(SeizedItem(seizure=seizure, number=1, taxon=taxon))
        self.taxa[seizure.pk] = [Version(self.now, taxon and taxon.pk)]

    def edit(self) -> None:
        """Something that people may change is changed: the histories keep what stood before."""
        if not self.seizures:
            return
        seizure = Seizure.objects.get(pk=self.chance.choice(list(self.seizures)))
        case = seizure.case
        value: Any
        match self.chance.randrange(4):
            case 0:
                case.tier = self.chance.choice(TIERS)
                self.save(case)
                opened = self.cases[case.pk][0].value[2]
                value = (case.tier, case.agency_id, opened)
                self.cases[case.pk].append(Version(self.now, value))
            case 1:
                seizure.seized_at += timedelta(days=self.chance.randrange(-400, 400))
                seizure.port = self.chance.choice([None, *self.ports])
                self.save(seizure)
                value = (seizure.seized_at, seizure.port_id)
                self.seizures[seizure.pk].append(Version(self.now, value))
            case 2:
                item = seizure.items.get()
                item.taxon = self.chance.choice([None, *self.species])
                self.save(item)
                self.taxa[seizure.pk].append(Version(self.now, item.taxon_id))
            case _:
                trial = case.proceedings.first()
                if trial is not None:
                    trial.court = self.chance.choice(self.places)
                    self.save(trial)
                    self.courts[trial.pk].append(Version(self.now, trial.court_id))

    def charge(self) -> None:
        """A trial of one to three accused on one or two counts, filed on some day."""
        if not self.cases:
            return
        case = Case.objects.get(pk=self.chance.choice(list(self.cases)))
        court = self.chance.choice(self.places)
        trial = self.save(Proceeding(
            case=case, court=court, number=f"CR {Proceeding.objects.count()}",
            prosecutor=self.officer, opened_on=self.day(), created_by=self.officer,
            created_at=self.now,
        ))  # fmt: skip
        self.courts[trial.pk] = [Version(self.now, court.pk)]
        number = case.accused.count()
        accused = [
            self.save(Accused(case=case, number=number + n + 1, name="Invented"))
            for n in range(self.chance.randint(1, 3))
        ]
        sheet = self._sheet(trial, 1, self.day())
        for n in range(self.chance.randint(1, 2)):
            self._count(sheet, n + 1, accused)

    def _sheet(self, trial: Proceeding, version: int, day: date) -> ChargeSheet:
        sheet: ChargeSheet = self.save(ChargeSheet(
            proceeding=trial, version=version, filed_on=day, filing_recorded_at=self.now
        ))  # fmt: skip
        return sheet

    def _count(
        self, sheet: ChargeSheet, number: int, accused: list[Accused], old: Charge | None = None
    ) -> Charge:
        count = self.save(Count(
            charge_sheet=sheet, number=number, provision=self.provision, offence="Dealing",
            particulars="Invented", offence_on=date(2018, 1, 1),
        ))  # fmt: skip
        for person in accused:
            root = (old.root_id or old.pk) if old else None
            charge = Charge(count=count, accused=person, replaces=old, root_id=root)
            charge.save()
            trial = sheet.proceeding_id
            self.trials[charge.pk] = trial
            self.charges.append(cohorts.ChargeFact(
                charge.pk, sheet.proceeding.case_id, person.pk, sheet.filed_on or date.min,
                self.now, root, trial,
            ))  # fmt: skip
            self._renew(charge)
        return charge

    def _renew(self, charge: Charge) -> None:
        """A third of the lines of charges is never made, as if the charges were of before.

        A fifth of the acts is written past the operations: nobody makes the line anew.
        """
        is_renewed = self.chance.random() > 0.2  # drawn always: keys differ from run to run
        if (charge.root_id or charge.pk) % 3 and is_renewed:
            lines.renew([charge])

    def _some_charge(self) -> Charge | None:
        keys = sorted(self.trials.keys() - self.replaced)
        return Charge.objects.get(pk=self.chance.choice(keys)) if keys else None

    def decide(self) -> None:
        """A verdict, an appeal, a retrial's verdict, or a correction of the record."""
        charge = self._some_charge()
        if charge is not None:
            self._decide(charge, self.chance.choice(DECISIONS), self.day())

    def _decide(self, charge: Charge, decision: str, day: date) -> None:
        before = charge.outcomes.filter(superseded_by__isnull=True).first()
        is_correction = before is not None and self.chance.random() < 0.3
        if decision == "substituted":
            is_correction = False
        row = Outcome(
            charge=charge, proceeding_id=self.trials[charge.pk], decision=decision, decided_on=day,
            recorded_at=self.now, recorded_by=self.officer, supersedes=before,
            is_correction=is_correction,
        )  # fmt: skip
        row.save()
        self.outcomes.append(cohorts.OutcomeFact(charge.pk, decision, day, is_correction, self.now))
        if decision.startswith("convicted") and self.chance.random() < 0.7:
            Sentence(
                outcome=row, imprisonment_days=self.chance.choice([None, 30, 700]),
                fine=self.chance.choice([None, 500]), is_life=self.chance.random() < 0.2,
                recorded_by=self.officer, recorded_at=self.now,
            ).save()  # fmt: skip
        self._renew(charge)

    def substitute(self) -> None:
        """An amended sheet: another count stands in the place of this charge's."""
        old = self._some_charge()
        if old is None:
            return
        trial = Proceeding.objects.get(pk=self.trials[old.pk])
        day = self.day()
        sheet = self._sheet(trial, trial.charge_sheets.count() + 1, day)
        self._count(sheet, 1, [old.accused], old)
        self._decide(old, "substituted", day)
        self.replaced.add(old.pk)

    def plead(self) -> None:
        charge = self._some_charge()
        if charge is not None:
            Plea(
                charge=charge, plea=self.chance.choice(["guilty", "not_guilty", "none"]),
                entered_on=self.day(), recorded_by=self.officer, recorded_at=self.now,
            ).save()  # fmt: skip
            self._renew(charge)

    def move(self) -> None:
        """An accused absconds, is remanded, or a row of that is replaced or taken back."""
        charge = self._some_charge()
        if charge is None:
            return
        old = AccusedEvent.objects.filter(accused=charge.accused, successor__isnull=True).first()
        is_replacing = old is not None and self.chance.random() < 0.4
        row = AccusedEvent(
            accused=charge.accused, kind=self.chance.choice(["absconded", "absconded", "remanded"]),
            happened_on=self.day(), recorded_by=self.officer, recorded_at=self.now,
            supersedes=old if is_replacing else None,
            is_withdrawn=is_replacing and self.chance.random() < 0.5,
        )  # fmt: skip
        row.save()
        self.whereabouts.append(cohorts.WhereaboutsFact(
            row.pk, row.accused_id, row.kind, row.happened_on, self.now, row.supersedes_id,
            row.is_withdrawn,
        ))  # fmt: skip

    def sit(self) -> None:
        """A hearing is listed, or one that was listed is edited."""
        if not self.courts:
            return
        hearing = self._one_of(Hearing) if self.chance.random() < 0.5 else None
        hearing = hearing or Hearing(
            proceeding_id=self.chance.choice(list(self.courts)), kind=self.hearing_type,
            recorded_by=self.officer,
        )  # fmt: skip
        hearing.starts_at = datetime.combine(self.day(), datetime.min.time(), tzinfo=UTC)
        hearing.state = self.chance.choice(["listed", "held", "adjourned", "adjourned"])
        is_adjourned = hearing.state == "adjourned"
        reason = self.chance.choice(self.reasons) if is_adjourned else None
        hearing.adjournment_reason, hearing.side = reason, reason.side if reason else ""
        hearing.recorded_at = self.now
        self.save(hearing)

    def pay(self) -> None:
        """A fine is paid, its default term begun, or that row replaced or taken back."""
        sentence = self._one_of(Sentence)
        if sentence is None:
            return
        old = SentenceEvent.objects.filter(sentence=sentence, successor__isnull=True).first()
        is_replacing = old is not None and self.chance.random() < 0.4
        SentenceEvent(
            sentence=sentence, kind=self.chance.choice(["paid", "default", "remitted"]),
            happened_on=self.day(), amount=self.chance.choice([250, 500]),
            recorded_by=self.officer, recorded_at=self.now,
            supersedes=old if is_replacing else None,
            is_withdrawn=is_replacing and self.chance.random() < 0.5,
        ).save()  # fmt: skip

    # What was known

    def facts(self, moment: datetime) -> cohorts.Facts:
        """Everything recorded by a moment, as it was edited by then."""
        known = cohorts.Facts(
            charges=self.charges, outcomes=self.outcomes, whereabouts=self.whereabouts
        ).known_at(moment)
        cases = {
            pk: value for pk, versions in self.cases.items() if (value := at(versions, moment))
        }
        return cohorts.Facts(
            [
                cohorts.CaseFact(pk, tier, opened, moment, agency)
                for pk, (tier, agency, opened) in cases.items()
            ],
            [
                cohorts.SeizureFact(
                    pk, self.of_case[pk], timezone.localdate(value[0]), moment, value[1] or 0,
                    at(self.taxa[pk], moment) or 0,
                )
                for pk, versions in self.seizures.items()
                if (value := at(versions, moment))
            ],
            [
                charge._replace(court=at(self.courts[charge.court], moment))
                for charge in known.charges
            ],
            known.outcomes,
            known.whereabouts,
        )  # fmt: skip


ACTS: list[Callable[[Story], None]] = [
    Story.open_case, Story.open_case, Story.open_case, Story.seize_again, Story.edit, Story.edit,
    Story.charge, Story.charge, Story.charge, Story.decide, Story.decide, Story.decide,
    Story.decide, Story.substitute, Story.plead, Story.move, Story.sit, Story.sit, Story.pay,
]  # fmt: skip
