"""The words on the page for kinds, facets and the parts of a record that matched."""

from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework.models import Agency, Case, Code, Port

KINDS: Mapping[str, StrOrPromise] = {
    "case": _("Case"),
    "seizure": _("Seizure"),
    "consignment": _("Consignment"),
    "party": _("Party"),
    "involvement": _("Party in a case"),
    "fact": _("Fact about a party"),
    "exhibit": _("Exhibit"),
    "custody": _("Custody event"),
    "file": _("File"),
    "note": _("Diary entry"),
    "proceeding": _("Proceeding"),
    "accused": _("Accused"),
    "hearing": _("Hearing"),
}
FACETS: Mapping[str, StrOrPromise] = {
    "kind": _("Kind"),
    "port": _("Port"),
    "species": _("Species"),
    "country": _("Country"),
    "agency": _("Agency"),
    "status": _("Status of the case"),
    "tier": _("Tier"),
    "year": _("Year"),
}
PARTS: Mapping[str, StrOrPromise] = {
    "title": _("title"),
    "name": _("name"),
    "summary": _("summary of facts"),
    "reference": _("reference"),
    "occurrence_book": _("occurrence book number"),
    "police_file": _("police file"),
    "prosecution_file": _("prosecution file"),
    "court_file": _("court file"),
    "lead_officer": _("lead officer"),
    "note": _("note"),
    "narrative": _("what happened"),
    "item": _("seized items"),
    "declared_goods": _("declared goods"),
    "concealment": _("concealment"),
    "place": _("place"),
    "people_present": _("people present"),
    "count": _("count"),
    "outcome": _("reason of an outcome"),
    "presiding": _("magistrate or judge"),
    "number": _("number"),
    "occupation": _("occupation"),
    "present": _("who appeared"),
    "adjournment": _("reason of the adjournment"),
    "courtroom": _("courtroom"),
    "container": _("container"),
    "seal": _("seal"),
    "bill": _("bill of lading"),
    "shipper": _("shipper"),
    "consignee": _("consignee"),
    "notify_party": _("notify party"),
    "changed_by": _("changed, declared or paid by"),
    "also_recorded_as": _("also recorded as"),
    "goods": _("goods"),
    "vessel": _("vessel"),
    "imo": _("IMO number"),
    "booking": _("booking"),
    "entry": _("customs entry"),
    "port": _("port"),
    "stuffing_place": _("stuffing place"),
    "role": _("part played"),
    "fact": _("fact"),
    "source": _("source"),
    "kind": _("kind"),
    "species": _("species"),
    "found_at": _("where found"),
    "storage_place": _("place of storage"),
    "holder": _("holder"),
    "discrepancy": _("difference explained"),
    "purpose": _("purpose"),
    "from": _("from"),
    "to": _("to"),
    "authority": _("authority"),
    "caption": _("caption"),
    "digest": _("digest"),
}


def _ports(values: Iterable[str]) -> Mapping[str, StrOrPromise]:
    return {port.locode: str(port) for port in Port.objects.filter(locode__in=values)}


def _agencies(values: Iterable[str]) -> Mapping[str, StrOrPromise]:
    return dict(Agency.objects.filter(code__in=values).values_list("code", "name"))


def _countries(values: Iterable[str]) -> Mapping[str, StrOrPromise]:
    rows = Code.objects.kind("country").filter(code__in=values)
    return dict(rows.values_list("code", "label"))


_OF_VALUES: Mapping[str, Callable[[Iterable[str]], Mapping[str, StrOrPromise]]] = {
    "kind": lambda values: KINDS,
    "port": _ports,
    "agency": _agencies,
    "country": _countries,
    "status": lambda values: dict(Case.Status.choices),
    "tier": lambda values: dict(Case.Tier.choices),
}


def of_values(facet: str, values: Iterable[str]) -> Mapping[str, StrOrPromise]:
    """How values of a facet read; a value without a word reads as itself."""
    known = _OF_VALUES[facet](values) if facet in _OF_VALUES else {}
    return {value: known.get(value, value) for value in values}
