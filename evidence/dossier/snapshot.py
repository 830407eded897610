"""What a dossier says, frozen: one case as one person could see it at one moment.

Pure. The pages are made from it alone, so the same snapshot gives the same bytes; its digest is
over its canonical JSON. Texts are as people typed them: pages make them harmless.
"""

import hashlib
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from casework.ledger import format
from casework.ledger.event import timestamp
from evidence.dossier.plan import HOUSE, Plan
from evidence.dossier.snapshot_cargo import Consignment
from evidence.dossier.snapshot_electronic import Record
from evidence.dossier.snapshot_flags import RedFlag
from evidence.dossier.snapshot_papers import CertificateLine, Comparison, Examination
from evidence.dossier.snapshot_proof import Admission, TrialProof
from evidence.dossier.snapshot_witness import CourtMark, Statement, Witness

FORMAT = "casework-dossier-snapshot/2"


@dataclass(frozen=True)
class Person:
    """As the chain of custody names people: never by a database id."""

    name: str
    service_number: str = ""
    agency: str = ""


@dataclass(frozen=True, kw_only=True)
class Event:
    sequence: int
    kind: str
    title: str  # the kind in words
    happened_at: datetime
    recorded_at: datetime
    recorder: Person
    giver: Person | None = None
    receiver: Person | None = None
    place: str = ""
    purpose: str = ""
    authority: str = ""
    note: str = ""
    seal_number: str = ""
    seal_intact: bool | None = None
    new_seal_number: str = ""
    count: int | None = None
    weight_mg: int | None = None
    tolerance_mg: int | None = None
    scale: str = ""
    scale_calibrated_on: date | None = None
    explanation: str = ""
    files: tuple[str, ...] = ()
    answers: int | None = None
    corrects: int | None = None
    digest: str
    leaf_index: int | None = None


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What was re-computed of an exhibit's chain when the snapshot was taken."""

    state: str  # verified, pending (some events not under a signed head yet), broken or empty
    sequenced: int = 0
    fault: str = ""


@dataclass(frozen=True)
class Remark:
    """What a chain leaves open, in one sentence; `after` is the event it is printed behind."""

    mark: str  # open (nobody answers), half (one side), cross (contradicted)
    words: str
    after: int = 0


@dataclass(frozen=True, kw_only=True)
class File:
    name: str
    kind: str
    is_picture: bool
    caption: str = ""
    taken_at: datetime | None = None
    size: int
    media_type: str
    digest: str
    bundle_path: str
    is_sensitive: bool = False


