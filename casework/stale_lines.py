"""Which lines of charges (models/line.py) a written row may make untrue: the database takes them
away, so that the figures read the record, until the operation makes them anew.
"""

from dataclasses import dataclass

LINE = "casework_chargeline"
ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
LOCK = "FOR NO KEY UPDATE"


@dataclass(frozen=True)
class Source:
    """A table that lines are made of, and the first charges of a row's lines."""

    table: str
    which: str  # {row} is the row
    columns: tuple[str, ...] = ()  # an update of others changes no line
    events: tuple[str, ...] = ("INSERT", "UPDATE", "DELETE")


def _of(charges: str) -> str:
    return f"SELECT coalesce(ch.root_id, ch.id) FROM casework_charge ch WHERE ch.{charges}"  # noqa: S608


_SHEET = "SELECT id FROM casework_count WHERE charge_sheet_id"
_SHEETS = "SELECT id FROM casework_chargesheet WHERE proceeding_id = {row}.id"
# Rows of the first three are written once: other triggers refuse all but the insert.
SOURCES = (
    Source("casework_outcome", _of("id = {row}.charge_id"), events=("INSERT",)),
    Source("casework_plea", _of("id = {row}.charge_id"), events=("INSERT",)),
    Source(
        "casework_sentence",
        _of("id IN (SELECT charge_id FROM casework_outcome WHERE id = {row}.outcome_id)"),
        events=("INSERT",),
    ),
    Source(
        "casework_charge",
        "SELECT coalesce({row}.root_id, {row}.id)",
        ("id", "root_id", "count_id", "accused_id"),
    ),
    Source("casework_count", _of("count_id = {row}.id"), ("id", "charge_sheet_id")),
    Source(
        "casework_chargesheet",
        _of(f"count_id IN ({_SHEET} = {{row}}.id)"),
        ("id", "proceeding_id", "filed_on", "filing_recorded_at"),
    ),
    Source(
        "casework_proceeding",
        _of(f"count_id IN ({_SHEET} IN ({_SHEETS}))"),
        ("created_at",),
        ("UPDATE",),
    ),
    Source("casework_accused", _of("accused_id = {row}.id"), ("case_id",), ("UPDATE",)),
)


def each() -> list[tuple[str, str, Source]]:
    """The name and the event of each trigger."""
    return [
        (f"{source.table}_{event.lower()}_line", event, source)
        for source in SOURCES
        for event in source.events
    ]


def sqlite(event: str, source: Source) -> str:
    """What stands behind the name and the table of a trigger."""
    when = f" WHEN {_changes(source, 'IS NOT')}" if event == "UPDATE" else ""
    done = " ".join(f"{_delete(source, row)};" for row in ROWS[event])
    return f"{when} BEGIN {done} END"


def postgres(event: str, source: Source) -> str:
    """The body of the function; who writes to the same line at once waits for the other."""
    done = " ".join(f"{_lock(source, row)}; {_delete(source, row)};" for row in ROWS[event])
    if event == "UPDATE":
        done = f"IF {_changes(source, 'IS DISTINCT FROM')} THEN {done} END IF;"
    return f"BEGIN {done} RETURN NULL; END;"


def _changes(source: Source, differs: str) -> str:
    return " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in source.columns)


def _delete(source: Source, row: str) -> str:
    return f"DELETE FROM {LINE} WHERE charge_id IN ({source.which.format(row=row)})"  # noqa: S608


def _lock(source: Source, row: str) -> str:
    charges = source.which.format(row=row)
    return f"PERFORM 1 FROM casework_charge WHERE id IN ({charges}) {LOCK}"
