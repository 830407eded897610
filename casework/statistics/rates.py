"""Cells of a cohort from the database, and the rates made of them."""

from collections.abc import Sequence

from casework import metrics
from casework.cohorts import Dimension, Question, State
from casework.metrics import Cell, Figures, Line
from casework.models import Case
from casework.statistics import units
from casework.statistics.members import FILTERS, Members
from casework.statistics.scope import Scope
from casework.statistics.shapes import Breakdown

TIERS = tuple(str(tier) for tier in Case.Tier.values)
STATES = {
    units.CONVICTED: State.CONVICTED,
    units.OPEN: State.PENDING,
    units.NOT_CONVICTED: State.NOT_CONVICTED,
    units.WITHDRAWN: State.WITHDRAWN,
    units.ABATED: State.ABATED,
    units.NO_FINDING: State.NOT_CONVICTED,
}


def figures(question: Question, scope: Scope) -> Figures:
    """The rates, and that of everything seized."""
    wider = metrics.wider(question)
    everyone = cells(question, scope)
    is_same = (wider.unit, wider.cohort) == (question.unit, question.cohort)
    seized = everyone if is_same else cells(wider, scope)
    return metrics.figures(everyone, seized, question, TIERS)


def total(question: Question, scope: Scope) -> Line:
    """The rates of all that the question covers, without its groups."""
    return metrics.total(cells(question, scope), question)


def breakdown(question: Question, by: Dimension, scope: Scope) -> Breakdown:
    everyone = cells(question, scope, by=by)
    if by == Dimension.TIER:
        lines = metrics.figures(everyone, (), question, TIERS).by_tier
    elif by == Dimension.YEAR:
        lines = metrics.breakdown(everyone, question, by, lambda cell: str(cell.year))
    else:
        lines = metrics.breakdown(everyone, question, by, lambda cell: cell.key)
    return Breakdown(question, by, lines)


def cells(question: Question, scope: Scope, *, by: Dimension | None = None) -> Sequence[Cell]:
    """Everyone in the cohort, of all tiers, years and places, by what became of them."""
    source = Members(question, scope, by=by)
    others = sorted(source.asked - {by})
    rows = source.rows(source.select(_columns(source, by)))
    return [_cell(row, others, has_key=by in FILTERS) for row in rows]


def _columns(source: Members, by: Dimension | None = None) -> list[str]:
    others = sorted(source.asked - {by})
    key = source.place(by) if by in FILTERS else "0"
    passed = [source.passes(place) for place in others]
    return ["k.tier", source.year(), first_rank(), last_rank(), is_gone(), key, *passed]


def first_rank() -> str:
    return "coalesce(u.first_rank, 0)"


def last_rank() -> str:
    return "coalesce(u.last_rank, 0)"


def is_gone() -> str:
    """Only of those still open."""
    return f"CASE WHEN u.last_rank = {units.OPEN} THEN u.is_gone ELSE 0 END"


def _cell(row: Sequence[object], others: list[Dimension], *, has_key: bool) -> Cell:
    tier, year, first, last, gone, key, *passed, n = row
    out = frozenset(place for place, is_in in zip(others, passed, strict=True) if not is_in)
    name = str(key or "") if has_key else ""
    return Cell(str(tier), int(str(year)), state(first), state(last, gone), int(str(n)), name, out)


def state(rank: object, gone: object = 0) -> State:
    """What became of a member, from the rank that its decisions have together."""
    found = STATES.get(int(str(rank)), State.NOT_CHARGED)
    return State.ABSCONDED if gone and found == State.PENDING else found
