"""Parties, what is said of them by whom, and the consignments they stand behind."""

from kyc.models.consignment import BillOfLading, Consignment, Container, Seal
from kyc.models.party import Fact, Involvement, Party

__all__ = [
    "BillOfLading",
    "Consignment",
    "Container",
    "Fact",
    "Involvement",
    "Party",
    "Seal",
]
