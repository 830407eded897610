"""The things, their custody, their files, and the dossier for the court."""

from evidence.models.acquisition import Acquisition, CopyHop, Derivation
from evidence.models.custody import CustodyEvent, LedgerLeaf, PendingLeaf, SignedHead
from evidence.models.dossier import Dossier
from evidence.models.exhibit import Exhibit
from evidence.models.file_check import FileCheck, FileFault
from evidence.models.files import Attachment, StoredFile
from evidence.models.handout import HandOut
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
    "CopyHop",
    "CustodyEvent",
    "Derivation",
    "Dossier",
    "Exhibit",
    "FileCheck",
    "FileFault",
    "HandOut",
    "LedgerLeaf",
    "PendingLeaf",
    "Place",
    "SignedHead",
    "Stocktake",
    "StocktakeLine",
    "StocktakeReport",
    "StocktakeScan",
    "StoredFile",
]
