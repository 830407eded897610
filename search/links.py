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
    "order": lambda row: row.proceeding.case,
    "bail": lambda row: row.proceeding.case,
    "summons": lambda row: row.hearing.proceeding.case,
    "mark": lambda row: row.exhibit.case,
    "judgement": lambda row: row.charge.count.charge_sheet.proceeding.case,
    "listed": lambda row: row.case or row.party.own_case,
}


def case_of(record: Record) -> Case | None:
    """The case a record belongs to; none for the shared register."""
    return _CASE_OF.get(record.key.kind, _own_case)(record.row)


def reference(record: Record) -> str:
    case = case_of(record)
    return case.reference if case else ""


def _of_consignment(row: Any) -> tuple[object, ...]:
    return row.seizure.case.reference, row.seizure.number, row.number


def _own(row: Any) -> tuple[object, ...]:
    return row.case.reference, row.pk


def _of_proof(row: Any) -> tuple[object, ...]:
    case = row.charge.count.charge_sheet.proceeding.case
    return case.reference, row.charge_id, row.element_id


# The page of each kind and what its address needs; a diary entry stands on its case's page. Each
# is open to every reader of the record.
_PAGES: Mapping[str, Page] = {
    "exhibit": ("evidence:exhibit", lambda row: (row.case.reference, row.label)),
    "custody": ("evidence:exhibit", lambda row: (row.exhibit.case.reference, row.exhibit.label)),
    "mark": ("evidence:exhibit", lambda row: (row.exhibit.case.reference, row.exhibit.label)),
    "file": ("evidence:file", _own),
    "laboratory": ("evidence:laboratory", lambda row: (row.case.reference, row.number)),
    "certificate": ("evidence:certificate", _own),
    "judgement": ("evidence:proof-cell", _of_proof),
    "statement": ("evidence:statement", _own),
    "party": ("kyc:party", lambda row: (row.pk,)),
    "fact": ("kyc:party", lambda row: (row.party_id,)),
    "involvement": ("kyc:party", lambda row: (row.party_id,)),
    "listed": ("kyc:party-screening", lambda row: (row.party_id,)),
    "seizure": ("kyc:seizure", lambda row: (row.case.reference, row.number)),
    "consignment": ("kyc:consignment", _of_consignment),
    "dealing": ("kyc:case-dealings", lambda row: (row.case.reference,)),
    "flag": ("kyc:flag-list", lambda row: (row.case.reference,)),
    "proceeding": ("casework:proceeding", _own),
    "hearing": ("evidence:hearing", lambda row: (row.proceeding.case.reference, row.pk)),
    "order": ("casework:court-order", lambda row: (row.proceeding.case.reference, row.pk)),
    "accused": ("casework:accused", lambda row: (row.case.reference, row.number)),
    "bail": ("casework:accused", lambda row: (row.proceeding.case.reference, row.accused.number)),
    "witness": ("casework:witness", lambda row: (row.case.reference, row.label)),
    "summons": (
        "casework:witness", lambda row: (row.hearing.proceeding.case.reference, row.witness.label)
    ),
    "admission": ("casework:case-witnesses", lambda row: (row.case.reference,)),
    "submission": ("casework:submission", lambda row: (row.case.reference,)),
    "authority": ("casework:authority", _own),
    "assistance": ("casework:assistance", _own),
    "deadline": ("casework:deadline", _own),
}  # fmt: skip
# Where on its page a record stands.
_ANCHORS: Mapping[str, Callable[[Any], str]] = {
    "custody": lambda row: f"event-{row.sequence}",
    "mark": lambda row: "in-court",
    "fact": lambda row: f"fact-{row.pk}",
    "flag": lambda row: f"flag-{row.indicator.code}",
    "listed": lambda row: f"hit-{row.pk}",
    "note": lambda row: "timeline",
}


def of(record: Record) -> str:
    kind, row = record.key.kind, record.row
    if kind not in _PAGES:
        address = reverse("casework:case", args=[reference(record)])
    else:
        name, needs = _PAGES[kind]
        address = reverse(name, args=needs(row))
    return f"{address}#{_ANCHORS[kind](row)}" if kind in _ANCHORS else address


def page_of_file(place: str) -> str:
    """What leads from a file's page to one of its pages; nothing for other places. Files are handed
    out as downloads only, so that a browser cannot be sent to the page itself."""
    name, _colon, number = place.partition(":")
    return f"?page={number}" if name in ("page", "scan") and number.isdecimal() else ""
