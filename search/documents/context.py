"""What a document takes from its case: who may find it, and the facets it is counted under.

Reads any number of cases in a fixed number of queries.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from casework import roles
from casework.models import Case, CaseGroupGrant, CaseUserGrant, RouteCountry, SeizedItem, Seizure
from kyc.models import Consignment
from search.documents.content import Need

SEEING = frozenset(roles.roles_allowing(roles.VIEW))
TRUSTED = frozenset(roles.roles_allowing(roles.SENSITIVE))
ALLOWING: Mapping[Need, frozenset[str]] = {
    Need.VIEW: SEEING,
    Need.SENSITIVE: TRUSTED,
    Need.CASE_AND_REGISTER: SEEING,
}


def unit_token(need: Need, group: int) -> str:
    return f"{need}:g{group}"


def person_token(need: Need, user: int) -> str:
    return f"{need}:u{user}"


def case_token(need: Need, case: int) -> str:
    """For readers whose right to one case is read from the database with each query."""
    return f"{need}:c{case}"


@dataclass(frozen=True)
class CaseContext:
    """Facet values of a case, and who holds which role on it without an end."""

    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    holders: tuple[tuple[str, str], ...] = ()  # (g12 or u7, role)

    def access(self, case: int, need: Need) -> frozenset[str]:
        """Grants with an end are left out: they are read from the database per query."""
        if need is Need.REGISTER:
            return frozenset({Need.REGISTER.value})
        held = {f"{need}:{who}" for who, role in self.holders if role in ALLOWING[need]}
        return frozenset(held | {case_token(need, case)})


def contexts(cases: Collection[int]) -> dict[int, CaseContext]:
    facets: defaultdict[int, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    rows = Case.objects.filter(pk__in=cases).values_list("pk", "status", "tier", "agency__code")
    for case, status, tier, agency in rows:
        facets[case]["status"].add(status)
        facets[case]["tier"].add(tier)
        facets[case]["agency"].add(agency)
    for name, pairs in _values(cases):
        for case, value in pairs:
            if value:
                facets[case][name].add(value)
    held = _holders(cases)
    return {
        case: CaseContext(
            {name: tuple(sorted(values)) for name, values in found.items()}, tuple(held[case])
        )
        for case, found in facets.items()
    }


def _values(cases: Collection[int]) -> Iterable[tuple[str, Iterable[tuple[int, str | None]]]]:
    seizures = Seizure.objects.filter(case__in=cases).order_by()
    consignments = Consignment.objects.filter(seizure__case__in=cases).order_by()
    items = SeizedItem.objects.filter(seizure__case__in=cases).order_by()
    route = RouteCountry.objects.filter(seizure__case__in=cases).order_by()
    yield "port", seizures.values_list("case", "port__locode")
    yield "agency", seizures.values_list("case", "agency__code")
    for port in ("port_of_loading__locode", "port_of_discharge__locode"):
        yield "port", consignments.values_list("seizure__case", port)
    yield "species", items.values_list("seizure__case", "taxon__scientific_name")
    yield "country", route.values_list("seizure__case", "country")


def _holders(cases: Collection[int]) -> Mapping[int, list[tuple[str, str]]]:
    held: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for model, letter, who in ((CaseGroupGrant, "g", "group"), (CaseUserGrant, "u", "user")):
        rows = model.objects.filter(content_object__in=cases, expires_at__isnull=True).order_by()
        names = ("content_object", who, "permission__codename")
        for case, holder, role in rows.values_list(*names):
            held[case].append((f"{letter}{holder}", role))
    return held
