"""Reads a day, a month, a year or a range of them as it is typed after `date:` and its kin.

Pure, and total: what is no date is None.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from search.query.tree import Between

LATEST = (1 << 27) - 1  # the last minute that is indexed, in the year 2225
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2225, 1, 1)
_MINUTE = timedelta(minutes=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SPLIT = re.compile(r"\s*(?:\.\.+|\u2026)\s*")
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(?:(\d{1,2})[-/. ])?(\d{1,2})[-/. ](\d{4})", re.ASCII)


@dataclass(frozen=True)
class Days:
    """From the first day to the last, both included; None is open."""

    first: date | None
    last: date | None

    def between(self, zone: tzinfo) -> Between:
        """Its minutes where days begin at midnight in a zone. A moment that is not known is
        indexed as the minute 0, and lies between nothing."""
        first = _minute(self.first, zone) if self.first else 1
        last = _minute(self.last, zone, days=1) - 1 if self.last else LATEST
        return Between(max(first, 1), min(last, LATEST))

    @property
    def is_indexed(self) -> bool:
        """Whether anything can have happened then."""
        is_late = self.first is not None and self.first > LAST_DAY
        return not is_late and (self.last is None or self.last > FIRST_DAY)


def read(field: str, typed: str) -> Days | None:
    """What `date:`, `year:`, `after:`, `until:` (both with that day) or `before:` asks for."""
    parts = _SPLIT.split(typed.strip())
    ends = [_days(part) if part else Days(None, None) for part in parts]
    known = [end for end in ends if end]
    if len(known) != len(parts) or len(parts) > 2 or not any(parts):
        return None
    days = _asked(field, *_in_order(known[0], known[-1]))
    return days if days.is_indexed else None


def _in_order(one: Days, other: Days) -> tuple[Days, Days]:
    is_turned = one.first and other.first and other.first < one.first
    return (other, one) if is_turned else (one, other)


def _asked(field: str, first: Days, last: Days) -> Days:
    match field:
        case "after":
            return Days(first.first or last.first, None)
        case "until":
            return Days(None, last.last or first.last)
        case "before":
            return Days(None, _day_before(first.first or last.first))
    return Days(first.first, last.last)


def _days(typed: str) -> Days | None:
    if match := _YEAR_FIRST.fullmatch(typed):
        year, month, day = match.groups()
    elif match := _DAY_FIRST.fullmatch(typed):
        day, month, year = match.groups()
    else:
        return None
    try:
        if not month:
            return Days(date(int(year), 1, 1), date(int(year), 12, 31))
        length = calendar.monthrange(int(year), int(month))[1]
        return Days(
            date(int(year), int(month), int(day or 1)),
            date(int(year), int(month), int(day or length)),
        )
    except ValueError:
        return None


def _day_before(day: date | None) -> date | None:
    return day - timedelta(days=1) if day and day > date.min else day


def _minute(day: date, zone: tzinfo, *, days: int = 0) -> int:
    """The minute in which a day begins, or the one after so many days."""
    kept = max(min(day, LAST_DAY), FIRST_DAY)
    begins = datetime(kept.year, kept.month, kept.day, tzinfo=zone) + timedelta(days=days)
    return (begins - _EPOCH) // _MINUTE
