"""Which acts end which period of the law, and for whom; facts in, periods out. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework.duties.periods import Begun, Limit

ARRAIGNMENT, REMAND, DISCLOSURE = "arraignment", "remand", "disclosure"
APPEAL, PROSECUTION_APPEAL, LIMITATION = "appeal", "prosecution_appeal", "limitation"
LAPSING = frozenset({APPEAL, PROSECUTION_APPEAL})  # rights that end; nobody is late


@dataclass(frozen=True)
class Fact:
    """Something that happened on a day, of one accused, of one proceeding, or of the case."""

    kind: str
    day: date
    accused: int | None = None
    proceeding: int | None = None
    until: date | None = None
    codes: frozenset[str] | None = None  # the only periods it starts; none named: any


@dataclass(frozen=True)
class Rule:
    """The acts that end a period: of the same accused, the same proceeding, or both."""

    ended_by: frozenset[str]
    same: tuple[str, ...]
    is_later: bool = False  # on a later day only: a remand does not end itself


RULES: Mapping[str, Rule] = {
    ARRAIGNMENT: Rule(
        frozenset({"arraigned", "remand", "pleaded", "bailed", "released", "died", "deported"}),
        ("accused",),
    ),
    REMAND: Rule(
        frozenset({"remand", "appeared", "bailed", "released", "absconded", "died", "deported",
                   "decided"}),
        ("accused",), is_later=True,
    ),
    DISCLOSURE: Rule(frozenset({"disclosed"}), ("proceeding",)),
    APPEAL: Rule(frozenset({"appealed_defence"}), ("proceeding", "accused")),
    PROSECUTION_APPEAL: Rule(frozenset({"appealed_prosecution"}), ("proceeding", "accused")),
    LIMITATION: Rule(frozenset({"filed"}), ("proceeding",)),
}  # fmt: skip


@dataclass(frozen=True)
class Law:
    """One row of the law: what starts the period, from when to when that was law."""

    code: str
    label: str
    starts: str
    limit: Limit
    valid_from: date | None = None
    valid_to: date | None = None

    def covers(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


def in_force(laws: Iterable[Law], code: str, day: date) -> Law | None:
    """The row of a period on a day: the youngest of those in force."""
    found = [law for law in laws if law.code == code and law.covers(day)]
    return max(found, key=lambda law: law.valid_from or date.min, default=None)


def begun(facts: Sequence[Fact], laws: Sequence[Law]) -> list[tuple[Begun, Law | None]]:
    """Every period that the facts of one case started, with the row of the law that sets it.

    A remand until a day that the court named runs without a row, too.
    """
    found: dict[tuple[str, date, int | None, int | None], tuple[Begun, Law | None]] = {}
    for fact in facts:
        for code, law in _started(fact, laws):
            limit = law.limit if law else None
            rule = RULES[code]
            period = Begun(
                code, fact.day, limit, fact.accused, fact.proceeding, fact.until,
                tuple(_acts(fact, rule, facts)),
            )  # fmt: skip
            if period.due_on is not None:
                found[code, fact.day, fact.accused, fact.proceeding] = (period, law)
    return list(found.values())


def _started(fact: Fact, laws: Sequence[Law]) -> Iterable[tuple[str, Law | None]]:
    for code in RULES:
        if fact.codes is not None and code not in fact.codes:
            continue
        law = in_force(laws, code, fact.day)
        if law is not None and law.starts == fact.kind:
            yield code, law
        elif code == REMAND and fact.kind == "remand" and fact.until is not None:
            yield code, None


def _acts(start: Fact, rule: Rule, facts: Iterable[Fact]) -> Iterable[date]:
    for act in facts:
        is_after = act.day > start.day or (act.day == start.day and not rule.is_later)
        if is_after and act.kind in rule.ended_by and _concerns(start, act, rule):
            yield act.day


def _concerns(start: Fact, act: Fact, rule: Rule) -> bool:
    """An act that names nobody is of all of them."""
    return all(getattr(act, name) in (None, getattr(start, name)) for name in rule.same)