@dataclass(frozen=True, kw_only=True)
class Exhibit:
    label: str
    identifier: str
    kind: str
    description: str
    species: str = ""
    found_at: str = ""
    seizure: int | None = None
    parent: str = ""
    parts: tuple[str, ...] = ()
    is_restricted: bool = False
    holder: Person | None = None
    storage_place: str = ""
    registered_by: Person
    registered_at: datetime
    files: tuple[File, ...] = ()
    events: tuple[Event, ...] = ()
    proof: Proof
    remarks: tuple[Remark, ...] = ()
    court_marks: tuple[CourtMark, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Item:
    number: int
    species: str
    common_name: str = ""
    specimen: str = ""
    description: str = ""
    count: int | None = None
    weight_mg: int | None = None
    is_weight_estimated: bool = False
    scale: str = ""
    scale_calibrated_on: date | None = None
    quantity: str = ""


@dataclass(frozen=True, kw_only=True)
class Seizure:
    number: int
    seized_at: datetime
    is_time_known: bool
    place: str
    agency: str
    direction: str = ""
    transport_mode: str = ""
    detection_method: str = ""
    concealment: str = ""
    declared_goods: str = ""
    route: tuple[str, ...] = ()
    people_present: str = ""
    narrative: str = ""
    recorded_by: Person
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Fact:
    kind: str
    value: str
    source_type: str
    source: str
    as_of: date
    expires_on: date | None = None
    standing: str  # own_word, verified, unknown or contradicted
    standing_title: str
    unknown_reason: str = ""
    method: str = ""
    verified_by: Person | None = None
    verified_on: date | None = None
    document: str = ""


@dataclass(frozen=True, kw_only=True)
class Party:
    name: str
    kind: str
    country: str = ""
    roles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    flags: tuple[RedFlag, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Accused:
    number: int
    name: str
    born_on: date | None = None
    nationality: str = ""
    occupation: str = ""
    arrested_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Plea:
    plea: str
    entered_on: date


@dataclass(frozen=True, kw_only=True)
class Sentence:
    imprisonment_days: int | None = None
    is_life: bool = False
    fine: int | None = None
    currency: str = ""
    default_days: int | None = None
    other: str = ""
    running: tuple[str, ...] = ()  # how the term runs, from which day, what of the remand counts


@dataclass(frozen=True, kw_only=True)
class Outcome:
    decision: str
    decided_on: date
    court: str
    is_appeal: bool = False
    is_correction: bool = False
    is_current: bool = True
    reason: str = ""
    sentence: Sentence | None = None


@dataclass(frozen=True, kw_only=True)
class Charge:
    accused: int
    pleas: tuple[Plea, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Count:
    number: int
    provision: str
    offence: str
    particulars: str
    offence_on: date
    offence_until: date | None = None
    charges: tuple[Charge, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ChargeSheet:
    version: int
    filed_on: date | None = None
    filed_by: Person | None = None
    counts: tuple[Count, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Hearing:
    kind: str
    starts_at: datetime
    courtroom: str = ""
    presiding: str = ""
    state: str  # listed, held, adjourned or vacated
    state_title: str
    present: str = ""
    note: str = ""
    adjournment_reason: str = ""
    side: str = ""


@dataclass(frozen=True, kw_only=True)
class Bail:
    accused: int
    decision: str
    decided_on: date
    amount: int | None = None
    currency: str = ""
    conditions: str = ""


@dataclass(frozen=True, kw_only=True)
class Proceeding:
    kind: str
    court: str
    number: str
    appeal_from: str = ""
    appellant_side: str = ""
    presiding: str = ""
    prosecutor: Person | None = None
    opened_on: date
    sheets: tuple[ChargeSheet, ...] = ()
    hearings: tuple[Hearing, ...] = ()
    bail: tuple[Bail, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """The signed head that the custody reports stand under."""

    origin: str
    fingerprint: str
    size: int
    root: str
    signed_at: datetime | None = None
    previous_size: int | None = None
    previous_root: str = ""


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    reference: str
    number: int
    title: str
    summary: str
    tier: str
    status: str
    agency: str
    unit: str
    lead_officer: Person
    files_elsewhere: tuple[tuple[str, str], ...]  # court file, police file, occurrence book, ...
    court_file: str
    addressed_to: str
    built_by: Person
    issued_at: datetime
    zone: str
    opened_at: datetime
    ledger: Ledger
    plan: Plan = HOUSE
    accused: tuple[Accused, ...] = ()
    proceedings: tuple[Proceeding, ...] = ()
    seizures: tuple[Seizure, ...] = ()
    consignments: tuple[Consignment, ...] = ()
    parties: tuple[Party, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    files: tuple[File, ...] = ()  # of the case itself, not of an exhibit
    certificates: tuple[CertificateLine, ...] = ()
    examinations: tuple[Examination, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    electronic: tuple[Record, ...] = ()
    proof: tuple[TrialProof, ...] = ()
    admissions: tuple[Admission, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    statements: tuple[Statement, ...] = ()
    flags: tuple[RedFlag, ...] = ()  # about the case as a whole

    @property
    def name(self) -> str:
        """What the dossier is called on its pages and in file names."""
        return f"{self.reference}-D{self.number}"

    @property
    def called(self) -> str:
        """What its readers call it: a dossier, a supplement of one, or a disclosure."""
        if self.plan.is_disclosure:
            return f"Disclosure {self.number}"
        if self.plan.continues:
            return f"Dossier {self.number}, supplement {self.plan.supplement or 1}"
        return f"Dossier {self.number}"

    @property
    def has_sensitive(self) -> bool:
        files = [*self.files, *(file for exhibit in self.exhibits for file in exhibit.files)]
        return (
            any(exhibit.is_restricted for exhibit in self.exhibits)
            or any(file.is_sensitive for file in files)
            or any(statement.is_sensitive for statement in self.statements)
            or any(witness.is_protected for witness in self.witnesses)
        )


def canonical(snapshot: Snapshot) -> bytes:
    """RFC 8785 bytes of the whole snapshot."""
    return format.canonical({"format": FORMAT, "snapshot": _plain(snapshot)})


def digest(snapshot: Snapshot) -> str:
    return hashlib.sha256(canonical(snapshot)).hexdigest()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, datetime):
        return timestamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        kind: Any = type(value)
        return {name: _plain(getattr(value, name)) for name in _names(kind)}
    return value


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
