"""How values read on paper: dates, weights, lengths of time, persons. Pure, and without clocks."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from casework import identifiers
from evidence.dossier.snapshot import Person

NOTHING = "\N{EN DASH}"
NO_BREAK = "\N{NO-BREAK SPACE}"
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip


def day(value: date | datetime | None, zone: ZoneInfo | None = None) -> str:
    """`14 Mar 2024`; a moment needs the zone of the place."""
    if value is None:
        return NOTHING
    if isinstance(value, datetime):
        value = value.astimezone(zone)
    return f"{value.day}{NO_BREAK}{MONTHS[value.month - 1]}{NO_BREAK}{value.year:04d}"


def clock(value: datetime, zone: ZoneInfo) -> str:
    return value.astimezone(zone).strftime("%H:%M")


def when(value: datetime | None, zone: ZoneInfo) -> str:
    """`14 Mar 2024, 05:40`."""
    return NOTHING if value is None else f"{day(value, zone)}, {clock(value, zone)}"


def weight(mg: int | None) -> str:
    return NOTHING if mg is None else identifiers.format_weight(mg).replace(" ", NO_BREAK)


def number(value: int | None) -> str:
    return NOTHING if value is None else f"{value:,}"


def plural(count: int, one: str, many: str = "") -> str:
    """`4 exhibits`, `1 exhibit`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def in_words(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else f"{count:,}"


def duration(length: timedelta) -> str:
    """`3 h 20 min` below two days, `67 days` from there."""
    minutes = int(length.total_seconds() // 60)
    if minutes >= 48 * 60:
        return f"{minutes // 1440:,}{NO_BREAK}days"
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h"] if hours else []
    if not minutes:
        return "under a minute"
    parts += [f"{rest} min"] if rest else []
    return " ".join(parts).replace(" ", NO_BREAK)


def term(days: int) -> str:
    """A term of imprisonment in the largest unit that leaves nothing over."""
    for unit, length in (("year", 365), ("month", 30)):
        if days >= length and days % length == 0:
            return plural(days // length, unit)
    return plural(days, "day")


def money(amount: int, currency: str) -> str:
    return f"{currency}{NO_BREAK}{amount:,}"


def size(count: int) -> str:
    for unit, length in (("MB", 1_000_000), ("kB", 1_000)):
        if count >= length:
            return f"{count / length:.1f}{NO_BREAK}{unit}"
    return f"{count}{NO_BREAK}bytes"


def groups(digest: str) -> str:
    """A digest in groups of four, to be read aloud and compared."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


def short(digest: str) -> str:
    return f"{digest[:4]} {digest[4:8]} \N{HORIZONTAL ELLIPSIS} {digest[-4:]}".replace(
        " ", NO_BREAK
    )


def person(who: Person | None, *, number: bool = False) -> str:
    """Rank and name; with the service number and agency where two people are compared."""
    if who is None:
        return NOTHING
    parts = [who.name, *((who.service_number, who.agency) if number else ())]
    return ", ".join(part for part in parts if part) or NOTHING
