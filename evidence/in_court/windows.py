"""How long a decision can still be appealed: the law of its day, or the list people had edited."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from casework import law
from casework.duties.periods import last_day
from casework.errors import RuleBroken
from casework.models import Code, Outcome, TimeLimit

APPEAL_DAYS = "appeal_days"  # the older code list: the code is the number of days
DEFENCE, PROSECUTION = "appeal", "prosecution_appeal"
# Decisions that the prosecution, not the accused, appeals against.
LOST = (
    Outcome.Decision.ACQUITTED,
    Outcome.Decision.NO_CASE,
    Outcome.Decision.WITHDRAWN_BARRED,
    Outcome.Decision.DISMISSED,
)


def free_from(decided_on: date, decision: str = "", country: str = "KE") -> date:
    """The first day on which no appeal against it can change anything.

    Where both sides could appeal, the longer time counts. RuleBroken where no time is on record.
    """
    codes = (PROSECUTION,) if decision in LOST else (DEFENCE, PROSECUTION)
    ends = [
        last_day(decided_on, limit.amount, limit.unit)
        for code in codes
        if (limit := _limit(code, decided_on, country)) is not None
    ]
    days = _edited_days(decided_on, is_needed=not ends)
    if days is not None:
        ends.append(decided_on + timedelta(days=days))
    if not ends:
        told = _("The law does not say here how long an appeal is possible. Ask a legal officer to "
                 "enter the time limit: its code is appeal.")  # fmt: skip
        raise RuleBroken(told)
    return max(ends) + timedelta(days=1)


def _limit(code: str, day: date, country: str) -> TimeLimit | None:
    found: TimeLimit | None = law.time_limit(code, day, country)
    return found


def _edited_days(day: date, *, is_needed: bool) -> int | None:
    """The days of the older list, where people edited a row of it or nothing else is on record."""
    row = Code.objects.kind(APPEAL_DAYS).on(day).order_by("-valid_from", "position").first()
    if row is None or not row.code.isdecimal():
        return None
    return int(row.code) if is_needed or row.history.exists() else None
