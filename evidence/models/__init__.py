"""The things, their custody, their files, and the dossier for the court."""

from evidence.models.custody import CustodyEvent, LedgerLeaf, PendingLeaf, SignedHead
from evidence.models.dossier import Dossier
from evidence.models.exhibit import Exhibit
from evidence.models.files import Attachment, StoredFile
from evidence.models.place import Place
from evidence.models.stocktake import (
    Stocktake,
    StocktakeLine,
    StocktakeReport,
    StocktakeScan,
)

__all__ = [
    "Attachment",
    "CustodyEvent",
    "Dossier",
    "Exhibit",
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
