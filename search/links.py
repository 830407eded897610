"""Where a record is read, and to which case it belongs."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse

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


def _of_consignment(row: Any) -> tuple[object, ...]:
    return row.seizure.case.reference, row.seizure.number, row.number


# The page of each kind and what its address needs; a diary entry stands on its case's page.
_PAGES: Mapping[str, Page] = {
    "exhibit": ("evidence:exhibit", lambda row: (row.case.reference, row.label)),
    "custody": ("evidence:exhibit", lambda row: (row.exhibit.case.reference, row.exhibit.label)),
    "file": ("evidence:file", lambda row: (row.case.reference, row.pk)),
    "party": ("kyc:party", lambda row: (row.pk,)),
    "fact": ("kyc:party", lambda row: (row.party_id,)),
    "involvement": ("kyc:party", lambda row: (row.party_id,)),
    "seizure": ("kyc:seizure", lambda row: (row.case.reference, row.number)),
    "consignment": ("kyc:consignment", _of_consignment),
    "proceeding": ("casework:proceeding", lambda row: (row.case.reference, row.pk)),
    "hearing": ("casework:case-hearings", lambda row: (row.proceeding.case.reference,)),
    "accused": ("casework:proceeding-list", lambda row: (row.case.reference,)),
}


def of(record: Record) -> str:
    if record.key.kind not in _PAGES:
        return reverse("casework:case", args=[reference(record)])
    name, needs = _PAGES[record.key.kind]
    address = reverse(name, args=needs(record.row))
    return f"{address}#event-{record.row.sequence}" if record.key.kind == "custody" else address
