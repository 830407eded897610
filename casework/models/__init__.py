"""The models of a case, its people and its days in court."""

from casework.models.access import CaseGroupGrant, CaseUserGrant
from casework.models.append_only import AppendOnlyModel, FedModel
from casework.models.audit import AuditEntry
from casework.models.authority import AssistanceRequest, AssistanceStep, Authority, Deadline
from casework.models.case import Case, CaseNumberSequence, DiaryEntry, Submission, SubmissionQuery
from casework.models.court import (
    Accused,
    BailDecision,
    Charge,
    ChargeSheet,
    Count,
    Plea,
    Proceeding,
)
from casework.models.hearing import Appearance, Hearing, HearingNeed, PresidingChange, Summons
from casework.models.line import ChargeLine
from casework.models.outcome import (
    AccusedEvent,
    ChargeTransfer,
    CourtOrder,
    OrderedThing,
    Outcome,
    Sentence,
    SentenceEvent,
    TrialStep,
)
from casework.models.people import Agency, Unit, User
from casework.models.reference import (
    Code,
    Court,
    Element,
    Goods,
    Indicator,
    Laboratory,
    Listing,
    Port,
    Provision,
    Requirement,
    Taxon,
    TimeLimit,
)
from casework.models.seizure import ImportedRow, RouteCountry, SeizedItem, Seizure
from casework.models.witness import Admission, Statement, Witness

__all__ = [
    "Accused",
    "AccusedEvent",
    "Admission",
    "Agency",
    "Appearance",
    "AppendOnlyModel",
    "AssistanceRequest",
    "AssistanceStep",
    "AuditEntry",
    "Authority",
    "BailDecision",
    "Case",
    "CaseGroupGrant",
    "CaseNumberSequence",
    "CaseUserGrant",
    "Charge",
    "ChargeLine",
    "ChargeSheet",
    "ChargeTransfer",
    "Code",
    "Count",
    "Court",
    "CourtOrder",
    "Deadline",
    "DiaryEntry",
    "Element",
    "FedModel",
    "Goods",
    "Hearing",
    "HearingNeed",
    "ImportedRow",
    "Indicator",
    "Laboratory",
    "Listing",
    "OrderedThing",
    "Outcome",
    "Plea",
    "Port",
    "PresidingChange",
    "Proceeding",
    "Provision",
    "Requirement",
    "RouteCountry",
    "SeizedItem",
    "Seizure",
    "Sentence",
    "SentenceEvent",
    "Statement",
    "Submission",
    "SubmissionQuery",
    "Summons",
    "Taxon",
    "TimeLimit",
    "TrialStep",
    "Unit",
    "User",
    "Witness",
]
