"""The models of a case, its people and its days in court."""

from casework.models.access import CaseGroupGrant, CaseUserGrant
from casework.models.append_only import AppendOnlyModel, FedModel
from casework.models.audit import AuditEntry
from casework.models.case import Case, CaseNumberSequence, DiaryEntry, Submission
from casework.models.court import (
    Accused,
    BailDecision,
    Charge,
    ChargeSheet,
    Count,
    Hearing,
    Outcome,
    Plea,
    Proceeding,
    Sentence,
)
from casework.models.people import Agency, Unit, User
from casework.models.reference import (
    Code,
    Court,
    Goods,
    Indicator,
    Laboratory,
    Listing,
    Port,
    Provision,
    Requirement,
    Taxon,
)
from casework.models.seizure import ImportedRow, RouteCountry, SeizedItem, Seizure

__all__ = [
    "Accused",
    "Agency",
    "AppendOnlyModel",
    "AuditEntry",
    "BailDecision",
    "Case",
    "CaseGroupGrant",
    "CaseNumberSequence",
    "CaseUserGrant",
    "Charge",
    "ChargeSheet",
    "Code",
    "Count",
    "Court",
    "DiaryEntry",
    "FedModel",
    "Goods",
    "Hearing",
    "ImportedRow",
    "Indicator",
    "Laboratory",
    "Listing",
    "Outcome",
    "Plea",
    "Port",
    "Proceeding",
    "Provision",
    "Requirement",
    "RouteCountry",
    "SeizedItem",
    "Seizure",
    "Sentence",
    "Submission",
    "Taxon",
    "Unit",
    "User",
]
