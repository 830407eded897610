"""What the record offers for each element of a count: evidence that is there and not linked yet.

A suggestion is a rule over what is on record, each with its reason in a sentence. Taking one over
links it; what it is worth, the prosecutor says.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework.models import Accused, Admission, Case, Charge, Count, Element, Statement, Witness
from evidence.models import Attachment, Certificate, CertificateCover, Exhibit, Finding
from evidence.papers import alarms as species
from evidence.proof import pieces
from evidence.proof.matrix import Cell, CountMatrix
from evidence.reading import Reading
from kyc.models import Fact

THINGS = frozenset({"specimen", "sample"})
PAPERS = frozenset({"document", "device", "recording"})
# Which kinds of exhibits speak for an element; none named: each that the count is about.
EXHIBITS: Mapping[str, frozenset[str]] = {
    "trophy": THINGS, "species": THINGS, "quantity": THINGS, "predicate": THINGS,
    "concealment": frozenset({"container", "package", "seal", "document"}),
    "deal": PAPERS | {"money"}, "original": PAPERS, "false": PAPERS,
    "act": frozenset({"weapon", "tool", "vehicle"}),
    "continuity": frozenset(), "possession": frozenset(), "acts": frozenset(),
}  # fmt: skip
CERTIFICATES: Mapping[str, frozenset[str]] = {
    "quantity": frozenset({"weighing"}),
    "continuity": frozenset({"photographic"}),
    "movement": frozenset({"scanner_image", "electronic"}),
    "concealment": frozenset({"scanner_image", "photographic", "detection_dog"}),
    "original": frozenset({"electronic"}),
    "act": frozenset({"electronic"}),
}
# Facts that say who somebody is, and nothing of what they did.
WHO = frozenset({
    "name", "trading_name", "previous_name", "alias", "birth_date", "birth_place", "nationality",
    "id_number", "passport", "gender", "occupation", "legal_form", "registration",
    "incorporation_date", "dissolution_date", "jurisdiction", "tax_pin", "vat", "lei",
})  # fmt: skip
ABOUT_WHO = frozenset({"identity", "link", "maker"})
SEEN_BY_OFFICERS = frozenset({"place_date", "continuity"})
CONTRADICTED = "contradicts"
LONG, STEM = 4, 6  # letters: shorter words say nothing about what a witness proves
EVERYWHERE = frozenset({"accuse", "person", "court", "charge", "thing"})  # in every element


@dataclass(frozen=True)
class Offer:
    """One piece of evidence for one cell, with the witness who would bring it in, and why."""

    cell: Cell
    kind: pieces.Kind
    thing: Any
    witness: Witness | None
    why: StrOrPromise

    @property
    def words(self) -> str:
        return self.kind.words(self.thing)

    @property
    def key(self) -> str:
        return f"{self.cell.key}-{self.kind.field}-{self.thing.pk}"


@dataclass(frozen=True)
class Stock:
    """What a case has on record, as one reader sees it, read once for all of its counts."""

    exhibits: tuple[Exhibit, ...]
    findings: tuple[Finding, ...]
    certificates: tuple[Certificate, ...]
    facts: tuple[Fact, ...]
    statements: tuple[Statement, ...]
    admissions: tuple[Admission, ...]
    attachments: tuple[Attachment, ...]
    witnesses: tuple[Witness, ...]


def read(case: Case, reading: Reading) -> Stock:
    """In a fixed number of queries."""

    def rows(field: str) -> Any:
        return pieces.of_case(pieces.BY_FIELD[field], case, reading).order_by("pk")

    findings = (
        reading(Finding.objects)
        .filter(report__request__case=case, report__successor__isnull=True)
        .exclude(certainty=Finding.Certainty.OPEN)
        .select_related("report__request", "item__exhibit", "taxon")
        .order_by("report__reported_on", "pk")
    )
    facts = rows("fact").exclude(standing=Fact.Standing.CONTRADICTED)
    certificates = rows("certificate").prefetch_related("covers").filter(signed_on__isnull=False)
    return Stock(
        tuple(rows("exhibit").select_related("kind")),
        tuple(findings),
        tuple(certificates),
        tuple(facts),
        tuple(rows("statement").filter(translation_of__isnull=True)),
        tuple(rows("admission")),
        tuple(rows("attachment").filter(~Q(exhibit__is_restricted=True))),
        tuple(reading(Witness.objects).filter(case=case, is_dropped=False).order_by("number")),
    )


def of(one: CountMatrix, stock: Stock) -> list[Offer]:
    """What the record offers for a count, in the order of its elements."""
    found = []
    for cell in one.cells:
        linked = {piece.key for piece in cell.pieces}
        for offer in _of_cell(one, cell, stock):
            key = f"{offer.kind.field}-{offer.thing.pk}"
            if key not in linked:
                linked.add(key)
                found.append(offer)
    return found


def _of_cell(one: CountMatrix, cell: Cell, stock: Stock) -> Iterator[Offer]:
    element, accused = cell.element, cell.charge.accused
    may_be = set(element.proven_by.split())
    charged = about(one.count, stock)
    found: list[tuple[str, Any, Witness | None, StrOrPromise]] = []
    if "report" in may_be and not element.is_personal:
        found += _reports(one.count, charged, stock)
    if "exhibit" in may_be:
        found += _exhibits(element, charged)
    if "certificate" in may_be:
        found += _certificates(element, charged, stock)
    if "statement" in may_be:
        found += _statements(cell, stock)
    if element.is_personal:
        found += _personal(element, accused, may_be, stock)
    for field, thing, witness, why in found:
        yield Offer(cell, pieces.BY_FIELD[field], thing, witness, why)


Found = tuple[str, Any, Witness | None, StrOrPromise]


def about(count: Count, stock: Stock) -> list[Exhibit]:
    """The exhibits that a count names; one that names none is about them all."""
    named = {exhibit.pk for exhibit in count.seen}  # type: ignore[attr-defined]  # prefetched
    return [one for one in stock.exhibits if not named or {one.pk, one.parent_id} & named]


def _reports(count: Count, charged: Iterable[Exhibit], stock: Stock) -> Iterator[Found]:
    keys = {exhibit.pk for exhibit in charged}
    for finding in stock.findings:
        agrees = count.taxon is None or species.compare(count, finding).relation != CONTRADICTED
        if finding.item.exhibit_id in keys and agrees:
            report = finding.report
            yield "report", report, _expert(report.expert, stock), _("It examined what is charged.")


def _expert(name: str, stock: Stock) -> Witness | None:
    said = name.casefold().strip()
    experts = [w for w in stock.witnesses if w.kind == Witness.Kind.EXPERT]
    return next((w for w in experts if w.name.casefold().strip() in said and w.name.strip()), None)


def _exhibits(element: Element, charged: Iterable[Exhibit]) -> Iterator[Found]:
    kinds = EXHIBITS.get(element.code)
    if kinds is None:
        return
    for exhibit in charged:
        if not kinds or exhibit.kind.code in kinds:
            yield "exhibit", exhibit, None, _("It is charged in the count.")


def _certificates(element: Element, charged: Iterable[Exhibit], stock: Stock) -> Iterator[Found]:
    kinds = CERTIFICATES.get(element.code, frozenset())
    keys = {exhibit.pk for exhibit in charged}
    of = {row.pk: row.exhibit_id for row in stock.attachments}
    for row in stock.certificates:
        if row.kind.code in kinds and any(_covers(one, keys, of) for one in row.covers.all()):
            yield "certificate", row, None, _("It is signed, and covers what is charged.")


def _covers(one: CertificateCover, exhibits: set[int], of: Mapping[int, int | None]) -> bool:
    """A certificate of something that belongs to no exhibit is of the whole case."""
    if one.exhibit_id is not None:
        return one.exhibit_id in exhibits
    return one.attachment_id is None or of.get(one.attachment_id) in {None, *exhibits}


def _statements(cell: Cell, stock: Stock) -> Iterator[Found]:
    element = cell.element
    wanted = _words(f"{element.label} {element.code.replace('_', ' ')}")
    for row in stock.statements:
        witness = row.witness
        if witness is None or witness.is_dropped:
            continue
        if _words(witness.proves) & wanted:
            yield "statement", row, witness, _("It is what this witness is to prove.")
        elif witness.kind == Witness.Kind.OFFICER and element.code in SEEN_BY_OFFICERS:
            yield "statement", row, witness, _("An officer states it.")


def _words(text: str) -> set[str]:
    """Words long enough to mean something, without their endings."""
    found = {word[:STEM] for word in re.findall(r"\w+", text.casefold()) if len(word) > LONG}
    return found - EVERYWHERE


def _personal(
    element: Element, accused: Accused, may_be: set[str], stock: Stock
) -> Iterator[Found]:
    """What is on record of this accused and nobody else."""
    if "fact" in may_be and accused.party_id:
        for fact in stock.facts:
            speaks = element.code in ABOUT_WHO or fact.kind.code not in WHO
            if fact.party_id == accused.party_id and speaks:
                yield "fact", fact, None, _("The register says it of this accused.")
    if "admission" in may_be:
        for row in stock.admissions:
            if row.accused_id == accused.pk:
                yield "admission", row, None, _("This accused admits it.")
    if "statement" in may_be:
        for said in stock.statements:
            if said.accused_id == accused.pk:
                yield "statement", said, None, _("This accused states it.")


def grouped(offers: Iterable[Offer]) -> dict[tuple[Charge, Element], list[Any]]:
    """As `links.take_over` wants them: by point, each thing with its witness."""
    found: dict[tuple[Charge, Element], list[Any]] = {}
    for offer in offers:
        point = (offer.cell.charge, offer.cell.element)
        found.setdefault(point, []).append((offer.thing, offer.witness))
    return found
