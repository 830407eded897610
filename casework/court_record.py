"""The court record of a case as pages, the dossier and figures read it: frozen, in few queries.

The first decision on a charge is the first instance's; the last is what stands now.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count as Number
from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from casework.models import (
    Accused,
    BailDecision,
    Case,
    Charge,
    ChargeSheet,
    Count,
    Outcome,
    Plea,
    Proceeding,
    Sentence,
)
from casework.sentencing import sentences
from casework.sentencing.term_words import term as term
from casework.sentencing.term_words import words as sentence_words


@dataclass(frozen=True)
class Cell:
    """One count against one accused: what was pleaded, decided and imposed."""

    charge: Charge
    pleas: tuple[Plea, ...]
    outcomes: tuple[Outcome, ...]  # in the order of the record

    @property
    def plea(self) -> Plea | None:
        return self.pleas[-1] if self.pleas else None

    @property
    def outcome(self) -> Outcome | None:
        return self.outcomes[-1] if self.outcomes else None

    @property
    def earlier(self) -> tuple[Outcome, ...]:
        """Decisions that no longer stand, the first one first."""
        return self.outcomes[:-1]

    @property
    def is_convicted(self) -> bool:
        return self.outcome is not None and self.outcome.decision in Outcome.CONVICTIONS

    @property
    def sentence(self) -> Sentence | None:
        """The sentence in force: of the last conviction, unless the conviction fell."""
        return sentences.in_force(list(self.outcomes))

    @property
    def fallen_sentences(self) -> list[str]:
        """In words: sentences that a later decision or a correction took the ground from."""
        return [sentence_words(row) for row in sentences.fallen(list(self.outcomes))]

    @property
    def sentence_words(self) -> str:
        return sentence_words(self.sentence) if self.sentence else ""

    @property
    def may_be_sentenced(self) -> bool:
        return self.is_convicted and getattr(self.outcome, "sentence", None) is None

    @property
    def mark(self) -> str:
        """The shape that the state of this charge is drawn as."""
        if self.outcome is None:
            return "half" if self.pleas else "later"
        return "half" if self.outcome.decision == Outcome.Decision.RETRIAL else "full"


@dataclass(frozen=True)
class Row:
    """A count and its cell per accused of the sheet; None where it does not charge them."""

    count: Count
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class Sheet:
    sheet: ChargeSheet
    proceeding: Proceeding
    accused: tuple[Accused, ...]
    rows: tuple[Row, ...]

    @property
    def cells(self) -> list[Cell]:
        return [cell for row in self.rows for cell in row.cells if cell is not None]

    @property
    def is_filed(self) -> bool:
        return self.sheet.filed_on is not None


def sheets(proceedings: Iterable[Proceeding]) -> list[Sheet]:
    """The charge sheets of these proceedings with all that was pleaded and decided on them."""
    rows = ChargeSheet.objects.filter(proceeding__in=list(proceedings))
    return [_sheet(sheet) for sheet in rows.select_related(
        "proceeding", "proceeding__court", "filed_by"
    ).prefetch_related(
        Prefetch("counts", queryset=Count.objects.select_related("provision")),
        Prefetch("counts__charges", queryset=_charges()),
    )]  # fmt: skip


def _charges() -> "QuerySet[Charge]":
    outcomes = Outcome.objects.select_related(
        "sentence__after__outcome__charge__count", "proceeding", "proceeding__court", "recorded_by"
    ).order_by("pk")
    charges: QuerySet[Charge] = (
        Charge.objects.select_related("accused")
        .order_by("accused__number")
        .prefetch_related(
            Prefetch("pleas", queryset=Plea.objects.order_by("entered_on", "pk")),
            Prefetch("outcomes", queryset=outcomes),
        )
    )
    return charges


def _sheet(sheet: ChargeSheet) -> Sheet:
    counts = list(sheet.counts.all())
    found = {charge.accused for count in counts for charge in count.charges.all()}
    accused = tuple(sorted(found, key=lambda person: person.number))
    rows = tuple(Row(count, _cells(count, accused)) for count in counts)
    return Sheet(sheet, sheet.proceeding, accused, rows)


def _cells(count: Count, accused: tuple[Accused, ...]) -> tuple[Cell | None, ...]:
    charged = {charge.accused_id: charge for charge in count.charges.all()}
    cells = []
    for person in accused:
        charge = charged.get(person.pk)
        if charge is not None:
            charge.count = count  # already read: spares a query per cell
        cells.append(_cell(charge) if charge is not None else None)
    return tuple(cells)


def _cell(charge: Charge) -> Cell:
    return Cell(charge, tuple(charge.pleas.all()), tuple(charge.outcomes.all()))


def of_case(case: Case) -> list[Sheet]:
    """All charge sheets of a case, drafts included, in the order of their proceedings."""
    return sheets(Proceeding.objects.filter(case=case).order_by("opened_on", "pk"))


def get_proceeding(case: Case, pk: int) -> Proceeding:
    """A proceeding of a case already authorised, or a 404."""
    rows = Proceeding.objects.select_related("court", "parent", "parent__court", "prosecutor")
    proceeding = get_object_or_404(rows, case=case, pk=pk)
    proceeding.case = case
    return proceeding


def proceedings_of(case: Case) -> "QuerySet[Proceeding]":
    """The proceedings of a case with the number of their hearings."""
    rows: QuerySet[Proceeding] = (
        case.proceedings.select_related("court", "parent", "parent__court", "prosecutor")
        .annotate(hearing_count=Number("hearings", distinct=True))
        .order_by("opened_on", "pk")
    )
    return rows


def accused_of(case: Case) -> "QuerySet[Accused]":
    """The accused of a case, each with the last decision on bail as `bail_now`."""
    bail = BailDecision.objects.select_related("decision").order_by("-decided_on", "-pk")
    rows: QuerySet[Accused] = case.accused.select_related("party").prefetch_related(
        Prefetch("bail", queryset=bail, to_attr="bail_decisions")
    )
    return rows
