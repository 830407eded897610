"""The matrix of a trial: for each count the elements, by accused, with what proves them.

Read in a fixed number of queries for any number of trials. What the reader may not see of the
evidence is not there; what the prosecutor makes of it is for all who read the case.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework.models import (
    Accused,
    Case,
    Charge,
    Count,
    Element,
    Outcome,
    Proceeding,
    Witness,
)
from casework.procedure import standing
from evidence.models import Exhibit, ProofJudgement, ProofLink
from evidence.proof import pieces
from evidence.reading import Reading

State = ProofJudgement.State
LINKED = "linked"  # there is evidence, and nobody has said what it is worth
MARKS = {State.PROVED: "full", State.CONTESTED: "half", State.MISSING: "open",
         State.NOT_NEEDED: "later", LINKED: "half"}  # fmt: skip
WORDS: dict[str, StrOrPromise] = {
    State.PROVED: _("Proved"), State.CONTESTED: _("Contested"), State.MISSING: _("Missing"),
    State.NOT_NEEDED: _("Not needed"), LINKED: _("Not judged"),
}  # fmt: skip
COMES_ALONE = frozenset({"admission", "fact", "certificate"})  # without a witness who speaks to it
REPLACED, WITHDRAWN = "replaced", "withdrawn"


@dataclass(frozen=True)
class Piece:
    """A piece of evidence in a cell, with the witness who brings it in."""

    key: str  # the kind and the key of the thing
    kind: pieces.Kind
    thing: Any
    words: str
    url: str
    note: str
    witness: Witness | None
    links: tuple[int, ...]
    fault: str  # replaced or withdrawn since it was linked
    by: Any
    at: Any

    @property
    def is_brought_in(self) -> bool:
        """Whether somebody brings it in, or nobody need."""
        return self.witness is not None or self.kind.field in COMES_ALONE


@dataclass(frozen=True)
class Cell:
    """One element against one accused, or against all of a count where it is the same for all."""

    element: Element
    charge: Charge
    charges: tuple[Charge, ...]
    state: str
    pieces: tuple[Piece, ...]
    judgement: ProofJudgement | None

    @property
    def key(self) -> str:
        return f"{self.charge.pk}-{self.element.pk}"

    @property
    def mark(self) -> str:
        return MARKS[self.state]

    @property
    def word(self) -> StrOrPromise:
        return WORDS[self.state]

    @property
    def is_missing(self) -> bool:
        return self.state == State.MISSING

    @property
    def is_shared(self) -> bool:
        """Whether it stands for all that are charged with the count."""
        return not self.element.is_personal


@dataclass(frozen=True)
class Row:
    element: Element
    cells: tuple[Cell, ...]  # one for each accused; one alone where it is the same for all
    span: int


@dataclass(frozen=True)
class CountMatrix:
    count: Count
    charges: tuple[Charge, ...]
    rows: tuple[Row, ...]

    @property
    def accused(self) -> tuple[Accused, ...]:
        return tuple(charge.accused for charge in self.charges)

    @property
    def cells(self) -> list[Cell]:
        return [cell for row in self.rows for cell in row.cells]

    @property
    def has_points(self) -> bool:
        return bool(self.rows)

    @property
    def foot(self) -> list[dict[str, int]]:
        """For each accused how many points stand in which state, shared ones included."""
        made = []
        for charge in self.charges:
            of = [c for c in self.cells if c.is_shared or c.charge == charge]
            made.append(numbers(of) | {"accused": charge.accused.number})
        return made

    @property
    def is_decided(self) -> bool:
        return all(charge.decision for charge in self.charges)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Matrix:
    proceeding: Proceeding
    counts: tuple[CountMatrix, ...]

    @property
    def cells(self) -> list[Cell]:
        return [cell for one in self.counts for cell in one.cells]

    @property
    def numbers(self) -> dict[str, int]:
        return numbers(self.cells)

    @property
    def accused(self) -> list[Accused]:
        found = {person.pk: person for one in self.counts for person in one.accused}
        return sorted(found.values(), key=lambda person: person.number)

    @property
    def pieces(self) -> list[Piece]:
        return [piece for cell in self.cells for piece in cell.pieces]

    def cell(self, key: str) -> Cell | None:
        return next((cell for cell in self.cells if cell.key == key), None)

    def of(self, accused: int | None) -> "Matrix":
        """The same for one accused only; None for all."""
        if accused is None:
            return self
        kept = [_only(one, accused) for one in self.counts]
        return Matrix(self.proceeding, tuple(one for one in kept if one.charges))


def numbers(cells: Iterable[Cell]) -> dict[str, int]:
    found = Counter(cell.state for cell in cells)
    return {state: found[state] for state in MARKS} | {"all": sum(found.values())}


def _only(one: CountMatrix, accused: int) -> CountMatrix:
    charges = tuple(charge for charge in one.charges if charge.accused.number == accused)
    keys = {charge.pk for charge in charges}
    rows = []
    for row in one.rows:
        cells = tuple(c for c in row.cells if c.is_shared or c.charge.pk in keys)
        rows.append(Row(row.element, cells, len(charges) if row.span > 1 else row.span))
    return CountMatrix(one.count, charges, tuple(rows) if charges else ())


def of(proceeding: Proceeding, read: Reading) -> Matrix:
    """The matrix of one trial, draft counts included."""
    return of_all([proceeding], read)[0]


def of_all(proceedings: Sequence[Proceeding], read: Reading) -> list[Matrix]:
    """The matrices of these trials, in their order."""
    charges = _charges(proceedings, read)
    elements = _elements(charges)
    links = _links(charges, read)
    judged = _judgements(charges, read)
    made = []
    for proceeding in proceedings:
        own = [one for one in charges if _is_tried(one, proceeding)]
        by_count: dict[int, list[Charge]] = {}
        for charge in own:
            by_count.setdefault(charge.count_id, []).append(charge)
        counts = tuple(_count(group, elements, links, judged) for group in by_count.values())
        made.append(Matrix(proceeding, counts))
    return made


def _is_tried(charge: Any, proceeding: Proceeding) -> bool:
    """Where its trial is; once it is sent back, in the retrial that follows it."""
    trial = charge.tried_in_id or charge.count.charge_sheet.proceeding_id
    if proceeding.kind == Proceeding.Kind.RETRIAL:
        return bool(charge.decision == Outcome.Decision.RETRIAL)
    return bool(trial == proceeding.pk)


def _charges(proceedings: Sequence[Proceeding], read: Reading) -> list[Charge]:
    """The charges tried here, drafts included, without those that another count replaced."""
    here = [one.pk for one in proceedings]
    cases = [one.case_id for one in proceedings if one.kind == Proceeding.Kind.RETRIAL]
    sheet = "count__charge_sheet__proceeding"
    own = Q(tried_in__in=here) | Q(tried_in__isnull=True, **{f"{sheet}__in": here})
    own |= Q(decision=Outcome.Decision.RETRIAL, **{f"{sheet}__case__in": cases})
    current = Outcome.objects.current().filter(charge=OuterRef("pk"))
    related = ("accused", "count__provision", "count__taxon", f"{sheet}__case")
    things = Prefetch("count__exhibits", read(Exhibit.objects).order_by("pk"), "seen")
    rows = (
        read(Charge.objects)
        .annotate(decision=Subquery(current.values("decision")[:1]))
        .filter(own)
        .exclude(standing.substituted())
        .select_related(*related)
        .prefetch_related(things)
        .order_by("count__number", "count__charge_sheet__version", "count", "accused__number")
    )
    return list(rows)


def _elements(charges: Sequence[Charge]) -> list[Element]:
    templates = {charge.count.provision.proof_template for charge in charges} - {""}
    return list(Element.objects.filter(template__in=templates).order_by("position", "code"))


def in_force(element: Element, count: Count) -> bool:
    """Whether a count's law asks for this element, as it was on the day of the offence."""
    day = count.offence_on
    return (
        element.template == count.provision.proof_template
        and (element.valid_from is None or element.valid_from <= day)
        and (element.valid_to is None or element.valid_to >= day)
    )


