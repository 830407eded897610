"""The things, their custody, their files, and the dossier for the court."""

from evidence.models.acquisition import Acquisition, CopyHop, Derivation
from evidence.models.certificates import Certificate, CertificateCover
from evidence.models.custody import CustodyEvent, LedgerLeaf, PendingLeaf, SignedHead
from evidence.models.dossier import Dossier
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
from evidence.models.stocktake import (
    Stocktake,
    StocktakeLine,
    StocktakeReport,
    StocktakeScan,
)

__all__ = [
    "Acquisition",
    "Attachment",
    "Certificate",
    "CertificateCover",
    "CopyHop",
    "CountAnswer",
    "CustodyEvent",
    "Derivation",
    "Dossier",
    "Exhibit",
    "FileCheck",
    "FileFault",
    "Finding",
    "HandOut",
    "LaboratoryReceipt",
    "LaboratoryReport",
    "LaboratoryRequest",
    "LedgerLeaf",
    "PendingLeaf",
    "Place",
    "RequestedItem",
    "SignedHead",
    "Stocktake",
    "StocktakeLine",
    "StocktakeReport",
    "StocktakeScan",
    "StoredFile",
]
