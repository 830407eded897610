"""What became of each seizure, case, accused or count: one row for each.

Nearly all are added up from the lines of charges as they stand (models/line.py). Units with a line
on which something was recorded or happened later than is asked are read from the record itself.
"""

from dataclasses import dataclass

from casework.cohorts import Unit
from casework.statistics import engine

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
FIRST, LAST = (f"coalesce({row} - {row} / 8 * 8, {OPEN})" for row in ("first_row", "last_row"))
ROOT = "coalesce(ch.root_id, ch.id)"
CHARGES = "FROM casework_charge ch JOIN casework_accused a ON a.id = ch.accused_id"
FILED = """sheet.filed_on <= %(as_at)s AND (sheet.filing_recorded_at <= %(known)s
    OR sheet.filing_recorded_at IS NULL AND sheet.proceeding_id IN (
        SELECT id FROM casework_proceeding WHERE created_at <= %(known)s
    ))"""
GONE = "(SELECT accused_id FROM gone)"


@dataclass(frozen=True)
class Extra:
    """Columns that a panel needs beside the others, as each step on the way makes them."""

    columns: tuple[tuple[str, str], ...] = ()  # names, and the columns of the lines that stand
    decision: str = ""  # over the decisions on a charge
    line: str = ""  # over the charges of a line with their decisions `d`
    join: str = ""

    def __add__(self, other: "Extra") -> "Extra":
        return Extra(
            self.columns + other.columns,
            self.decision + other.decision,
            self.line + other.line,
            f"{self.join} {other.join}",
        )


PLEADED = Extra(
    (("pleaded", "pleaded_on"),),
    line=", min(pl.entered_on) AS pleaded",
    join="""LEFT JOIN casework_plea pl ON pl.charge_id = ch.id AND pl.plea <> 'none'
        AND pl.recorded_at <= %(known)s AND pl.entered_on <= %(as_at)s""",
)
# A sentence passed before the last acquittal, withdrawal or order to retry has fallen.
SENTENCED = Extra(
    (("sentenced", "sentenced"), ("broken", "broken")),
    decision=f""", max(CASE WHEN mark - mark / 8 * 8 = {CONVICTED} THEN 0 ELSE mark / 8 END)
        AS broken""",
    line=", max(own.outcome_id) AS sentenced, max(coalesce(d.broken, 0)) AS broken",
    join="""LEFT JOIN casework_outcome passed ON passed.charge_id = ch.id
            AND passed.decided_on <= %(as_at)s
        LEFT JOIN casework_sentence own ON own.outcome_id = passed.id
            AND own.recorded_at <= %(known)s""",
)
# A key and what belongs to it are one number, so that the smallest is that of the first: the first
# charge and where its sheet was filed, the first thing seized and its species.
PLACE = 2**32


def second(pair: str) -> str:
    """What belongs to the key."""
    return f"{pair} - {pair} / {PLACE} * {PLACE}"


TRIED = Extra(
    (("first_in", f"charge_id * {PLACE} + l.proceeding_id"),),
    line=f", min(ch.id * {PLACE} + sheet.proceeding_id) AS first_in",
)
FIRST_TRIAL = second("first_in")
EVERYTHING = PLEADED + SENTENCED + TRIED


def tables(unit: Unit, extra: Extra) -> str:
    """The tables that end in `unit`: case, first charge, days, ranks, and what is extra."""
    key = {Unit.ACCUSED: "accused_id", Unit.COUNTS: "charge_id"}.get(unit, "case_id")
    of_charge = {"accused_id": "a.id", "charge_id": ROOT, "case_id": "a.case_id"}[key]
    line = _line(f"{of_charge} IN (SELECT id FROM changed)", extra)
    both = f"{_standing(key, extra)} UNION ALL {_summed(key, extra)}"
    return f"{_gone()}, {_changed(key, of_charge)}, line AS ({line}), unit AS ({both})"