Keyed = dict[tuple[int, int], list[Any]]  # count and element


def _links(charges: Sequence[Charge], read: Reading) -> Keyed:
    counts = {charge.count_id for charge in charges}
    if not counts:
        return {}
    rows = (
        read(ProofLink.objects)
        .filter(pieces.visible(read), charge__count__in=counts)
        .filter(removed_by__isnull=True, removes__isnull=True)
        .annotate(**_later(read))
        .select_related("charge", *pieces.related())
        .order_by("pk")
    )
    return _keyed(rows)


def _later(read: Reading) -> dict[str, Any]:
    """What stands in the place of a linked thing, as far as the reader may know of it."""
    made: dict[str, Any] = {}
    for field in ("statement", "certificate", "admission", "report"):
        later = read(pieces.BY_FIELD[field].model.objects).filter(supersedes=OuterRef(field))
        made[f"later_{field}"] = Subquery(later.values("pk")[:1])
        if field != "report":
            made[f"gone_{field}"] = Subquery(later.values("is_withdrawn")[:1])
    return made


def _judgements(charges: Sequence[Charge], read: Reading) -> Keyed:
    counts = {charge.count_id for charge in charges}
    if not counts:
        return {}
    rows = (
        read(ProofJudgement.objects)
        .filter(charge__count__in=counts, successor__isnull=True)
        .select_related("charge", "recorded_by")
        .order_by("pk")
    )
    return _keyed(rows)


