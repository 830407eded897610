"""Reads of the pages about seizures and consignments: a fixed number of queries each."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework.models import Case, SeizedItem, Seizure, User
from kyc import court_questions
from kyc.models import BillOfLading, Consignment, Seal


@dataclass(frozen=True)
class Weight:
    """A weight of the load with who says so: one side, or a scale that both can check."""

    word: StrOrPromise
    mg: int
    mark: str


def of_seizure(seizure: Seizure) -> QuerySet[Consignment]:
    """The consignments of a seizure with what their pages show."""
    return with_parts(Consignment.objects.filter(seizure=seizure))


def with_parts(rows: QuerySet[Consignment]) -> QuerySet[Consignment]:
    """Ship, ports, goods, containers with their seals, and bills, in a fixed number of queries."""
    seals = Seal.objects.select_related("source")
    return rows.select_related(
        "port_of_loading", "port_of_discharge", "goods", "seizure", "recorded_by"
    ).prefetch_related(
        Prefetch("containers__seals", queryset=seals),
        Prefetch("seals", queryset=seals.select_related("container")),
        "bills",
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


def weights_of(consignment: Consignment) -> list[Weight]:
    """The weights that are known, in the order of the journey."""
    told = (
        (_("Declared"), consignment.declared_weight_mg, "half"),
        (_("Verified gross mass, by the shipper"), consignment.vgm_mg, "half"),
        (_("Weighbridge"), consignment.weighbridge_mg, "full"),
    )
    return [Weight(word, mg, mark) for word, mg, mark in told if mg is not None]
