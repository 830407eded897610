"""The court record of a case as pages, the dossier and figures read it: frozen, in few queries.

The first decision on a charge is the first instance's; the last is what stands now.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count as Number
from django.db.models import Prefetch, QuerySet
from django.http import Http404
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
from casework.procedure import machine, record, standing, words
from casework.procedure.position import Line, is_sentenced, state
from casework.procedure.states import OPEN, State, Step
from casework.sentencing import sentences
from casework.sentencing.term_words import term as term
from casework.sentencing.term_words import words as sentence_words


@dataclass(frozen=True)
class Cell:
    """One count against one accused: what was pleaded, decided and imposed."""

    charge: Charge
    pleas: tuple[Plea, ...]
    outcomes: tuple[Outcome, ...]  # in the order of the record
    line: Line | None = None  # its whole record, where the state is asked for

    @property
    def state(self) -> State | None:
        return state(self.line) if self.line is not None else None

    @property
    def words(self) -> "words.Said | None":
        """The state in words with its mark, where it says more than the last decision."""
        return words.said(self.state) if self.state is not None else None

    @property
    def is_on_appeal(self) -> bool:
        return self.line is not None and bool(self.line.pending)

    @property
    def has_alternative(self) -> bool:
        """Whether its count is charged beside another, in the alternative."""
        count = self.charge.count
        return count.alternative_to_id is not None or bool(count.alternatives.all())

    def allows(self, step: Step) -> bool:
        """Whether the state machine has this step for the charge now."""
        return self.state is not None and machine.refusal(self.state, step) is None

    def is_before(self, court: Proceeding) -> bool:
        """Whether this court has still to decide on the charge."""
        if self.line is None or self.state is None:
            return False
        if court.kind == Proceeding.Kind.APPEAL:
            return any(one.court == court.pk for one in self.line.pending)
        return self.state in OPEN and court.pk in self.line.courts

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
        if self.outcome is None or not self.is_convicted or hasattr(self.outcome, "sentence"):
            return False
        if self.line is None or self.outcome.is_correction:
            return True
        return not is_sentenced(self.line)

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
    """Counts against accused: of one charge sheet, or as they stand before one court."""

    sheet: ChargeSheet  # the last one that was filed
    proceeding: Proceeding
    accused: tuple[Accused, ...]
    rows: tuple[Row, ...]
    is_as_it_stands: bool = False

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
        "proceeding", "proceeding__court", "filed_by", "amends"
    ).prefetch_related(
        Prefetch("counts", queryset=Count.objects.select_related(
            "provision", "replaces__charge_sheet", "alternative_to"
        )),
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


def _cell(charge: Charge, line: Line | None = None) -> Cell:
    return Cell(charge, tuple(charge.pleas.all()), tuple(charge.outcomes.all()), line)


def _drafts(proceedings: Iterable[Proceeding]) -> list[Sheet]:
    return [sheet for sheet in sheets(proceedings) if not sheet.is_filed]


def of_case(case: Case) -> list[Sheet]:
    """The charges of a case as they stand, trial by trial, each followed by its draft."""
    trials = list(case.proceedings.filter(kind=Proceeding.Kind.TRIAL).select_related("court"))
    found = _by_place(case, standing.of_case(case))
    drafts = _drafts(trials)
    result = []
    for trial in sorted(trials, key=lambda one: (one.opened_on, one.pk)):
        if trial.pk in found:
            result.append(_stands(trial, found[trial.pk]))
        result += [sheet for sheet in drafts if sheet.proceeding.pk == trial.pk]
    return result


def before(court: Proceeding) -> list[Sheet]:
    """The charges before one court as they stand now, and the draft of a trial."""
    cells = [
        cell
        for group in _by_place(court.case, standing.live_charges(court)).values()
        for cell in group
    ]
    drafts = _drafts([court]) if court.kind == Proceeding.Kind.TRIAL else []
    return [_stands(court, cells), *drafts] if cells else drafts


def _by_place(case: Case, charges: "QuerySet[Charge]") -> dict[int, list[Cell]]:
    """The cells of these charges by the trial that they are tried in."""
    lines = record.lines_of(case)
    rows = _charges().filter(pk__in=charges.values("pk")).select_related(
        "accused", "count__provision", "count__charge_sheet", "count__replaces__charge_sheet",
        "count__charge_sheet__filed_by", "count__alternative_to",
    ).prefetch_related("count__alternatives")  # fmt: skip
    found: dict[int, list[Cell]] = defaultdict(list)
    for charge in rows:
        found[lines[charge.pk].place].append(_cell(charge, lines[charge.pk]))
    return found


def _stands(proceeding: Proceeding, cells: list[Cell]) -> Sheet:
    people = sorted({cell.charge.accused for cell in cells}, key=lambda one: one.number)
    counts = sorted(
        {cell.charge.count for cell in cells},
        key=lambda one: (one.number, one.charge_sheet_id),
    )
    by = {(cell.charge.count_id, cell.charge.accused_id): cell for cell in cells}
    rows = tuple(
        Row(count, tuple(by.get((count.pk, one.pk)) for one in people)) for count in counts
    )
    last = max((count.charge_sheet for count in counts), key=lambda one: (one.filed_on, one.pk))
    return Sheet(last, proceeding, tuple(people), rows, is_as_it_stands=True)


def get_count(trial: Proceeding, number: int) -> Count:
    """A count of a trial by its number, or a 404: of the draft first, else as it stands."""
    drafted = Count.objects.filter(charge_sheet__proceeding=trial, charge_sheet__filed_on=None)
    rows = (drafted.filter(number=number), standing.live_counts(trial).filter(number=number))
    for found in rows:
        count = found.select_related("charge_sheet__proceeding", "provision", "taxon").first()
        if count is not None:
            count.charge_sheet.proceeding.case = trial.case
            return count
    raise Http404


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
