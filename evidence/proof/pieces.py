"""The kinds of evidence that a link can name: how each is read, shown in a cell and opened."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import display
from casework.models import Admission, Case, Statement, Witness
from evidence.lacks import address
from evidence.models import Attachment, Certificate, Exhibit, LaboratoryReport, ProofLink
from evidence.reading import Reading
from kyc.models import Fact


@dataclass(frozen=True)
class Kind:
    """A kind of evidence: the field of the link that names it, and the word of the law for it."""

    field: str
    word: StrOrPromise
    model: Any
    related: tuple[str, ...]
    words: Callable[[Any], str]  # short, for a cell
    url: Callable[[Case, Any], str]


def _statement(row: Statement) -> str:
    who = row.witness.label if row.witness else f"A{row.accused.number}" if row.accused else ""
    return say("Statement %(who)s, %(day)s") % {"who": who, "day": display.day(row.taken_on)}


def _certificate(row: Certificate) -> str:
    return f"{row.kind}, {row.given_by}"


def _report(row: LaboratoryReport) -> str:
    said = {"who": row.expert, "day": display.day(row.reported_on)}
    return say("Report of %(who)s, %(day)s") % said


def _fact(row: Fact) -> str:
    value = row.value or str(row.related_party or "")
    return f"{row.party}: {row.kind} {value}".strip()[:200]


def _admission(row: Admission) -> str:
    said = {"who": f"A{row.accused.number}", "day": display.day(row.made_on)}
    return say("Admission of %(who)s, %(day)s") % said


KINDS: tuple[Kind, ...] = (
    Kind("exhibit", _("Exhibit"), Exhibit, (), lambda row: str(row.label),
         lambda case, row: address("evidence:exhibit", case.reference, row.label)),
    Kind("statement", _("Statement"), Statement, ("witness", "accused"), _statement,
         lambda case, row: address("evidence:statement", case.reference, row.pk)),
    Kind("certificate", _("Certificate"), Certificate, ("kind",), _certificate,
         lambda case, row: address("evidence:certificate", case.reference, row.pk)),
    Kind("report", _("Expert report"), LaboratoryReport, ("request",), _report,
         lambda case, row: address("evidence:case-laboratory", case.reference)),
    Kind("fact", _("Fact of the register"), Fact, ("party", "kind", "related_party"), _fact,
         lambda case, row: address("kyc:party", row.party_id)),
    Kind("admission", _("Admission"), Admission, ("accused",), _admission,
         lambda case, row: address("casework:case-witnesses", case.reference)),
    Kind("attachment", _("File"), Attachment, (), lambda row: str(row.caption or row.name),
         lambda case, row: address("evidence:file", case.reference, row.pk)),
)  # fmt: skip
BY_FIELD = {kind.field: kind for kind in KINDS}
FIELDS = tuple(BY_FIELD)
# As the elements name what usually proves them.
BY_NAME = {**BY_FIELD, "file": BY_FIELD["attachment"]}


def of_case(kind: Kind, case: Case, read: Reading) -> QuerySet[Any]:
    """The things of a kind that a link of this case may name, as far as the reader sees them."""
    rows = read(kind.model.objects)
    if kind.field in ("statement", "certificate", "admission"):
        rows = rows.filter(case=case, successor__isnull=True, is_withdrawn=False)
    elif kind.field == "report":
        rows = rows.filter(request__case=case, successor__isnull=True)
    elif kind.field == "fact":
        rows = rows.filter(party__in=parties(case)).exclude(standing=Fact.Standing.UNKNOWN)
    else:
        rows = rows.filter(case=case)
    found: QuerySet[Any] = rows.select_related(*kind.related)
    return found


def parties(case: Case) -> QuerySet[Any]:
    """The parties that are the accused of a case."""
    found: QuerySet[Any] = case.accused.filter(party__isnull=False).values("party")
    return found


def visible(read: Reading) -> Q:
    """Links of which every part may be shown; one with a hidden part is not there at all."""
    shown = Q()
    for kind in KINDS:
        seen = read(kind.model.objects).values("pk")
        shown &= Q(**{f"{kind.field}__isnull": True}) | Q(**{f"{kind.field}__in": seen})
    witnesses = read(Witness.objects).values("pk")
    return shown & (Q(witness__isnull=True) | Q(witness__in=witnesses))


def kind_of(link: ProofLink) -> Kind:
    return next(kind for kind in KINDS if getattr(link, f"{kind.field}_id") is not None)


def related() -> tuple[str, ...]:
    """What a link is read with, so that no cell asks for more."""
    named = [f"{kind.field}__{name}" for kind in KINDS for name in kind.related]
    return (*FIELDS, *named, "witness", "recorded_by")
