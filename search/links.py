"""Where a record is read, and to which case it belongs."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import NoReverseMatch, reverse

from casework.models import Case
from search.documents import Record

CaseOf = Callable[[Any], Case | None]
Page = tuple[str, Callable[[Any], tuple[object, ...]]]


def _own_case(row: Any) -> Case | None:
    case: Case | None = row.case
    return case


_CASE_OF: Mapping[str, CaseOf] = {
    "case": lambda row: row,
    "consignment": lambda row: row.seizure.case,
    "party": lambda row: row.own_case,
    "custody": lambda row: row.exhibit.case,
    "hearing": lambda row: row.proceeding.case,
}


def case_of(record: Record) -> Case | None:
    """The case a record belongs to; none for the shared register."""
    return _CASE_OF.get(record.key.kind, _own_case)(record.row)


def reference(record: Record) -> str:
    case = case_of(record)
    return case.reference if case else ""


# The page of each kind and what its address needs; where one has none, its case's page serves.
_PAGES: Mapping[str, Page] = {
    "exhibit": ("evidence:exhibit", lambda row: (row.case.reference, row.label)),
    "custody": ("evidence:exhibit", lambda row: (row.exhibit.case.reference, row.exhibit.label)),
    "file": ("evidence:case-files", lambda row: (row.case.reference,)),
    "party": ("kyc:party", lambda row: (row.pk,)),
    "fact": ("kyc:party", lambda row: (row.party_id,)),
    "involvement": ("kyc:party", lambda row: (row.party_id,)),
    "consignment": ("kyc:case-consignments", lambda row: (row.seizure.case.reference,)),
    "proceeding": ("casework:proceeding", lambda row: (row.case.reference, row.pk)),
    "hearing": ("casework:case-hearings", lambda row: (row.proceeding.case.reference,)),
    "accused": ("casework:proceeding-list", lambda row: (row.case.reference,)),
}


def of(record: Record) -> str:
    case_page: Page = ("casework:case", lambda row: (reference(record),))
    for name, needs in (_PAGES.get(record.key.kind, case_page), case_page):
        try:
            return reverse(name, args=needs(record.row))
        except NoReverseMatch:
            continue
    return "/"
