"""The members of a cohort in SQL: one row for each seizure, case, accused or count, made by the
database and reduced there, so that a hundred thousand cases become a few hundred cells.

The rules are those of cohorts.py, which tests hold against it member by member.
"""

from collections.abc import Sequence
from typing import Any

from casework.cohorts import Cohort, Dimension, Question, Unit
from casework.statistics import engine, known, units
from casework.statistics.scope import Scope
from casework.statistics.units import NO_FINDING, TRIED, Extra

CONSTANT = ("0", "1", "''")
FILTERS = {
    Dimension.AGENCY: "agencies",
    Dimension.COURT: "courts",
    Dimension.SPECIES: "species",
    Dimension.PORT: "ports",
}


class Members:
    """The statement that makes the members of one question; `select` reduces them."""

    def __init__(self, question: Question, scope: Scope, *, by: Dimension | None = None) -> None:
        self.question, self.scope = question, scope
        self.asked = {name for name in FILTERS if getattr(question, FILTERS[name])}
        self.places = self.asked | ({by} if by in FILTERS else set())
        self.changed = known.changed_since(question.known_at, self._tables())
        self.params: engine.Params = {
            "known": question.known_at,
            "as_at": question.as_at,
            "end": engine.end_of(question.as_at),
            **scope.params,
        }
        self.extra = Extra()  # columns and joins that some panels need
        self.extra_from = ""
        self.has_beginning = self._asks_beginning()

    def _tables(self) -> list[str]:
        names = ["cases", "seizures"]
        names += ["items"] if Dimension.SPECIES in self.places else []
        return names + (["proceedings"] if Dimension.COURT in self.places else [])

    def _asks_beginning(self) -> bool:
        """Whether it matters when and with which seizure a case began; seizures know it."""
        places = self.places & {Dimension.SPECIES, Dimension.PORT}
        is_by_day = self.question.cohort == Cohort.SEIZED
        return self.question.unit != Unit.SEIZURES and (is_by_day or bool(places))

    def table(self, name: str) -> str:
        return known.table(name, self.changed)

    def select(
        self, columns: Sequence[str], *, where: str = "", totals: Sequence[str] | None = ()
    ) -> str:
        """Columns of unit `u`, case `k` and the places, grouped by; then totals and the number.

        `totals` None does not group.
        """
        return f"WITH {self.tables_before()} {self.body(columns, where=where, totals=totals)}"

    def body(
        self, columns: Sequence[str], *, where: str = "", totals: Sequence[str] | None = ()
    ) -> str:
        """The same without the tables it reads from."""
        conditions = " AND ".join([self.in_cohort(), *([where] if where else [])])
        tail = f"FROM {self.source()} WHERE {conditions}"
        if totals is None:
            return f"SELECT {', '.join(columns)} {tail}"
        grouped = [str(n + 1) for n, column in enumerate(columns) if column not in CONSTANT]
        places = ", ".join(grouped or ["1"])
        return f"SELECT {', '.join([*columns, *totals, 'count(*)'])} {tail} GROUP BY {places}"

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return engine.rows(sql, self.params)

    # What became of each line of charges, and of each unit

    def tables_before(self) -> str:
        extra = self.extra + TRIED if Dimension.COURT in self.places else self.extra
        return f"{self._mine()}, {self._begun()}, {units.tables(self.question.unit, extra)}"

    def _mine(self) -> str:
        """The cases this person counts; who may count is asked of the case as it is now."""
        if "cases" not in self.changed:
            return (
                "mine AS (SELECT c.id, c.tier, c.status, c.agency_id, c.created_at"
                f" FROM casework_case c WHERE {self.scope.where})"
            )
        return (
            "mine AS (SELECT then_.* FROM casework_case c"
            f" JOIN {self.table('cases')} then_ ON then_.id = c.id WHERE {self.scope.where})"
        )

    def _begun(self) -> str:
        """Each case with the moment it began: its first seizure, or its opening without one."""
        if not self.has_beginning:
            return "begun AS (SELECT * FROM mine)"
        return f"""begun AS (
            SELECT m.id, m.tier, m.status, m.agency_id, s.first_seizure,
                CASE WHEN s.case_id IS NOT NULL THEN s.seized_at
                     WHEN m.created_at < %(end)s THEN m.created_at END AS began
            FROM mine m LEFT JOIN (
                SELECT case_id, min(CASE WHEN seized_at < %(end)s THEN seized_at END) AS seized_at,
                    min(CASE WHEN seized_at < %(end)s THEN id END) AS first_seizure
                FROM {self.table("seizures")} known_seizure
                WHERE recorded_at <= %(known)s GROUP BY case_id
            ) s ON s.case_id = m.id
        )"""

    # Where they are read from

    def source(self) -> str:
        source = self._units()
        return (
            source + "".join(self._join(place) for place in sorted(self.places)) + self.extra_from
        )

    def _units(self) -> str:
        """Units with their cases, and what is not charged where it belongs to the cohort."""
        unit, order = self.question.unit, engine.in_order()
        charged = f"unit u {order} begun k ON k.id = u.case_id"
        if unit in (Unit.ACCUSED, Unit.COUNTS):
            return charged
        is_whole = self.question.cohort == Cohort.SEIZED
        if unit == Unit.CASES:
            return "begun k LEFT JOIN unit u ON u.case_id = k.id" if is_whole else charged
        seizures = self.table("seizures")
        if not is_whole:
            return f"{charged} JOIN {seizures} s ON s.case_id = k.id"
        return f"""{seizures} s {order} begun k ON k.id = s.case_id
            LEFT JOIN unit u ON u.case_id = s.case_id"""

    def _join(self, place: Dimension) -> str:
        first = "s.id" if self.question.unit == Unit.SEIZURES else "k.first_seizure"
        if place == Dimension.PORT and self.question.unit != Unit.SEIZURES:
            return f" LEFT JOIN {self.table('seizures')} fs ON fs.id = k.first_seizure"
        if place == Dimension.SPECIES:
            items = self.table("items")
            return (
                f" LEFT JOIN (SELECT seizure_id, min(id * {units.PLACE} + taxon_id) AS item"
                f" FROM {items} i0 WHERE taxon_id IS NOT NULL GROUP BY seizure_id) named"
                f" ON named.seizure_id = {first}"
            )
        if place == Dimension.COURT:
            return f" LEFT JOIN {self.table('proceedings')} fp ON fp.id = {units.FIRST_TRIAL}"
        return ""

    def place(self, dimension: Dimension) -> str:
        """The key by which a member belongs to a group; 0 for none."""
        own_port = "s" if self.question.unit == Unit.SEIZURES else "fs"
        column = {
            Dimension.AGENCY: "k.agency_id",
            Dimension.COURT: "fp.court_id",
            Dimension.SPECIES: units.second("named.item"),
            Dimension.PORT: f"{own_port}.port_id",
        }[dimension]
        return f"coalesce({column}, 0)"

    # Whether, when and where they belong

    def in_cohort(self) -> str:
        unit, cohort = self.question.unit, self.question.cohort
        is_known = list[str]()
        if unit == Unit.SEIZURES:
            is_known = ["s.recorded_at <= %(known)s", "s.seized_at < %(end)s"]
        if unit == Unit.COUNTS:
            is_known = [f"u.last_rank <> {NO_FINDING}"]
        return " AND ".join([*is_known, f"{self.cohort_day(cohort)} IS NOT NULL"])

    def cohort_day(self, cohort: Cohort) -> str:
        if cohort == Cohort.FILED:
            return "u.filed"
        if cohort == Cohort.CONCLUDED:
            return "u.concluded"
        return "s.seized_at" if self.question.unit == Unit.SEIZURES else "k.began"

    def year(self) -> str:
        column = self.cohort_day(self.question.cohort)
        is_moment = self.question.cohort == Cohort.SEIZED
        return engine.year(engine.day(column) if is_moment else column)

    def passes(self, place: Dimension) -> str:
        """1 where a member passes the question's filter on this place."""
        keys = sorted(getattr(self.question, FILTERS[place]))
        listed = ", ".join(str(int(key)) for key in keys)
        return f"CASE WHEN {self.place(place)} IN ({listed}) THEN 1 ELSE 0 END"

    def conditions(self) -> dict[Dimension, str]:
        """Each part of the question that leaves somebody out, as a condition."""
        question, found = self.question, dict[Dimension, str]()
        if question.tiers:
            names = {f"tier{n}": tier for n, tier in enumerate(sorted(question.tiers))}
            self.params.update(names)
            found[Dimension.TIER] = f"k.tier IN ({', '.join(f'%({name})s' for name in names)})"
        if question.first_year or question.last_year:
            first, last = question.first_year or 0, question.last_year or 9999
            found[Dimension.YEAR] = f"{self.year()} BETWEEN {int(first)} AND {int(last)}"
        found.update({place: f"{self.passes(place)} = 1" for place in sorted(self.asked)})
        return found