def _keyed(rows: Iterable[Any]) -> Keyed:
    found: Keyed = {}
    for row in rows:
        found.setdefault((row.charge.count_id, row.element_id), []).append(row)
    return found


def _count(
    charges: list[Charge], elements: Sequence[Element], links: Keyed, judged: Keyed
) -> CountMatrix:
    count = charges[0].count
    rows = []
    for element in elements:
        if not in_force(element, count):
            continue
        key = (count.pk, element.pk)
        own, said = links.get(key, []), judged.get(key, [])
        if element.is_personal:
            cells = tuple(_personal(element, charge, own, said) for charge in charges)
        else:
            cells = (_cell(element, charges, own, said),)
        rows.append(Row(element, cells, 1 if element.is_personal else len(charges)))
    return CountMatrix(count, tuple(charges), tuple(rows))


def _personal(element: Element, charge: Charge, links: list[Any], said: list[Any]) -> Cell:
    mine = [row for row in links if row.charge_id == charge.pk]
    return _cell(element, [charge], mine, [row for row in said if row.charge_id == charge.pk])


def _cell(
    element: Element, charges: Sequence[Charge], links: list[ProofLink], said: list[ProofJudgement]
) -> Cell:
    found = _pieces(charges[0].count.charge_sheet.proceeding.case, links)
    judgement = said[-1] if said else None
    state = judgement.state if judgement else LINKED if found else State.MISSING
    return Cell(element, charges[0], tuple(charges), str(state), found, judgement)


def _pieces(case: Case, links: Iterable[ProofLink]) -> tuple[Piece, ...]:
    """One piece for each thing, however many charges it is linked to."""
    grouped: dict[str, list[ProofLink]] = {}
    for link in links:
        kind = pieces.kind_of(link)
        grouped.setdefault(f"{kind.field}-{getattr(link, f'{kind.field}_id')}", []).append(link)
    return tuple(_piece(case, key, rows) for key, rows in grouped.items())


def _piece(case: Case, key: str, links: list[ProofLink]) -> Piece:
    link = links[-1]
    kind = pieces.kind_of(link)
    thing = getattr(link, kind.field)
    witness = link.witness or (thing.witness if kind.field == "statement" else None)
    return Piece(
        key, kind, thing, kind.words(thing), kind.url(case, thing), link.note, witness,
        tuple(row.pk for row in links), _fault(link, kind.field), link.recorded_by,
        link.recorded_at,
    )  # fmt: skip


def _fault(link: Any, field: str) -> str:
    """What happened to it since: a later row took it back, or stands in its place."""
    if getattr(link, f"later_{field}", None) is None:
        return ""
    return WITHDRAWN if getattr(link, f"gone_{field}", False) else REPLACED