def _gone() -> str:
    """The accused of whom it is last known that they absconded."""
    return f"""gone AS {engine.inlined()} (
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


def _changed(key: str, of_charge: str) -> str:
    """Units with a line that changed since, or that nobody made."""
    return f"""changed AS (
        SELECT CAST({key} AS bigint) AS id FROM casework_chargeline
        WHERE filed_on <= %(as_at)s AND (newest > %(known)s OR latest > %(as_at)s)
        UNION SELECT CAST({of_charge} AS bigint) {CHARGES}
        WHERE ch.root_id IS NULL
            AND NOT EXISTS (SELECT 1 FROM casework_chargeline WHERE charge_id = ch.id)
    )"""


def _standing(key: str, extra: Extra) -> str:
    """Units whose lines all stood so, in the order of an index."""
    which = f"""FROM casework_chargeline l
        WHERE l.filed_on <= %(as_at)s AND l.{key} NOT IN (SELECT id FROM changed)"""
    is_gone = f"CASE WHEN l.accused_id IN {GONE} THEN 1 ELSE 0 END"
    is_appealed = "CASE WHEN l.is_appealed THEN 1 ELSE 0 END"
    if key == "charge_id":
        more = "".join(f", l.{column} AS {name}" for name, column in extra.columns)
        return f"""SELECT l.case_id, l.charge_id AS first_charge, l.filed_on AS filed,
                l.last_decided_on AS last_decided, l.decided_on AS concluded, l.first_rank,
                l.last_rank, {is_gone} AS is_gone, {is_appealed} AS is_appealed {more}
            {which}"""
    more = "".join(f", min(l.{column}) AS {name}" for name, column in extra.columns)
    return f"""SELECT CAST(min(l.case_id) AS bigint) AS case_id,
            CAST(min(l.charge_id) AS bigint) AS first_charge, min(l.filed_on) AS filed,
            max(l.last_decided_on) AS last_decided,
            CASE WHEN count(l.decided_on) = count(*) THEN max(l.decided_on) END AS concluded,
            max(l.first_rank) AS first_rank, max(l.last_rank) AS last_rank,
            min(CASE WHEN l.last_rank = {OPEN} THEN {is_gone} ELSE 1 END) AS is_gone,
            max({is_appealed}) AS is_appealed {more}
        {which} GROUP BY l.{key}"""


def _line(these: str, extra: Extra) -> str:
    """Charges that stand in one another's place are one line; its first and last decision."""
    return f"""
        SELECT {ROOT} AS root, min(a.id) AS accused_id, min(a.case_id) AS case_id,
            min(ch.id) AS first_charge, min(sheet.filed_on) AS filed, min(d.decided) AS decided,
            max(d.last_decided) AS last_decided, min(d.first_row) AS first_row,
            max(d.last_row) AS last_row {extra.line}
        {CHARGES}
        JOIN casework_count n ON n.id = ch.count_id
        JOIN casework_chargesheet sheet ON sheet.id = n.charge_sheet_id
        LEFT JOIN ({_decisions(these, extra)}) d ON d.charge_id = ch.id
        {extra.join}
        WHERE {FILED} AND {these}
        GROUP BY {ROOT}"""


def _decisions(these: str, extra: Extra) -> str:
    """The decisions on each charge that count, the first and the last of them.

    A decision and its place in the record are one number, so that the smallest is the first and
    the largest the last. What an amended count replaced is no decision.
    """
    ranks = " ".join(f"WHEN '{name}' THEN {rank}" for name, rank in RANKS.items())
    return f"""
        SELECT charge_id, min(decided_on) AS decided, max(decided_on) AS last_decided,
            min(mark) AS first_row, max(mark) AS last_row {extra.decision}
        FROM (
            SELECT o.charge_id, o.decided_on, o.id * 8 + CASE o.decision {ranks} END AS mark
            {CHARGES} JOIN casework_outcome o ON o.charge_id = ch.id
            WHERE {these} AND o.recorded_at <= %(known)s AND o.decided_on <= %(as_at)s
                AND o.decision <> 'substituted' AND o.id NOT IN (
                    SELECT supersedes_id FROM casework_outcome WHERE is_correction
                        AND supersedes_id IS NOT NULL
                        AND {engine.unindexed("recorded_at")} <= %(known)s
                )
        ) AS marked GROUP BY charge_id"""


