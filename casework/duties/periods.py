"""The arithmetic of deadlines: when a period ends, and what a day means for it. Pure."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta

HOURS_OF_A_DAY = 24
MONTHS_OF_A_YEAR = 12
DONE, LATE, SOON, LATER, OVER = "done", "late", "soon", "later", "over"


def last_day(start: date, amount: int, unit: str) -> date:
    """The last day on which a thing begun on `start` is in time; the day itself is not counted.

    `unit` is hours, days or months. Begun hours are full days: only the day of the start is known.
    A month ends on the same number, or on the last day of a shorter month.
    """
    if unit == "hours":
        return start + timedelta(days=-(-amount // HOURS_OF_A_DAY))
    if unit == "days":
        return start + timedelta(days=amount)
    if unit != "months":
        raise ValueError(f"unknown unit {unit!r}")
    years, month = divmod(start.year * MONTHS_OF_A_YEAR + start.month - 1 + amount,
                          MONTHS_OF_A_YEAR)  # fmt: skip
    return date(years, month + 1, min(start.day, monthrange(years, month + 1)[1]))


@dataclass(frozen=True)
class Limit:
    """A period of the law, as it stood on the day it began to run."""

    amount: int
    unit: str
    warn_days: int


@dataclass(frozen=True)
class Begun:
    """A period that began to run: since when, for whom, and the acts that end it."""

    code: str
    started_on: date
    limit: Limit | None = None
    accused: int | None = None
    proceeding: int | None = None
    until: date | None = None  # said by the court; the limit does not matter then
    acts: tuple[date, ...] = field(default=())  # each day on which it was done

    @property
    def due_on(self) -> date | None:
        if self.until is not None:
            return self.until
        if self.limit is None:
            return None
        return last_day(self.started_on, self.limit.amount, self.limit.unit)

    @property
    def done_on(self) -> date | None:
        """The first act that ended it."""
        return min(self.acts, default=None)


def state(
    due_on: date, today: date, *, warn_days: int, done_on: date | None = None, lapses: bool = False
) -> str:
    """What a day due means today. What `lapses` is a right that ends: it is over, never late."""
    if done_on is not None:
        return DONE
    if due_on < today:
        return OVER if lapses else LATE
    return SOON if due_on <= today + timedelta(days=warn_days) else LATER
