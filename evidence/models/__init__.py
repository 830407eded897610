"""The things, their custody, their files, and the dossier for the court."""

from evidence.models.acquisition import Acquisition, CopyHop, Derivation
from evidence.models.certificates import Certificate, CertificateCover
from evidence.models.court import CourtMark, ExhibitHold
from evidence.models.custody import (
    CustodyEvent,
    LedgerLeaf,
    LedgerNode,
    PendingEntry,
    PendingLeaf,
    SignedHead,
)
from evidence.models.disclosure import (
    DisclosureItem,
    DisclosureService,
    Redaction,
    RedactionMark,
)
from evidence.models.disclosure_choice import DisclosureChoice
from evidence.models.dossier import Dossier, DossierSignature, DossierVolume
from evidence.models.dossier_template import DossierTemplate
from evidence.models.exhibit import Exhibit
from evidence.models.file_check import FileCheck, FileFault
from evidence.models.files import Attachment, StoredFile
from evidence.models.handout import HandOut
from evidence.models.laboratory import (
    CountAnswer,
    Finding,
    LaboratoryReceipt,
    LaboratoryReport,
    LaboratoryRequest,
    RequestedItem,
)
from evidence.models.place import Place
from evidence.models.proof import ProofJudgement, ProofLink
from evidence.models.stocktake import (
    Stocktake,
    StocktakeLine,
    StocktakeReport,
    StocktakeScan,
)
from evidence.models.witness import Attempt, Cosignature, TimeStamp, WatchedHead

__all__ = [
    "Acquisition",
    "Attachment",
    "Attempt",
    "Certificate",
    "CertificateCover",
    "CopyHop",
    "Cosignature",
    "CountAnswer",
    "CourtMark",
    "CustodyEvent",
    "Derivation",
    "DisclosureChoice",
    "DisclosureItem",
    "DisclosureService",
    "Dossier",
    "DossierSignature",
    "DossierTemplate",
    "DossierVolume",
    "Exhibit",
    "ExhibitHold",
    "FileCheck",
    "FileFault",
    "Finding",
    "HandOut",
    "LaboratoryReceipt",
    "LaboratoryReport",
    "LaboratoryRequest",
    "LedgerLeaf",
    "LedgerNode",
    "PendingEntry",
    "PendingLeaf",
    "Place",
    "ProofJudgement",
    "ProofLink",
    "Redaction",
    "RedactionMark",
    "RequestedItem",
    "SignedHead",
    "Stocktake",
    "StocktakeLine",
    "StocktakeReport",
    "StocktakeScan",
    "StoredFile",
    "TimeStamp",
    "WatchedHead",
]
