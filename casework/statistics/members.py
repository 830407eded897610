"""The members of a cohort in SQL: one row for each seizure, case, accused or count, made by the
database and reduced there, so that a hundred thousand cases become a few hundred cells.

The rules are those of cohorts.py, which tests hold against it member by member.
"""

from collections.abc import Sequence
from typing import Any

from casework.cohorts import Cohort, Dimension, Question, Unit
from casework.statistics import engine, known
from casework.statistics.scope import Scope

# What decides when charges are decided differently: the highest is what became of the whole.
CONVICTED, OPEN, NOT_CONVICTED, WITHDRAWN, ABATED, NO_FINDING = 6, 5, 4, 3, 2, 1
RANKS = {
    "convicted_plea": CONVICTED,
    "convicted_trial": CONVICTED,
    "retrial": OPEN,
    "acquitted": NOT_CONVICTED,
    "no_case": NOT_CONVICTED,
    "dismissed": NOT_CONVICTED,
    "withdrawn": WITHDRAWN,
    "withdrawn_barred": WITHDRAWN,
    "abated": ABATED,
    "no_finding": NO_FINDING,
}
CHARGES = """FROM casework_charge ch
    JOIN casework_accused a ON a.id = ch.accused_id
    JOIN casework_count n ON n.id = ch.count_id
    JOIN casework_chargesheet sheet ON sheet.id = n.charge_sheet_id"""
FILED = """sheet.filed_on <= %(as_at)s AND (sheet.filing_recorded_at <= %(known)s
    OR sheet.filing_recorded_at IS NULL AND sheet.proceeding_id IN (
        SELECT id FROM casework_proceeding WHERE created_at <= %(known)s
    ))"""
