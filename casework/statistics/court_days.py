"""Days in court: what became of them, why they were adjourned, and how many a case took."""

from collections import Counter
from dataclasses import replace

from casework.cohorts import Cohort, Dimension, Question, Unit
from casework.metrics import FEWEST, Rate
from casework.models import Code
from casework.statistics import engine
from casework.statistics.asked import Row, reduce
from casework.statistics.journeys import spread
from casework.statistics.members import Members
from casework.statistics.scope import Scope
from casework.statistics.shapes import Adjournments, Hearings, Share

STATES = ("held", "adjourned", "vacated", "listed")


class Days(Members):
    """Hearings `h` up to the day asked about instead of members; years are those of the hearing.

    Courts are those that sat, so that a hearing of an appeal counts for the court of appeal.
    """

    def __init__(self, question: Question, scope: Scope) -> None:
        super().__init__(replace(question, unit=Unit.CASES, cohort=Cohort.SEIZED), scope)

    def _tables(self) -> list[str]:
        return [*dict.fromkeys([*super()._tables(), "hearings", "proceedings"])]

    def tables_before(self) -> str:
        """What each court file adds to its hearings is found once, not for each of them."""
        joins = "".join(self._join(p) for p in sorted(self.places) if p != Dimension.COURT)
        places = "".join(f", {self._place(p)} AS place_{p}" for p in sorted(self.places))
        return f"""{self._mine()}, {self._begun()}, tried AS MATERIALIZED (
            SELECT p.id AS trial, k.id, k.tier{places} FROM {self.table("proceedings")} p
            JOIN begun k ON k.id = p.case_id{joins}
        )"""

    def source(self) -> str:
        tried = f"{engine.in_order()} tried k ON k.trial = h.proceeding_id"
        return f"{self.table('hearings')} h {tried}"

    def in_cohort(self) -> str:
        return f"{engine.unindexed('h.starts_at')} < %(end)s"

    def year(self) -> str:
        return engine.year(engine.day("h.starts_at"))

    def _place(self, dimension: Dimension) -> str:
        return "p.court_id" if dimension == Dimension.COURT else super().place(dimension)

    def place(self, dimension: Dimension) -> str:
        return f"k.place_{dimension}"


def adjournments(question: Question, scope: Scope) -> Adjournments:
    """Hearings by what became of them, and the adjourned ones by cause and by side."""
    found = reduce(Days(question, scope), ["h.state", "h.adjournment_reason_id", "h.side"])
    states, causes, sides = _counted(found.rows)
    sat = states["held"] + states["adjourned"]
    if found.is_hidden:
        nothing = Rate(None, None)
        return Adjournments(question, (), (), (), nothing, found.n, is_hidden=True)
    return Adjournments(
        question,
        tuple(Share(state, _rate(states[state], found.n)) for state in STATES),
        _by_cause(causes, states["adjourned"]),
        tuple(Share(side, _rate(n, states["adjourned"]), side) for side, n in sides.most_common()),
        _rate(states["adjourned"], sat),
        found.n,
        is_hidden=False,
    )


def _counted(
    rows: tuple[Row, ...],
) -> tuple[Counter[str], Counter[tuple[int, str]], Counter[str]]:
    states, causes, sides = Counter[str](), Counter[tuple[int, str]](), Counter[str]()
    for state, cause, side, n in rows:
        states[state] += n
        if state == "adjourned":
            causes[cause or 0, side] += n
            sides[side] += n
    return states, causes, sides


def _by_cause(causes: Counter[tuple[int, str]], adjourned: int) -> tuple[Share, ...]:
    names = dict(Code.objects.filter(pk__in=[key for key, _s in causes]).values_list("pk", "code"))
    return tuple(
        Share(names.get(key, ""), _rate(n, adjourned), side)
        for (key, side), n in sorted(causes.items(), key=lambda one: (-one[1], one[0]))
    )


def _rate(part: int, whole: int) -> Rate:
    return Rate(part, whole) if whole >= FEWEST or not whole else Rate(None, whole)


def hearings(question: Question, scope: Scope) -> Hearings:
    """Hearings held or adjourned until the day asked about, of each case in which somebody is
    charged."""
    asked = replace(question, unit=Unit.CASES)
    source = Sat(asked, scope)
    found = reduce(
        source, ["CAST(CASE WHEN u.case_id IS NULL THEN -1 ELSE coalesce(sat.n, 0) END AS integer)"]
    )
    seen: Counter[int] = Counter()
    for number, n in found.rows:
        seen[number] += n
    del seen[-1]
    per_case = spread("hearings", seen, is_hidden=found.is_hidden)
    return Hearings(asked, per_case, per_case.n)


class Sat(Members):
    """Cases with how often a court sat on them."""

    def _tables(self) -> list[str]:
        return [*dict.fromkeys([*super()._tables(), "hearings", "proceedings"])]

    def source(self) -> str:
        return f"""{super().source()} LEFT JOIN (
            SELECT p.case_id, sum(in_trial.n) AS n FROM (
                SELECT h.proceeding_id, count(*) AS n FROM {self.table("hearings")} h
                WHERE {engine.unindexed("h.starts_at")} < %(end)s
                    AND h.state IN ('held', 'adjourned')
                GROUP BY h.proceeding_id
            ) in_trial JOIN {self.table("proceedings")} p ON p.id = in_trial.proceeding_id
            GROUP BY p.case_id
        ) sat ON sat.case_id = k.id"""