def _summed(key: str, extra: Extra) -> str:
    """Units of the lines that were read from the record."""
    is_appealed = "CASE WHEN last_row > first_row THEN 1 ELSE 0 END"
    is_gone = f"CASE WHEN accused_id IN {GONE} THEN 1 ELSE 0 END"
    if key == "charge_id":
        more = "".join(f", {name}" for name, _column in extra.columns)
        return f"""SELECT case_id, first_charge, filed, last_decided, decided, {FIRST}, {LAST},
            {is_gone}, {is_appealed} {more} FROM line"""
    more = "".join(f", min({name})" for name, _column in extra.columns)
    return f"""SELECT min(case_id), min(first_charge), min(filed), max(last_decided),
            CASE WHEN count(decided) = count(*) THEN max(decided) END, max({FIRST}), max({LAST}),
            min(CASE WHEN {LAST} = {OPEN} THEN {is_gone} ELSE 1 END), max({is_appealed}) {more}
        FROM line GROUP BY {key}"""


# The lines as they stand

KEPT = {
    "charge_id": "root",
    "accused_id": "accused_id",
    "case_id": "case_id",
    "proceeding_id": FIRST_TRIAL,
    "filed_on": "filed",
    "decided_on": "decided",
    "last_decided_on": "last_decided",
    "first_rank": FIRST,
    "last_rank": LAST,
    "is_appealed": "coalesce(last_row > first_row, 1 = 0)",
    "pleaded_on": "pleaded",
    "sentenced": "sentenced",
    "broken": "broken",
    "newest": "newest",
    "latest": "latest",
}
# Everything that a line is made of: when it was recorded, and its day.
MOMENTS = {
    "casework_outcome m ON m.charge_id = ch.id": ("m.recorded_at", "m.decided_on"),
    "casework_plea m ON m.charge_id = ch.id": ("m.recorded_at", "m.entered_on"),
    "casework_outcome o ON o.charge_id = ch.id JOIN casework_sentence m ON m.outcome_id = o.id": (
        "m.recorded_at",
        "o.decided_on",
    ),
    """casework_count n ON n.id = ch.count_id
        JOIN casework_chargesheet m ON m.id = n.charge_sheet_id AND m.filed_on IS NOT NULL
        JOIN casework_proceeding p ON p.id = m.proceeding_id""": (
        "coalesce(m.filing_recorded_at, p.created_at)",
        "m.filed_on",
    ),
}


def put_lines(these: str) -> str:
    """Write the lines of the charges `ch` for which `these` holds, from all that is known."""
    moments = " UNION ALL ".join(
        f"SELECT {ROOT} AS of_line, {recorded} AS recorded, {day} AS day"
        f" FROM casework_charge ch JOIN {rows} WHERE {these}"
        for rows, (recorded, day) in MOMENTS.items()
    )
    renewed = ", ".join(f"{name} = excluded.{name}" for name in KEPT)
    return f"""INSERT INTO casework_chargeline ({", ".join(KEPT)})
        SELECT {", ".join(KEPT.values())} FROM ({_line(these, EVERYTHING)}) AS line JOIN (
            SELECT of_line, max(recorded) AS newest, max(day) AS latest
            FROM ({moments}) AS all_of_it GROUP BY of_line
        ) AS last_known ON of_line = root
        WHERE 1 = 1
        ON CONFLICT (charge_id) DO UPDATE SET {renewed}"""
