"""How the two databases say the few things about days that they say differently, and running it.

Days are days in the zone of the installation: figures do not move with the reader.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

Params = dict[str, Any]
FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2070, 1, 1, tzinfo=UTC)


# PostgreSQL is asked to sort in memory and not to compile: the statements are long and run once.
ROOM = "SET LOCAL work_mem = '96MB'; SET LOCAL jit = off"


def rows(sql: str, params: Params) -> list[tuple[Any, ...]]:
    """One statement, its values by name."""
    with roomy(), connection.cursor() as cursor:
        cursor.execute(sql, {name: adapted(value) for name, value in params.items()})
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def run(sql: str, params: Params) -> None:
    """One statement that writes."""
    with roomy(), connection.cursor() as cursor:
        cursor.execute(sql, {name: adapted(value) for name, value in params.items()})


def alone(table: str) -> None:
    """Until the transaction ends nobody else writes to this table; SQLite has one writer anyway."""
    if _is_postgres():
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")


@contextmanager
def roomy() -> Iterator[None]:
    """Room for a statement over everything; SQLite needs none, and would wait for a writer."""
    if not _is_postgres():
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(ROOM)
        yield


def adapted(value: Any) -> Any:
    """A value as the database keeps it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def end_of(day: date) -> datetime:
    """The first moment after a day."""
    after = datetime.combine(day + timedelta(days=1), time.min)
    return timezone.make_aware(after, timezone.get_default_timezone())


def _is_postgres() -> bool:
    return connection.vendor == "postgresql"


def day(moment: str) -> str:
    """The day of a moment."""
    zone = timezone.get_default_timezone()
    if _is_postgres():
        return f"(({moment}) AT TIME ZONE '{zone}')::date"
    return f"date({moment}, {_shift(moment, zone)})"


def year(day: str) -> str:
    if _is_postgres():
        return f"extract(year FROM {day})::int"
    return f"CAST(substr({day}, 1, 4) AS integer)"


def unindexed(column: str) -> str:
    """A column that no index of its own is wanted for: it would be followed row by row."""
    return column if _is_postgres() else f"+{column}"


def in_order() -> str:
    """A join whose left side is read first, in the order of its index."""
    return "JOIN" if _is_postgres() else "CROSS JOIN"


def inlined() -> str:
    """A table of a statement that is made where it is read: PostgreSQL shares such work out."""
    return "NOT MATERIALIZED" if _is_postgres() else ""


def days(start: str, end: str) -> str:
    """Whole days from one day to another."""
    if _is_postgres():
        return f"({end} - {start})"
    return f"CAST(julianday({end}) - julianday({start}) AS integer)"


def a_day(name: str) -> str:
    """A parameter that is a day, where the statement does not say so by itself."""
    return f"CAST(%({name})s AS date)" if _is_postgres() else f"%({name})s"


def _shift(moment: str, zone: tzinfo) -> str:
    """What SQLite adds to UTC: one shift in most of the world, one for each summer elsewhere."""
    first, *later = shifts(zone)
    choices = " ".join(
        f"WHEN {moment} >= '{since:%Y-%m-%d %H:%M:%S}' THEN '{minutes:+d} minutes'"
        for since, minutes in reversed(later)
    )
    initial = f"'{first[1]:+d} minutes'"
    return f"CASE {choices} ELSE {initial} END" if later else initial


@cache
def shifts(zone: tzinfo) -> list[tuple[datetime, int]]:
    """The moments since which a zone is so many minutes ahead of UTC."""
    found = [(FIRST, _minutes(FIRST, zone))]
    moment = FIRST
    while moment < LAST:
        moment += timedelta(days=1)
        if _minutes(moment, zone) != found[-1][1]:
            since = moment
            while _minutes(since - timedelta(minutes=15), zone) != found[-1][1]:
                since -= timedelta(minutes=15)
            found.append((since, _minutes(since, zone)))
    return found


def _minutes(moment: datetime, zone: tzinfo) -> int:
    ahead = moment.astimezone(zone).utcoffset() or timedelta()
    return int(ahead.total_seconds() // 60)
