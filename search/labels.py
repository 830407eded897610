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
    "statement": _("Statement"),
    "witness": _("Witness"),
    "admission": _("Admission"),
    "submission": _("File at the prosecutor's"),
    "order": _("Court order"),
    "summons": _("Summons"),
    "authority": _("Warrant or order"),
    "assistance": _("Request for assistance"),
    "deadline": _("Deadline"),
    "laboratory": _("Laboratory request"),
    "certificate": _("Certificate"),
    "mark": _("Exhibit in court"),
    "judgement": _("Point to prove"),
    "bail": _("Bail"),
    "flag": _("Red flag"),
    "listed": _("Name on a watch list"),
    "dealing": _("Dealing between parties"),
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
    "words": _("words of the file"),
    "digest": _("digest"),
    "way": _("how it was carried or found"),
    "amendment": _("why the charges were amended"),
    "sentence": _("sentence"),
    "prosecutor": _("prosecutor"),
    "grounds": _("grounds"),
    "step": _("step"),
    "counsel": _("defended by"),
    "language": _("language"),
    "event": _("what happened to the accused"),
    "result": _("result"),
    "need": _("what the hearing needs"),
    "order": _("what it orders"),
    "thing": _("thing"),
    "conditions": _("conditions"),
    "sureties": _("sureties"),
    "amount": _("amount"),
    "proves": _("what the witness proves"),
    "position": _("position"),
    "why_not_called": _("why not called"),
    "statement": _("what was stated"),
    "taken_by": _("taken by"),
    "translator": _("translated by"),
    "admission": _("what is admitted"),
    "served_by": _("served by"),
    "service": _("service"),
    "decision": _("decision"),
    "reason": _("reason"),
    "query": _("query of the prosecutor"),
    "answer": _("answer"),
    "scope": _("what it allows"),
    "executed": _("what came of it"),
    "accused": _("accused"),
    "issuer": _("given by"),
    "asked": _("what is asked for"),
    "form": _("form"),
    "through": _("sent through"),
    "standing": _("state"),
    "assigned": _("who does it"),
    "hold": _("why it must be kept"),
    "ruling": _("ruling"),
    "exhibit": _("exhibit"),
    "witness": _("witness"),
    "device": _("device"),
    "acquired": _("how the file was obtained"),
    "derived": _("what it was made of"),
    "question": _("question asked"),
    "finding": _("finding"),
    "expert": _("expert"),
    "received": _("received by"),
    "sent": _("sent and carried by"),
    "produced": _("how it was produced"),
    "kept": _("how it was kept"),
    "covers": _("what it covers"),
    "checked": _("how it was checked"),
    "dealing": _("dealing"),
    "party": _("party"),
    "name_on_list": _("name on the list"),
    "judgement": _("judgement"),
    "review": _("decision on the party"),
    "change_reason": _("reason of a change"),
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


_PLACES: Mapping[str, StrOrPromise] = {  # without a value, and with one
    "about": _("title and author"),
    "text": "",  # all there is to it
    "message": _("message"),
    "archive": _("names of the files"),
    "margins": _("head and foot of the pages"),
    "notes": _("footnotes"),
    "comments": _("comments"),
    "picture": _("picture, as read by the machine"),
}
_NUMBERED: Mapping[str, StrOrPromise] = {
    "page": _("page %(value)s"),
    "scan": _("page %(value)s, as read by the machine"),
    "slide": _("slide %(value)s"),
    "sheet": _("sheet %(value)s"),
    "row": _("from row %(value)s"),
    "line": _("from line %(value)s"),
    "paragraph": _("from paragraph %(value)s"),
    "inside": _("in %(value)s"),
}


def place(code: str) -> str:
    """Where in a file, from a code such as `inside:report.pdf|page:2`."""
    return ", ".join(filter(None, map(_step, code.split("|"))))


def _step(step: str) -> str:
    name, _colon, value = step.partition(":")
    if value and name in _NUMBERED:
        return str(_NUMBERED[name]) % {"value": value}
    return str(_PLACES.get(name, value))