IS_GONE = "CASE WHEN ch.accused_id IN (SELECT accused_id FROM gone) THEN 1 ELSE 0 END"
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
        self.name = "unit"  # of the table of units, where a statement has two
        self.extra_from = ""
        self.extra_decision = ""
        self.extra_charge = ""  # the same of one charge, and of those of a line
        self.extra_line = ""  # columns and joins that some panels need
        self.extra_join = ""
        self.extra_unit = ""  # of a group of lines
        self.extra_count = ""  # of one line

    def _tables(self) -> list[str]:
        names = ["cases", "seizures"]
        names += ["items"] if Dimension.SPECIES in self.places else []
        return names + (["proceedings"] if Dimension.COURT in self.places else [])

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
        return ", ".join(
            [self._mine(), self._begun(), self._gone(), self._line(), self.unit_table()]
        )

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

    def _gone(self) -> str:
        """The accused of whom it is last known that they absconded."""
        return """gone AS (
            SELECT accused_id FROM (
                SELECT e.accused_id, e.kind, row_number() OVER (
                    PARTITION BY e.accused_id ORDER BY e.happened_on DESC, e.id DESC
                ) AS place
                FROM casework_accusedevent e
                WHERE e.recorded_at <= %(known)s AND e.happened_on <= %(as_at)s
                    AND NOT e.is_withdrawn
                    AND e.id NOT IN (
                        SELECT supersedes_id FROM casework_accusedevent
                        WHERE supersedes_id IS NOT NULL AND recorded_at <= %(known)s
                    )
                    AND e.accused_id IN (
                        SELECT accused_id FROM casework_accusedevent WHERE kind = 'absconded'
                    )
            ) AS last_known WHERE place = 1 AND kind = 'absconded'
        )"""

    def _line(self) -> str:
        """Charges that stand in one another's place are one line; its first and last decision.

        Most charges are a line by themselves and need not be grouped. The keys are cast for SQLite,
        which finds nothing by an index of its own in a column of no type.
        """
        replacing = "SELECT root_id FROM casework_charge WHERE root_id IS NOT NULL"
        several = f"{replacing} UNION SELECT id FROM casework_charge WHERE root_id IS NOT NULL"
        return f"""line AS (
            SELECT CAST(ch.accused_id AS bigint) AS accused_id,
                CAST(a.case_id AS bigint) AS case_id,
                ch.id AS first_charge, sheet.filed_on AS filed, d.decided, d.last_decided,
                d.first_row, d.last_row, {IS_GONE} AS is_gone {self.extra_charge}
            {CHARGES} LEFT JOIN ({self._decisions()}) d ON d.charge_id = ch.id
            {self.extra_join}
            WHERE {FILED} AND ch.root_id IS NULL AND ch.id NOT IN ({replacing})
            UNION ALL
            SELECT CAST(min(ch.accused_id) AS bigint), CAST(min(a.case_id) AS bigint), min(ch.id),
                min(sheet.filed_on), min(d.decided), max(d.last_decided), min(d.first_row),
                max(d.last_row), max({IS_GONE}) {self.extra_line}
            {CHARGES} LEFT JOIN ({self._decisions(several)}) d ON d.charge_id = ch.id
            {self.extra_join}
            WHERE {FILED} AND ch.id IN ({several})
            GROUP BY coalesce(ch.root_id, ch.id)
        )"""

    def _decisions(self, charges: str = "") -> str:
        """The decisions on each charge that count, the first and the last of them.

        A decision and its place in the record are one number, so that the smallest is the first and
        the largest the last. What an amended count replaced is no decision.
        """
        ranks = " ".join(f"WHEN '{name}' THEN {rank}" for name, rank in RANKS.items())
        these = f"AND o.charge_id IN ({charges})" if charges else ""
        return f"""
            SELECT charge_id, min(decided_on) AS decided, max(decided_on) AS last_decided,
                min(mark) AS first_row, max(mark) AS last_row {self.extra_decision}
            FROM (
                SELECT o.charge_id, o.decided_on, o.id * 8 + CASE o.decision {ranks} END AS mark
                FROM casework_outcome o
                WHERE o.recorded_at <= %(known)s AND o.decided_on <= %(as_at)s
                    AND o.decision <> 'substituted' AND o.id NOT IN (
                        SELECT supersedes_id FROM casework_outcome WHERE is_correction
                            AND supersedes_id IS NOT NULL AND recorded_at <= %(known)s
                    ) {these}
            ) AS marked GROUP BY charge_id"""

    def unit_table(self) -> str:
        unit = self.question.unit
        first, last = (
            f"coalesce({row} - {row} / 8 * 8, {OPEN})" for row in ("first_row", "last_row")
        )
        is_appealed = "CASE WHEN last_row > first_row THEN 1 ELSE 0 END"
        if unit == Unit.COUNTS:
            return f"""{self.name} AS (
                SELECT accused_id, case_id, first_charge, filed, last_decided, decided AS concluded,
                    {first} AS first_rank, {last} AS last_rank, is_gone,
                    {is_appealed} AS is_appealed {self.extra_count}
                FROM line
            )"""
        key = "accused_id" if unit == Unit.ACCUSED else "case_id"
        return f"""{self.name} AS (
            SELECT CAST(min(case_id) AS bigint) AS case_id,
                min(first_charge) AS first_charge, min(filed) AS filed,
                max(last_decided) AS last_decided,
                CASE WHEN count(decided) = count(*) THEN max(decided) END AS concluded,
                max({first}) AS first_rank, max({last}) AS last_rank,
                min(CASE WHEN {last} = {OPEN} THEN is_gone ELSE 1 END) AS is_gone,
                max({is_appealed}) AS is_appealed {self.extra_unit}
            FROM line GROUP BY {key}
        )"""

    # Where they are read from

    def source(self) -> str:
        unit = self.question.unit
        if unit == Unit.SEIZURES:
            source = (
                f"{self.table('seizures')} s JOIN begun k ON k.id = s.case_id"
                f" LEFT JOIN {self.name} u ON u.case_id = s.case_id"
            )
        elif unit == Unit.CASES:
            source = f"begun k LEFT JOIN {self.name} u ON u.case_id = k.id"
        else:
            source = f"{self.name} u JOIN begun k ON k.id = u.case_id"
        return (
            source + "".join(self._join(place) for place in sorted(self.places)) + self.extra_from
        )

    def _join(self, place: Dimension) -> str:
        first = "s.id" if self.question.unit == Unit.SEIZURES else "k.first_seizure"
        if place == Dimension.PORT and self.question.unit != Unit.SEIZURES:
            return f" LEFT JOIN {self.table('seizures')} fs ON fs.id = k.first_seizure"
        if place == Dimension.SPECIES:
            items = self.table("items")
            return (
                f" LEFT JOIN (SELECT seizure_id, min(id) AS item FROM {items} i0"
                f" WHERE taxon_id IS NOT NULL GROUP BY seizure_id) named"
                f" ON named.seizure_id = {first} LEFT JOIN {items} i1 ON i1.id = named.item"
            )
        if place == Dimension.COURT:
            return (
                " LEFT JOIN casework_charge fc ON fc.id = u.first_charge"
                " LEFT JOIN casework_count fn ON fn.id = fc.count_id"
                " LEFT JOIN casework_chargesheet fsh ON fsh.id = fn.charge_sheet_id"
                f" LEFT JOIN {self.table('proceedings')} fp ON fp.id = fsh.proceeding_id"
            )
        return ""

    def place(self, dimension: Dimension) -> str:
        """The key by which a member belongs to a group; 0 for none."""
        own_port = "s" if self.question.unit == Unit.SEIZURES else "fs"
        column = {
            Dimension.AGENCY: "k.agency_id",
            Dimension.COURT: "fp.court_id",
            Dimension.SPECIES: "i1.taxon_id",
            Dimension.PORT: f"{own_port}.port_id",
        }[dimension]
        return f"coalesce({column}, 0)"

    # Whether, when and where they belong

    def in_cohort(self) -> str:
        unit, cohort = self.question.unit, self.question.cohort
        is_known = []
        if unit == Unit.SEIZURES:
            is_known = ["s.recorded_at <= %(known)s", "s.seized_at < %(end)s"]
        if unit == Unit.CASES:
            is_known = ["(k.began IS NOT NULL OR u.case_id IS NOT NULL)"]
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
