"""What a document takes from its case: who may find it, the facets it is counted under, and the
values it is found by. They come from rows that every reader of the case sees.

Reads any number of cases in a fixed number of queries, fewer where none has a seizure.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from casework import roles
from casework.models import (
    Case,
    CaseGroupGrant,
    CaseUserGrant,
    Code,
    Proceeding,
    RouteCountry,
    SeizedItem,
    Seizure,
)
from kyc.models import Consignment
from search.documents.content import Need
from search.documents.words import Values, chosen

SEEING = frozenset(roles.roles_allowing(roles.VIEW))
TRUSTED = frozenset(roles.roles_allowing(roles.SENSITIVE))
ALLOWING: Mapping[Need, frozenset[str]] = {
    Need.VIEW: SEEING,
    Need.SENSITIVE: TRUSTED,
    Need.CASE_AND_REGISTER: SEEING,
}
Said = tuple[int, str, tuple[str | None, ...]]  # a case, a field, a code and the words for it


def unit_token(need: Need, group: int) -> str:
    return f"{need}:g{group}"


def person_token(need: Need, user: int) -> str:
    return f"{need}:u{user}"


def case_token(need: Need, case: int) -> str:
    """For readers whose right to one case is read from the database with each query."""
    return f"{need}:c{case}"


@dataclass(frozen=True)
class CaseContext:
    """Facets and values of a case, and who holds which role on it without an end."""

    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: Values = field(default_factory=dict)
    holders: tuple[tuple[str, str], ...] = ()  # (g12 or u7, role)

    def access(self, case: int, need: Need) -> frozenset[str]:
        """Grants with an end are left out: they are read from the database per query."""
        if need is Need.REGISTER:
            return frozenset({Need.REGISTER.value})
        held = {f"{need}:{who}" for who, role in self.holders if role in ALLOWING[need]}
        return frozenset(held | {case_token(need, case)})


def contexts(cases: Collection[int]) -> dict[int, CaseContext]:
    found: dict[int, defaultdict[str, dict[str, None]]] = {case: _none() for case in cases}
    facets = {case: _none() for case in cases}
    for case, name, said in (*_of_cases(cases), *_of_seizures(cases), *_of_courts(cases)):
        if said[0] and name in FACETTED:
            facets[case][name][said[0]] = None
        found[case][name].update({word: None for word in said if word})
    held = _holders(cases)
    return {
        case: CaseContext(_sorted(facets[case]), _sorted(found[case]), tuple(sorted(held[case])))
        for case in cases
    }


FACETTED = frozenset({"status", "tier", "agency", "port", "species", "country"})


def _none() -> defaultdict[str, dict[str, None]]:
    return defaultdict(dict)


def _sorted(found: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(sorted(said)) for name, said in found.items() if said}


def _of_cases(cases: Collection[int]) -> Iterable[Said]:
    rows = Case.objects.filter(pk__in=cases).order_by()
    names = ("pk", "reference", "status", "tier", "agency__code", "agency__name")
    for case, reference, status, tier, code, name in rows.values_list(*names):
        yield case, "reference", (reference,)
        yield case, "status", (status, *chosen(Case, "status", status))
        yield case, "tier", (tier, *chosen(Case, "tier", tier))
        yield case, "agency", (code, name)


def _of_seizures(cases: Collection[int]) -> Iterable[Said]:
    seizures = Seizure.objects.filter(case__in=cases).order_by()
    names = ("agency__code", "agency__name", "port__locode", "port__name")
    rows = set(seizures.values_list("case", *names))
    for case, code, name, locode, port in rows:
        yield case, "agency", (code, name)
        yield case, "port", (locode, port)
    if seized := {case for case, *_ in rows}:
        yield from _of_loads(seized)
        yield from _of_items(seized)
        yield from _of_routes(seized)


def _of_loads(cases: Collection[int]) -> Iterable[Said]:
    loads = Consignment.objects.filter(seizure__case__in=cases).order_by()
    for port in ("port_of_loading", "port_of_discharge"):
        names = ("seizure__case", f"{port}__locode", f"{port}__name")
        for case, locode, name in loads.values_list(*names).distinct():
            yield case, "port", (locode, name)


def _of_items(cases: Collection[int]) -> Iterable[Said]:
    items = SeizedItem.objects.filter(seizure__case__in=cases).order_by()
    names = ("taxon__scientific_name", "taxon__common_name", "taxon_as_given")
    for case, *taxon, given in items.values_list("seizure__case", *names).distinct():
        yield case, "species", tuple(taxon)
        yield case, "species", (None, given)  # as somebody wrote it: a word, not a code


def _of_routes(cases: Collection[int]) -> Iterable[Said]:
    route = RouteCountry.objects.filter(seizure__case__in=cases).order_by()
    pairs = list(route.values_list("seizure__case", "country").distinct())
    names: dict[str, str] = dict(
        Code.objects.kind("country")
        .filter(code__in={country for _, country in pairs})
        .values_list("code", "label")
    )
    for case, country in pairs:
        yield case, "country", (country, names.get(country))


def _of_courts(cases: Collection[int]) -> Iterable[Said]:
    courts = Proceeding.objects.filter(case__in=cases).order_by()
    for case, name, number in courts.values_list("case", "court__name", "number"):
        yield case, "court", (name, number)


def _holders(cases: Collection[int]) -> Mapping[int, list[tuple[str, str]]]:
    held: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for model, letter, who in ((CaseGroupGrant, "g", "group"), (CaseUserGrant, "u", "user")):
        rows = model.objects.filter(content_object__in=cases, expires_at__isnull=True).order_by()
        names = ("content_object", who, "permission__codename")
        for case, holder, role in rows.values_list(*names):
            held[case].append((f"{letter}{holder}", role))
    return held
