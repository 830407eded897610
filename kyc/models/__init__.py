"""Parties, what is said of them by whom, and the consignments they stand behind."""

from kyc.models.consignment import BillOfLading, Consignment, Container, EntryVersion, Seal
from kyc.models.flag import Dismissal, Tick
from kyc.models.network import Dealing, Distinction, Match, Merge
from kyc.models.party import Fact, Involvement, Party
from kyc.models.review import Review
from kyc.models.watchlist import (
    FeedEntry,
    Hit,
    Screening,
    Watchlist,
    WatchlistEntry,
    WatchlistVersion,
)

__all__ = [
    "BillOfLading",
    "Consignment",
    "Container",
    "Dealing",
    "Dismissal",
    "Distinction",
    "EntryVersion",
    "Fact",
    "FeedEntry",
    "Hit",
    "Involvement",
    "Match",
    "Merge",
    "Party",
    "Review",
    "Screening",
    "Seal",
    "Tick",
    "Watchlist",
    "WatchlistEntry",
    "WatchlistVersion",
]
