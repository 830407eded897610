"""Reads of the pages about seizures and consignments: a fixed number of queries each."""

from collections.abc import Sequence

from django.db.models import Prefetch, QuerySet

from casework.models import Case, SeizedItem, Seizure, User
from kyc.cargo import court_questions
from kyc.models import BillOfLading, Consignment, EntryVersion, Seal


def of_seizure(seizure: Seizure) -> QuerySet[Consignment]:
    """The consignments of a seizure with what their pages show."""
    return with_parts(Consignment.objects.filter(seizure=seizure))


def with_parts(rows: QuerySet[Consignment]) -> QuerySet[Consignment]:
    """Ship, ports, goods, containers with their seals, and bills, in a fixed number of queries."""
    seals = Seal.objects.select_related("source")
    return rows.select_related(
        "port_of_loading", "port_of_discharge", "goods", "seizure", "recorded_by", "stuffing_kind"
    ).prefetch_related(
        Prefetch("containers__seals", queryset=seals),
        Prefetch("seals", queryset=seals.select_related("container")),
        "bills",
        "entries",
    )


def known(
    seizure: Seizure, items: Sequence[SeizedItem], loads: Sequence[Consignment]
) -> court_questions.Known:
    """How far a recorded seizure answers what a court will ask."""
    containers = [box for load in loads for box in load.containers.all()]
    return court_questions.Known(
        people=len([line for line in seizure.people_present.splitlines() if line.strip()]),
        has_place=bool(seizure.port or seizure.place),
        has_moment=seizure.is_time_known,
        containers=len(containers),
        seals=sum(len(load.seals.all()) for load in loads),
        items=len(items),
        counted=sum(item.count is not None for item in items),
        weighed=sum(item.weight_mg is not None for item in items),
        on_a_scale=sum(bool(item.scale or item.is_weight_estimated) for item in items),
    )


def seizures_of(case: Case, user: User) -> QuerySet[Seizure]:
    """The seizures of a case with their items and consignments, oldest first."""
    items = SeizedItem.objects.select_related("taxon", "specimen")
    rows: QuerySet[Seizure] = Seizure.objects.visible_to(user).filter(case=case)
    return rows.select_related("port", "agency").prefetch_related(
        Prefetch("items", queryset=items),
        Prefetch("consignments", queryset=with_parts(Consignment.objects.all())),
    )


def bill_of(consignment: Consignment) -> BillOfLading | None:
    """The bill of lading as it reads last."""
    bills = list(consignment.bills.all())
    return bills[-1] if bills else None


def entry_of(consignment: Consignment) -> EntryVersion | None:
    """The customs entry as it reads last."""
    entries = list(consignment.entries.all())
    return entries[-1] if entries else None
